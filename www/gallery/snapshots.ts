// One canned snapshot for every screen and its most telling variants, for looking at them and for tests of the element alone.

import type { CameraScreen, CaseFacts, DocumentOption, Hint, Screen, Snapshot, StepFacts } from "lichtbild";

const STEPS = [
  "device", "explain", "consents", "permissions", "explain-front", "front-video", "explain-back", "back-photo",
  "explain-selfie", "selfie-video", "evaluation", "success",
];

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

function steps(current: string): StepFacts[] {
  const at = STEPS.indexOf(current);
  return STEPS.map((id, index) => ({ id, state: index < at ? "done" : "open", current: index === at }));
}

function shot(step: string | undefined, screen: Screen, rest: Partial<Snapshot> = {}): Snapshot {
  return {
    screen,
    ...(step === undefined ? {} : { case: facts }),
    steps: step === undefined ? [] : steps(step),
    upload: { confirmed: 0, recorded: 0, state: "idle" },
    canHelp: step !== undefined,
    canHandOff: false,
    history: [],
    ...rest,
  };
}

const camera = (purpose: CameraScreen["purpose"], stage: CameraScreen["stage"], rest: Partial<CameraScreen> = {}): Screen => ({
  type: "camera",
  purpose,
  stage,
  mirrored: purpose.type === "selfieVideo",
  canSwitch: true,
  aspect: 16 / 9,
  level: 0.12,
  reasons: [],
  withoutHints: false,
  ...rest,
});

const hint = (name: Hint): Partial<Snapshot> => ({ hint: name });

const options: DocumentOption[] = [
  { kind: "germanIdCard", availability: "accepted", needsBack: true },
  { kind: "passport", availability: "accepted", needsBack: false },
  { kind: "germanResidencePermit", availability: "accepted", needsBack: false },
  { kind: "germanIdCardLaminated", availability: "notAccepted", needsBack: false },
  { kind: "foreignIdCard", availability: "notSupported", needsBack: false },
  { kind: "drivingLicence", availability: "notSupported", needsBack: false },
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

export const SNAPSHOTS: Record<string, (picture: string) => Snapshot> = {
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
  "handoff-claim": () => shot(undefined, { type: "handoffClaim", partner: "Musterversicherung", kennung: "82d82c7", busy: false }),
  requirements: () => shot(undefined, { type: "requirements", missing: ["unsupported.get_user_media", "unsupported.media_recorder"] }),
  register: () => shot("device", { type: "register", busy: false }, { canHandOff: true }),
  "register-busy": () => shot("device", { type: "register", busy: true }),
  "explain-whole": () => shot("explain", { type: "explainer", topic: "whole", reasons: [], busy: false }, { canHandOff: true }),
  "explain-front": () => shot("explain-front", { type: "explainer", topic: "front", document: "germanIdCard", reasons: [], busy: false }),
  "explain-passport": () => shot("explain-front", { type: "explainer", topic: "front", document: "passport", reasons: [], busy: false }),
  "explain-back": () => shot("explain-back", { type: "explainer", topic: "back", document: "germanIdCard", reasons: [], busy: false }),
  "explain-selfie": () => shot("explain-selfie", { type: "explainer", topic: "selfie", reasons: ["media.silent"], busy: false }),
  consents: () =>
    shot("consents", { type: "consents", items: [consent("terms", true), consent("privacy", false), consent("processing", false)], busy: false }),
  "consent-refused": () => shot("consents", { type: "consentRefused" }),
  permissions: () => shot("permissions", { type: "permissions", camera: { state: "granted" }, microphone: { state: "open" } }, { canHandOff: true }),
  "permissions-asking": () => shot("permissions", { type: "permissions", camera: { state: "asking" }, microphone: { state: "open" } }),
  "permissions-failed": () =>
    shot("permissions", {
      type: "permissions",
      camera: { state: "failed", code: "camera.blocked", waysOn: ["settings", "retry", "otherDevice", "help"] },
      microphone: { state: "open" },
    }),
  "document-choice": () => shot("explain-front", { type: "documentChoice", options, busy: false }),
  "document-refused": () => shot("explain-front", { type: "documentChoice", options, refused: "document.not_accepted", busy: false }),
  "camera-closed": () => shot("front-video", camera(front, { type: "closed" }, { reasons: ["media.blurred"] }), { canHandOff: true }),
  "camera-opening": () => shot("front-video", camera(front, { type: "opening" })),
  "camera-front": () => shot("front-video", camera(front, { type: "live" }, { torch: false })),
  "camera-front-hint": () => shot("front-video", camera(front, { type: "recording", millis: 3400, limitMillis: 15000, canStop: false }), hint("holdStill")),
  "camera-front-good": () =>
    shot("front-video", camera(front, { type: "recording", millis: 8200, limitMillis: 15000, canStop: true }, { torch: true }), hint("good")),
  "camera-back": () => shot("back-photo", camera(back, { type: "live" }, { withoutHints: true }), { notice: "engine.unavailable" }),
  "camera-selfie": () => shot("selfie-video", camera(selfie, { type: "live" }), sending),
  "camera-word": () =>
    shot("selfie-video", camera(selfie, { type: "recording", millis: 2600, limitMillis: 9000, canStop: false, word: { text: "Sommerregen", number: 1, of: 2 } })),
  "camera-recovering": () => shot("selfie-video", camera(selfie, { type: "recovering", code: "camera.muted" })),
  "camera-saving": () => shot("selfie-video", camera(selfie, { type: "saving" })),
  "camera-passport": () => shot("front-video", camera(front, { type: "live" }), { case: { ...facts, document: "passport" } }),
  review: (picture) => shot("front-video", { type: "review", purpose: front, picture, millis: 8200, warnings: [], busy: false }, sending),
  "review-warning": (picture) =>
    shot("back-photo", { type: "review", purpose: back, picture, millis: 0, warnings: ["media.glare"], busy: false }),
  "review-selfie": () => shot("selfie-video", { type: "review", purpose: selfie, millis: 9000, warnings: [], busy: false }),
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
  success: () => shot("success", { type: "done", outcome: "success" }),
  rejected: () => shot("success", { type: "done", outcome: "rejected" }),
  exhausted: () => shot("success", { type: "done", outcome: "attemptsExhausted" }),
  cancelled: () => shot("success", { type: "done", outcome: "cancelled" }),
  handoff: () =>
    shot("device", { type: "handoff", qr: { size: 29, rows: qrRows }, link: "http://localhost:8080/jump/#h=demo", millisLeft: 17_400 }),
  observing: () => shot("front-video", { type: "observing" }),
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
