// The page's side of the portal's own server. What was entered is sent in order, one request after the other.
// Does not know: the identification backend, API keys.

export type Step = "tariff" | "person" | "summary" | "identification" | "result";
export type Told = "identified" | "rejected" | "attemptsExhausted" | "documentNotSupported" | "documentNotAccepted" | "cancelled" | "expired";

export type Tariff = { household: "single" | "couple" | "family"; level: "basic" | "comfort" | "premium"; excess: "none" | "with"; begin: string };
export const PERSON = ["firstName", "lastName", "birthDay", "birthMonth", "birthYear", "street", "houseNumber", "postcode", "city", "email"] as const;
export type Person = Partial<Record<(typeof PERSON)[number], string>>;

/** What the server knows of this browser's application, and lets it know. */
export interface Application {
  order: string;
  tariff: Partial<Tariff>;
  person: Person;
  /** Steps that were completed. */
  done: Step[];
  /** What a sandbox key rehearses. */
  plan: string;
  /** The case, once there is one; `told` once a webhook has said how it ended. */
  identification?: { kennung: string; told?: Told };
}

export interface Answer {
  sandbox: boolean;
  endpoint: string;
  application: Application;
}

export type Change = Partial<Pick<Application, "tariff" | "person" | "done" | "plan">>;

let before: Promise<unknown> = Promise.resolve();

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const sent = before.catch(() => {}).then(async () => {
    const answer = await fetch(path, {
      method,
      ...(body ? { headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(20_000),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
    return (await answer.json()) as T;
  });
  before = sent;
  return sent;
}

export const load = () => call<Answer>("GET", "/api/application");
export const save = (change: Change) => call<Answer>("PATCH", "/api/application", change);
export const forget = () => call<Answer>("DELETE", "/api/application");

/** Makes the case, or comes back to it. */
export const enter = (lang: string, again: boolean) => call<Answer & { token: string }>("POST", "/api/identification", { lang, again });

/** Hears every change that the server makes by itself. A connection that the browser gave up is opened anew. */
export function watch(hear: (application: Application) => void): void {
  const source = new EventSource("/api/events");
  source.onmessage = ({ data }) => hear(JSON.parse(data as string) as Application);
  source.onerror = () => {
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => watch(hear), 5000);
  };
}
