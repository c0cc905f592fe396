// Applications by browser session, in memory: what the person chose and typed, the case, and where it stands.
// Decides what a browser may know: `seen` has no word for suspected fraud. Does not know: HTTP bodies, the backend.

import { randomBytes, randomInt } from "node:crypto";
import { readFileSync } from "node:fs";

const offer = JSON.parse(readFileSync(new URL("../offer.json", import.meta.url), "utf8"));

const COOKIE = "musterversicherung";
const LIFE_MILLIS = 24 * 3600 * 1000;
const MOST_APPLICATIONS = 10_000;
const MOST_LENGTH = 100;

const STEPS = ["tariff", "person", "summary"];
const PERSON = ["firstName", "lastName", "birthDay", "birthMonth", "birthYear", "street", "houseNumber", "postcode", "city", "email"];
const TARIFF = { household: Object.keys(offer.households), level: Object.keys(offer.levels), excess: Object.keys(offer.excesses) };

/** What a sandbox key rehearses, by the name the developer's panel has for it. */
export const PLANS = {
  success: { outcome: "success" },
  "repeat-front-video": { outcome: "repeat", steps: ["front-video"], times: 1 },
  "repeat-back-photo": { outcome: "repeat", steps: ["back-photo"], times: 1 },
  "repeat-selfie-video": { outcome: "repeat", steps: ["selfie-video"], times: 1 },
  "attempts-exhausted": { outcome: "repeat", steps: ["selfie-video"], times: 5 },
  rejected: { outcome: "rejected" },
  "fraud-suspected": { outcome: "fraud_suspected" },
  "document-not-supported": { outcome: "document_not_supported" },
  "document-not-accepted": { outcome: "document_not_accepted" },
};

// What the person is told. Suspected fraud is told exactly as success is: the clerk looks at it, the person learns nothing.
const TOLD = {
  verified: "identified",
  fraud_suspected: "identified",
  rejected: "rejected",
  attempts_exhausted: "attemptsExhausted",
  document_not_supported: "documentNotSupported",
  document_not_accepted: "documentNotAccepted",
  cancelled: "cancelled",
  expired: "expired",
};

// What the insurer does with an ended case.
const CONSEQUENCE = { verified: "the policy is issued", fraud_suspected: "a clerk looks at it; the person sees the usual page" };

/** What the browser may know of an application. */
export function seen({ order, tariff, person, done, plan, kase }) {
  return { order, tariff, person, done, plan, ...(kase && { identification: { kennung: kase.kennung, told: TOLD[kase.state] } }) };
}

export class Applications {
  #bySession = new Map();
  #byCase = new Map();

  /** The application of this browser; a new one, with its cookie, if it has none. */
  of(request, response) {
    this.#sweep();
    const known = this.#bySession.get(session(request));
    if (known) return Object.assign(known, { touched: Date.now() });
    const id = randomBytes(32).toString("base64url");
    const made = { order: `MV-${randomInt(1e7, 1e8)}`, tariff: {}, person: {}, done: [], plan: "success", cases: 0, watchers: new Set(), touched: Date.now() };
    this.#bySession.set(id, made);
    const secure = request.headers["x-forwarded-proto"] === "https" ? "; Secure" : "";
    response.setHeader("set-cookie", `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${LIFE_MILLIS / 1000}${secure}`);
    return made;
  }

  /** Takes what the form knows, of the kinds and lengths there are. A real insurer would check the contents again here. */
  change(application, { tariff, person, done, plan }, { sandbox }) {
    const text = (value) => typeof value === "string" && value.length <= MOST_LENGTH;
    for (const [name, allowed] of Object.entries(TARIFF)) {
      if (allowed.includes(tariff?.[name])) application.tariff[name] = tariff[name];
    }
    if (/^\d{4}-\d{2}-\d{2}$/.test(tariff?.begin)) application.tariff.begin = tariff.begin;
    for (const name of PERSON) if (text(person?.[name])) application.person[name] = person[name];
    if (Array.isArray(done)) application.done = STEPS.filter((step) => done.includes(step));
    if (sandbox && Object.hasOwn(PLANS, plan) && plan !== application.plan) {
      application.plan = plan;
      this.#release(application);
    }
    this.#tell(application);
  }

  forget(request) {
    const application = this.#bySession.get(session(request));
    if (application) this.#release(application);
    this.#bySession.delete(session(request));
  }

  /** After an end without success the person may begin a new case. */
  again(application) {
    const told = application.kase && TOLD[application.kase.state];
    if (told && told !== "identified") this.#release(application);
  }

  /** A case was made for this application. */
  opened(application, made) {
    application.kase = { id: made.id, kennung: made.kennung, state: made.state };
    this.#byCase.set(made.id, application);
    this.#tell(application);
  }

  /** Notes what a webhook says; returns what the insurer does about it. Events may be late or come twice: an end is final. */
  noted({ case: id, state }) {
    const kase = this.#byCase.get(id)?.kase;
    if (kase?.id !== id || TOLD[kase.state]) return undefined;
    kase.state = state;
    this.#tell(this.#byCase.get(id));
    return CONSEQUENCE[state];
  }

  /** Calls after every change until the returned function is called. */
  watch({ watchers }, tell) {
    watchers.add(tell);
    return () => watchers.delete(tell);
  }

  #tell({ watchers }) {
    for (const tell of watchers) tell();
  }

  // The next case gets a key of its own for idempotency.
  #release(application) {
    this.#byCase.delete(application.kase?.id);
    Object.assign(application, { kase: undefined, wish: undefined, cases: application.cases + 1 });
  }

  #sweep() {
    const oldest = Date.now() - LIFE_MILLIS;
    for (const [id, application] of this.#bySession) {
      if (application.touched >= oldest && this.#bySession.size <= MOST_APPLICATIONS) continue;
      this.#release(application);
      this.#bySession.delete(id);
    }
  }
}

function session({ headers }) {
  return new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{43})(?:;|$)`).exec(headers.cookie ?? "")?.[1];
}
