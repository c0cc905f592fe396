// The partner API of the identification backend, as far as a sign-up needs it: make a case, get a fresh token for it.
// In: an application. Out: the backend's answers. An `Idempotency-Key` makes a repeated call harmless.

import { PLANS } from "./applications.mjs";

const PATIENCE_MILLIS = 15_000;

export class Backend {
  #endpoint;
  #key;

  constructor(endpoint, key) {
    this.#endpoint = endpoint;
    this.#key = key;
  }

  /** Lets the person into their case: `session` with a fresh token, and `case` if one was made. One at a time for each application. */
  enter(application, wish) {
    application.entering ??= this.#enter(application, wish).finally(() => (application.entering = undefined));
    return application.entering;
  }

  async #enter(application, wish) {
    if (application.kase) {
      try {
        return { session: await this.#call(`/v1/cases/${application.kase.id}/session`) };
      } catch (error) {
        // Erased meanwhile: a new one takes its place.
        if (error.code !== "case.not_found") throw error;
        application.cases += 1;
      }
    }
    // Kept until it is answered: the same key has to come with the same body.
    application.wish ??= {
      flow: "robo-ident",
      reference: application.order,
      ...wish,
      ...(this.#key.startsWith("lbk_test_") && { sandbox: PLANS[application.plan] }),
    };
    const made = await this.#call("/v1/cases", application.wish, { "idempotency-key": `${application.order}-${application.cases}` });
    application.wish = undefined;
    return made;
  }

  async #call(path, body, headers = {}) {
    const answer = await fetch(this.#endpoint + path, {
      method: "POST",
      headers: { authorization: `Bearer ${this.#key}`, ...(body && { "content-type": "application/json" }), ...headers },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MILLIS),
    });
    const json = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(`the backend answered ${answer.status} ${json.code}`), { code: json.code });
    return json;
  }
}
