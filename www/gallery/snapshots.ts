// One canned snapshot for every screen and its most telling variants, for looking at them and for tests of the element alone.

import type { CameraScreen, CaptureEvent, CaseFacts, DocumentOption, DocumentPicture, FieldFacts, Hint, Screen, Snapshot, StepFacts } from "lichtbild";

const STEPS = [
  "device", "explain", "consents", "permissions", "explain-front", "front-video", "explain-back", "back-photo",
  "explain-selfie", "selfie-video", "evaluation", "success",
];

const DOCUMENT = ["permissions", "explain-front", "front-photo", "explain-back", "back-photo", "data-confirmation"];
const REGISTRATION = ["device", "explain", "consents", ...DOCUMENT, "explain-selfie", "selfie-video", "evaluation", "success"];
const SHOP = ["device", "consents", ...DOCUMENT, "attestation", "evaluation", "success"];

const facts: CaseFacts = {
  id: "82d82c7e-51f0-4c43-9a55-3f0c6d0e4b11",
  kennung: "82d82c7",
  partner: "Musterversicherung",
  mode: "sandbox",
  lang: "de",
  returnUrl: "http://localhost:8090/fertig",
  attempt: 1,
  attemptsAllowed: 5,
  expiresAt: "2026-11-25T10:00:00Z",
  document: "germanIdCard",
};

function steps(current: string, all = STEPS): StepFacts[] {
  const at = all.indexOf(current);
  return all.map((id, index) => ({ id, state: index < at ? "done" : "open", current: index === at }));
}

function shot(step: string | undefined, screen: Screen, rest: Partial<Snapshot> = {}): Snapshot {
  return {
    screen,
    ...(step === undefined ? {} : { case: facts }),
    steps: step === undefined ? [] : steps(step),
    upload: { confirmed: 0, recorded: 0, state: "idle" },
    canHelp: step !== undefined,
    canGoBack: false,
    canHandOff: false,
    history: [],
    ...rest,
  };
}

/** At a SIM registration. */
function registration(step: string, screen: Screen, rest: Partial<Snapshot> = {}, all = REGISTRATION): Snapshot {
  const document = screen.type === "categoryChoice" ? "swissPermit" : "swissIdCard";
  return shot(step, screen, { case: { ...facts, partner: "Musterfunk", document }, steps: steps(step, all), ...rest });
}

const field = (name: FieldFacts["name"], value: string, checked = false, plain?: string): FieldFacts => ({ name, value, checked, wrong: false, ...(plain && { plain }) });

const fields = [
  field("surname", "Mustermann"),
  field("givenNames", "Erika Maria"),
  field("birthDate", "1964-08-12", true),
  field("sex", "F"),
  field("nationality", "CHE", false, "Schweiz"),
  field("documentNumber", "S0A00A00", true),
  field("expiryDate", "2031-04-30", true),
];

const shots = (picture: string, outline: Outline): DocumentPicture[] => [
  { side: "front", picture, outline },
  { side: "back", picture, outline },
];

const statement = (id: string, ticked: boolean) => ({ id, version: "2026-11-24", ticked });

const camera = (purpose: CameraScreen["purpose"], stage: CameraScreen["stage"], rest: Partial<CameraScreen> = {}): Screen => ({
  type: "camera",
  purpose,
  stage,
  mirrored: purpose.type === "selfieVideo",
  canSwitch: true,
  byHand: true,
  aspect: 16 / 9,
  level: 0.12,
  reasons: [],
  withoutHints: false,
  zoneRead: false,
  ...rest,
});

const hint = (name: Hint): Partial<Snapshot> => ({ hint: name });

const options: DocumentOption[] = [
  { kind: "germanIdCard", availability: "accepted", needsBack: true, needsCategory: false },
  { kind: "passport", availability: "accepted", needsBack: false, needsCategory: false },
  { kind: "germanResidencePermit", availability: "accepted", needsBack: true, needsCategory: false },
  { kind: "germanIdCardLaminated", availability: "notAccepted", needsBack: false, needsCategory: false },
  { kind: "foreignIdCard", availability: "notAccepted", needsBack: true, needsCategory: false },
  { kind: "drivingLicence", availability: "notSupported", needsBack: false, needsCategory: false },
];

