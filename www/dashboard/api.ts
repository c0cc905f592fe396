// The partner API as the dashboard uses it. In: an API key. Out: what the API answers, or a `Failure` with its code.
// The key goes into the Authorization header and nowhere else. Does not know: screens, words.

import type {
  CaseCreated, CasePage, CaseReport, CaseState, ChangeCase, CreateCase, Decide, Delivery, ErrorCode, JudgeRule, Mode, Problem, PutBack, ReviewReport,
  RuleKind, SessionLink, Webhook,
} from "lichtbild";

const DEADLINE_MILLIS = 20_000;

/** Why a request came to nothing. */
export class Failure extends Error {
  constructor(
    readonly code: ErrorCode,
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    /** Ties the answer to the server's log. */
    readonly requestId?: string | undefined,
    /** A field or limit, for developers. */
    readonly detail?: string | undefined,
  ) {
    super(code);
  }
}

/** Any error as a failure; what is none of ours is a fault of our own. */
export const asFailure = (error: unknown): Failure => (error instanceof Failure ? error : new Failure("internal.unexpected", 0));

/** Whether somebody left before the answer came. */
export const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === "AbortError";

export const looksLikeKey = (text: string): boolean => /^lbk_(live|test)_\S+$/.test(text);

export interface Wanted {
  state?: CaseState | undefined;
  limit: number;
  cursor?: string | undefined;
}

export interface Fetching {
  signal: AbortSignal;
  onProgress(done: number): void;
}

export class PartnerApi {
  readonly mode: Mode;

  /** `onRefused` hears that the key does not hold any more. */
  constructor(
    private readonly key: string,
    private readonly onRefused: (failure: Failure) => void,
  ) {
    this.mode = key.startsWith("lbk_test_") ? "sandbox" : "live";
  }

  cases({ state, limit, cursor }: Wanted, signal?: AbortSignal): Promise<CasePage> {
    const query = new URLSearchParams({ limit: String(limit) });
    if (state) query.set("state", state);
    if (cursor) query.set("cursor", cursor);
    return this.json("GET", `/v1/cases?${query}`, { signal });
  }

  report(id: string, signal?: AbortSignal): Promise<CaseReport> {
    return this.json("GET", one(id), { signal });
  }

  /** The same `idempotencyKey` again gives the same case. */
  create(wish: CreateCase, idempotencyKey: string): Promise<CaseCreated> {
    return this.json("POST", "/v1/cases", { body: wish, headers: { "idempotency-key": idempotencyKey } });
  }

  link(id: string): Promise<SessionLink> {
    return this.json("POST", `${one(id)}/session`);
  }

  change(id: string, body: ChangeCase): Promise<CaseReport> {
    return this.json("PATCH", one(id), { body });
  }

  review(id: string, signal?: AbortSignal): Promise<ReviewReport> {
    return this.json("GET", `${one(id)}/review`, { signal });
  }

  judge(id: string, rule: RuleKind, body: JudgeRule): Promise<ReviewReport> {
    return this.json("POST", `${one(id)}/review/rules/${rule}`, { body });
  }

  decide(id: string, body: Decide): Promise<ReviewReport> {
    return this.json("POST", `${one(id)}/review/decision`, { body });
  }

  putBack(id: string, body: PutBack): Promise<SessionLink> {
    return this.json("POST", `${one(id)}/review/put-back`, { body });
  }

  restart(id: string, body: PutBack): Promise<SessionLink> {
    return this.json("POST", `${one(id)}/review/restart`, { body });
  }

  erase(id: string): Promise<void> {
    return this.nothing("DELETE", one(id));
  }

  /** The webhook, if one is set. */
  async webhook(signal?: AbortSignal): Promise<Webhook | undefined> {
    try {
      return await this.json<Webhook>("GET", "/v1/webhook", { signal });
    } catch (error) {
      if (error instanceof Failure && error.status === 404) return undefined;
      throw error;
    }
  }

  setWebhook(url: string): Promise<Webhook> {
    return this.json("PUT", "/v1/webhook", { body: { url } });
  }

  removeWebhook(): Promise<void> {
    return this.nothing("DELETE", "/v1/webhook");
  }

  deliveries(signal?: AbortSignal): Promise<Delivery[]> {
    return this.json("GET", "/v1/webhook/deliveries", { signal });
  }

  replay(delivery: string): Promise<void> {
    return this.nothing("POST", `/v1/webhook/deliveries/${encodeURIComponent(delivery)}/replay`);
  }

  /** A recording's bytes. The deadline counts from the last bytes that came. */
  media(id: string, artifact: string, { signal, onProgress }: Fetching): Promise<Blob> {
    return this.within(signal, async (inner, came) => {
      const answer = await this.ask("GET", `${one(id)}/media/${encodeURIComponent(artifact)}`, { signal: inner });
      const parts: Uint8Array<ArrayBuffer>[] = [];
      let done = 0;
      const reader = answer.body?.getReader();
      for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
        came();
        parts.push(read.value);
        done += read.value.byteLength;
        onProgress(done);
      }
      return new Blob(parts, { type: harmless(answer.headers.get("content-type") ?? "") });
    });
  }

  private json<T>(method: string, path: string, options: Options = {}): Promise<T> {
    return this.within(options.signal, async (signal) => (await this.ask(method, path, { ...options, signal })).json() as Promise<T>);
  }

  private async nothing(method: string, path: string): Promise<void> {
    await this.within(undefined, (signal) => this.ask(method, path, { signal }));
  }

  private async ask(method: string, path: string, { signal, body, headers }: Options): Promise<Response> {
    const answer = await fetch(path, {
      method,
      headers: { authorization: `Bearer ${this.key}`, ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      signal: signal ?? null,
    });
    if (answer.ok) return answer;
    const problem = (await answer.json().catch(() => ({}))) as Partial<Problem>;
    const requestId = problem.requestId ?? answer.headers.get("x-request-id") ?? undefined;
    const failure = new Failure(problem.code ?? "network.blocked", answer.status, requestId, problem.detail);
    if (answer.status === 401) this.onRefused(failure);
    throw failure;
  }

  /** Runs with a deadline; an abort from outside stays an abort, everything else becomes a failure. */
  private async within<T>(outer: AbortSignal | undefined, run: (signal: AbortSignal, came: () => void) => Promise<T>): Promise<T> {
    const inner = new AbortController();
    let late = false;
    let timer: ReturnType<typeof setTimeout>;
    const came = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        late = true;
        inner.abort();
      }, DEADLINE_MILLIS);
    };
    const leave = () => inner.abort();
    outer?.addEventListener("abort", leave);
    if (outer?.aborted) leave();
    came();
    try {
      return await run(inner.signal, came);
    } catch (error) {
      if (error instanceof Failure) throw error;
      if (late) throw new Failure("network.timeout", 0);
      if (outer?.aborted) throw new DOMException("left", "AbortError");
      throw new Failure(navigator.onLine ? "network.unreachable" : "network.offline", 0);
    } finally {
      clearTimeout(timer!);
      outer?.removeEventListener("abort", leave);
    }
  }
}

interface Options {
  signal?: AbortSignal | undefined;
  body?: object;
  headers?: Record<string, string>;
}

const one = (id: string): string => `/v1/cases/${encodeURIComponent(id)}`;

// A blob has this page's origin wherever it is opened, so it must not be of a kind that browsers run.
function harmless(type: string): string {
  return /^(video|audio|image)\//.test(type) && !type.startsWith("image/svg") ? type : "application/octet-stream";
}