const consent = (id: string, ticked: boolean) => ({ id, version: "2026-10", url: `/legal/${id}`, ticked });

const device = { model: "Pixel 9", os: "Android 16", browser: "Chrome 156", language: "de-DE", viewport: "390x844", missing: [] };

// A 29 × 29 pattern that looks like a code; it says nothing.
const qrRows = Array.from({ length: 29 }, (_, y) =>
  Array.from({ length: 29 }, (_, x) => {
    const finder = (fx: number, fy: number) => {
      const [dx, dy] = [Math.abs(x - fx), Math.abs(y - fy)];
      const ring = Math.max(dx, dy);
      return ring <= 4 ? (ring === 3 || ring <= 1 ? "1" : "0") : undefined;
    };
    return finder(3, 3) ?? finder(25, 3) ?? finder(3, 25) ?? ((x * 7 + y * 13 + x * y * 5) % 11 < 5 ? "1" : "0");
  }).join(""),
);

const front = { type: "documentVideo", side: "front" } as const;
const back = { type: "documentPhoto", side: "back" } as const;
const selfie = { type: "selfieVideo" } as const;
const sending = { upload: { confirmed: 1_640_000, recorded: 4_300_000, state: "sending" } } as const;

type Outline = NonNullable<Extract<CaptureEvent, { type: "documentSeen" }>["quad"]>;

/** Given a picture and where the document is in it. In those called `outlined` the camera sees a document. */
export const SNAPSHOTS: Record<string, (picture: string, outline: Outline) => Snapshot> = {
  loading: () => shot(undefined, { type: "loading" }),
  home: () =>
    shot(undefined, { type: "home" }, {
      history: [
        { case: "a1", kennung: "82d82c7", partner: "Musterversicherung", at: "2026-11-24T09:12:00Z" },
        { case: "a2", kennung: "1f09b3a", partner: "Musterbank", at: "2026-11-02T17:40:00Z", outcome: "success" },
        { case: "a3", kennung: "c40e77d", partner: "Musterfunk", at: "2026-09-18T08:05:00Z", outcome: "expired" },
      ],
    }),
  "home-empty": () => shot(undefined, { type: "home" }),
  "handoff-claim": () => shot(undefined, { type: "handoffClaim", partner: "Musterversicherung", kennung: "82d82c7", wrong: false, busy: false }),
  requirements: () => shot(undefined, { type: "requirements", missing: ["unsupported.get_user_media", "unsupported.media_recorder"] }),
  register: () => shot("device", { type: "register", busy: false }, { canHandOff: true }),
  "register-busy": () => shot("device", { type: "register", busy: true }),
  "explain-whole": () => shot("explain", { type: "explainer", topic: "whole", reasons: [], busy: false }, { canHandOff: true }),
  "explain-front": () => shot("explain-front", { type: "explainer", topic: "front", document: "germanIdCard", reasons: [], busy: false }, { canGoBack: true }),
  "explain-front-loading": () => shot("explain-front", { type: "explainer", topic: "front", document: "germanIdCard", reasons: [], busy: false }, { engineLoading: 35 }),
  "explain-passport": () => shot("explain-front", { type: "explainer", topic: "front", document: "passport", reasons: [], busy: false }),
  "explain-back": () => shot("explain-back", { type: "explainer", topic: "back", document: "germanIdCard", reasons: [], busy: false }),
  "explain-selfie": () => shot("explain-selfie", { type: "explainer", topic: "selfie", reasons: ["media.silent"], busy: false }),
  consents: () =>
    shot("consents", { type: "consents", items: [consent("terms", true), consent("privacy", false), consent("processing", false)], busy: false }),
  "consent-refused": () => shot("consents", { type: "consentRefused" }),
  permissions: () => shot("permissions", { type: "permissions", camera: { state: "granted" }, microphone: { state: "open" } }, { canHandOff: true }),
  "permissions-alone": () => shot("permissions", { type: "permissions", camera: { state: "open" }, microphone: { state: "notNeeded" } }),
  "permissions-asking": () => shot("permissions", { type: "permissions", camera: { state: "asking" }, microphone: { state: "open" } }),
  "permissions-failed": () =>
    shot("permissions", {
      type: "permissions",
      camera: { state: "failed", code: "camera.blocked", waysOn: ["settings", "retry", "otherDevice", "help"] },
      microphone: { state: "open" },
    }),
  "document-choice": () => shot("explain-front", { type: "documentChoice", options, busy: false }),
  "document-refused": () => shot("explain-front", { type: "documentChoice", options, refused: "document.not_accepted", busy: false }),
  "category-choice": () => registration("explain-front", { type: "categoryChoice", categories: ["B", "C", "Ci", "G", "L", "N", "F", "S"], busy: false }, { canGoBack: true }),
  "explain-front-photo": () => registration("explain-front", { type: "explainer", topic: "front", document: "swissIdCard", reasons: [], busy: false }),
  "camera-closed": () => shot("front-video", camera(front, { type: "closed" }, { reasons: ["media.blurred"] }), { canHandOff: true, canGoBack: true }),
  "camera-opening": () => shot("front-video", camera(front, { type: "opening" })),
  "camera-front": () => shot("front-video", camera(front, { type: "live" }, { torch: false })),
  "camera-front-loading": () => shot("front-video", camera(front, { type: "live" }, { torch: false }), { engineLoading: 70 }),
  "camera-front-hint": () => shot("front-video", camera(front, { type: "recording", millis: 3400, limitMillis: 15000, canStop: false }), hint("holdStill")),
  "camera-front-good": () =>
    shot("front-video", camera(front, { type: "recording", millis: 8200, limitMillis: 15000, canStop: true }, { torch: true }), hint("good")),
  "camera-front-outlined": () => shot("front-video", camera(front, { type: "live" }), hint("moveCloser")),
  "camera-front-outlined-good": () =>
    shot("front-video", camera(front, { type: "recording", millis: 6100, limitMillis: 15000, canStop: true }), hint("good")),
  "camera-passport-zone-read": () =>
    shot("front-video", camera(front, { type: "recording", millis: 6100, limitMillis: 15000, canStop: true }, { zoneRead: true, torch: false }), { ...hint("good"), case: { ...facts, document: "passport" } }),
  "camera-back-zone-hidden": () => shot("back-photo", camera(back, { type: "live" }, { byHand: false }), hint("zoneCovered")),
  "camera-back": () => shot("back-photo", camera(back, { type: "live" }, { withoutHints: true }), { notice: "engine.unavailable" }),
  "camera-back-auto": () => shot("back-photo", camera(back, { type: "live" }, { byHand: false, torch: false })),
  "camera-back-outlined": () => shot("back-photo", camera(back, { type: "live" }, { byHand: false, torch: false }), hint("turnToBack")),
  "camera-back-outlined-good": () => shot("back-photo", camera(back, { type: "live" }, { byHand: false }), hint("keepStill")),
  "camera-back-by-hand": () => shot("back-photo", camera(back, { type: "live" }, { torch: false }), hint("glare")),
  "camera-back-saving": () => shot("back-photo", camera(back, { type: "saving" }, { byHand: false })),
  "camera-selfie": () => shot("selfie-video", camera(selfie, { type: "live" }), sending),
  "camera-word": () =>
    shot("selfie-video", camera(selfie, { type: "recording", millis: 2600, limitMillis: 9000, canStop: false, word: { text: "Sommerregen", number: 1, of: 2 } })),
  "camera-recovering": () => shot("selfie-video", camera(selfie, { type: "recovering", code: "camera.muted" })),
  "camera-saving": () => shot("selfie-video", camera(selfie, { type: "saving" })),
  "camera-passport": () => shot("front-video", camera(front, { type: "live" }), { case: { ...facts, document: "passport" } }),
  review: (picture) => shot("front-video", { type: "review", purpose: front, picture, millis: 8200, warnings: [], busy: false }, sending),
  "review-warning": (picture) =>
    shot("back-photo", { type: "review", purpose: back, picture, millis: 0, warnings: ["media.glare"], busy: false }),
  "review-straight": (picture, outline) =>
    shot("front-video", { type: "review", purpose: front, picture, outline, millis: 8200, warnings: [], busy: false }),
  "review-straight-back": (picture, outline) =>
    shot("back-photo", { type: "review", purpose: back, picture, outline, millis: 0, warnings: ["media.glare"], busy: false }),
  "review-selfie": () => shot("selfie-video", { type: "review", purpose: selfie, millis: 9000, warnings: [], busy: false }),
  "confirm-reading": () => registration("data-confirmation", { type: "dataConfirmation", reading: "reading", fields: [], pictures: [], slow: false, busy: false }, sending),
  "confirm-reading-slow": () => registration("data-confirmation", { type: "dataConfirmation", reading: "reading", fields: [], pictures: [], slow: true, busy: false }),
  "confirm-read": (picture, outline) =>
    registration("data-confirmation", { type: "dataConfirmation", reading: "ready", fields, pictures: shots(picture, outline), slow: false, busy: false }),
  "confirm-doubted": () =>
    registration("data-confirmation", {
      type: "dataConfirmation",
      reading: "ready",
      fields: fields.map((field) => ({ ...field, wrong: field.name === "birthDate" })),
      pictures: [],
      slow: false,
      busy: false,
    }),
  "confirm-unreadable": (picture, outline) =>
    registration("data-confirmation", { type: "dataConfirmation", reading: "unreadable", fields: [], pictures: shots(picture, outline), slow: false, busy: false }),
  attestation: () => registration("attestation", { type: "attestation", items: [statement("document_seen", true), statement("person_matches", false)], busy: false }, {}, SHOP),
  "attestation-ready": () => registration("attestation", { type: "attestation", items: [statement("document_seen", true), statement("person_matches", true)], busy: false }, {}, SHOP),
  "in-review": () => registration("success", { type: "done", outcome: "inReview" }),
  "evaluation-upload": () => shot("evaluation", { type: "evaluation" }, sending),
  "evaluation-offline": () =>
    shot("evaluation", { type: "evaluation" }, { upload: { confirmed: 1_640_000, recorded: 4_300_000, state: "offline" } }),
  evaluation: () => shot("evaluation", { type: "evaluation", progress: { done: 9, total: 14 } }),
  repeat: () =>
    shot("evaluation", {
      type: "repeat",
      steps: [
        { step: "front-video", reasons: ["media.blurred", "media.glare"] },
        { step: "selfie-video", reasons: ["media.silent"] },
      ],
      attemptsLeft: 4,
    }),
  "repeat-document": () => shot("evaluation", { type: "repeat", steps: [{ step: "front-video", reasons: ["document.expired"] }], attemptsLeft: 4 }),
  success: () => shot("success", { type: "done", outcome: "success" }),
  rejected: () => shot("success", { type: "done", outcome: "rejected" }),
  exhausted: () => shot("success", { type: "done", outcome: "attemptsExhausted" }),
  cancelled: () => shot("success", { type: "done", outcome: "cancelled" }),
  handoff: () =>
    shot("device", { type: "handoff", qr: { size: 29, rows: qrRows }, link: "http://localhost:8080/jump/#h=demo", number: "47", millisLeft: 17_400 }),
  observing: () => shot("front-video", { type: "observing", phone: { model: "Pixel 9", os: "Android 16", browser: "Chrome 156", language: "de", viewport: "390x844", missing: [] } }),
  help: () =>
    shot("front-video", {
      type: "help",
      form: { case: facts.id, code: "camera.black", step: "front-video", facts: device, at: "2026-11-24T09:30:00Z" },
      state: "open",
    }),
  "help-sent": () => shot("front-video", { type: "help", form: { facts: device, at: "2026-11-24T09:30:00Z" }, state: "sent" }),
  "failed-camera": () => shot("front-video", { type: "failed", code: "camera.in_use", waysOn: ["retry", "otherCamera", "otherDevice", "help"] }),
  "failed-session": () => shot(undefined, { type: "failed", code: "session.expired", waysOn: ["backToPartner"] }),
  "failed-network": () =>
    shot("front-video", { type: "failed", code: "network.blocked", waysOn: ["wait", "retry", "otherDevice", "help"], detail: "200 text/html" }),
  offline: () =>
    shot("explain-selfie", { type: "explainer", topic: "selfie", reasons: [], busy: false }, {
      upload: { confirmed: 1_640_000, recorded: 4_300_000, state: "offline" },
    }),
};
