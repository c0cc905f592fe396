// Made from the Rust types by `cargo xtask types`; change them there.

/** Version of the protocol between page, engine and server. */
export const protocolVersion = "1.0";

/**
 * What the person, or the page for them, does.
 */
export type Action = { "type": "continue" } | { "type": "back" } | { "type": "tick",
/**
 * Its id.
 */
id: string,
/**
 * Ticked or not.
 */
on: boolean, } | { "type": "refuse" } | { "type": "askCamera" } | { "type": "askMicrophone" } | { "type": "chooseDocument",
/**
 * Which.
 */
kind: DocumentKind, } | { "type": "openCamera" } | { "type": "record" } | { "type": "stopRecording" } | { "type": "takePhoto" } | { "type": "confirm" } | { "type": "retake" } | { "type": "switchCamera" } | { "type": "torch",
/**
 * On or off.
 */
on: boolean, } | { "type": "take",
/**
 * Which.
 */
way: WayOn, } | { "type": "handOff" } | { "type": "acceptHandoff" } | { "type": "help" } | { "type": "sendHelp",
/**
 * What the person wrote.
 */
description: string, } | { "type": "cancel" };

/**
 * What kind of thing was recorded.
 */
export type ArtifactKind = "video" | "still";

/**
 * One evaluated attempt.
 */
export type AttemptReport = {
/**
 * From 1.
 */
attempt: number,
/**
 * When the evaluation ended.
 */
evaluatedAt: string,
/**
 * What the case became.
 */
state: CaseState,
/**
 * Every check made.
 */
checks: Array<Check>, };

/**
 * Whether a kind of document may be chosen.
 */
export type Availability = "accepted" | "notAccepted" | "notSupported";

/**
 * The camera screen.
 */
export type CameraScreen = {
/**
 * What for.
 */
purpose: Purpose,
/**
 * How far it is.
 */
stage: CameraStage,
/**
 * Show the preview mirrored: a front camera.
 */
mirrored: boolean,
/**
 * More than one camera can be chosen (`Action::SwitchCamera`).
 */
canSwitch: boolean,
/**
 * The torch, where there is one.
 */
torch?: boolean,
/**
 * Picture width over height, once known.
 */
aspect?: number,
/**
 * Sound level from 0 to 1 (0 dBFS); 0 without a microphone.
 */
level: number,
/**
 * Reasons, when this step is taken again.
 */
reasons: Array<ErrorCode>,
/**
 * Live hints are off because the engine cannot run.
 */
withoutHints: boolean, };

/**
 * How far the camera is.
 */
export type CameraStage = { "type": "closed" } | { "type": "opening" } | { "type": "live" } | { "type": "recording",
/**
 * Time since the first byte, milliseconds.
 */
millis: number,
/**
 * When it ends by itself, milliseconds.
 */
limitMillis: number,
/**
 * Whether `Action::StopRecording` is useful already.
 */
canStop: boolean,
/**
 * The word to be spoken now.
 */
word?: WordFacts, } | { "type": "recovering",
/**
 * What happened.
 */
code: ErrorCode, } | { "type": "saving" };

/**
 * What a listener hears.
 */
export type CaptureEvent = { "type": "changed" } | { "type": "stepChanged",
/**
 * Which.
 */
step: string, } | { "type": "hintChanged",
/**
 * Which.
 */
hint?: Hint, } | { "type": "failed",
/**
 * What.
 */
code: ErrorCode,
/**
 * Whether trying again may help.
 */
retryable: boolean, } | { "type": "done",
/**
 * What the person was told.
 */
outcome: PersonOutcome,
/**
 * First seven characters of the case's UUID.
 */
kennung: string, } | { "type": "leave",
/**
 * Where to, if the partner said.
 */
url?: string, };

/**
 * Answer of `POST /v1/cases`.
 */
export type CaseCreated = {
/**
 * The case.
 */
case: CaseSummary,
/**
 * How the person gets in.
 */
session: SessionLink, };

/**
 * The case, as far as the person may know it.
 */
export type CaseFacts = {
/**
 * UUID.
 */
id: string,
/**
 * First seven characters of it.
 */
kennung: string,
/**
 * Partner's name.
 */
partner: string,
/**
 * Live or sandbox; a sandbox case is marked as such.
 */
mode: Mode,
/**
 * Language of words.
 */
lang: string,
/**
 * Where the button at the end leads.
 */
returnUrl?: string,
/**
 * Current attempt, from 1.
 */
attempt: number,
/**
 * How many there are.
 */
attemptsAllowed: number,
/**
 * When the case ends by itself.
 */
expiresAt: string,
/**
 * The chosen document.
 */
document?: DocumentKind, };

/**
 * A page of a list, newest first.
 */
export type CasePage = {
/**
 * The cases.
 */
items: Array<CaseSummary>,
/**
 * Cursor of the next page.
 */
next?: string, };

/**
 * Answer of `GET /v1/cases/{id}`.
 */
export type CaseReport = {
/**
 * The chosen kind of document.
 */
document?: DocumentKind,
/**
 * The steps.
 */
steps: Array<StepReport>,
/**
 * The consents that were given.
 */
consents: Array<ConsentRecord>,
/**
 * Every evaluated attempt, oldest first.
 */
attempts: Array<AttemptReport>,
/**
 * What was recorded.
 */
media: Array<MediaItem>,
/**
 * Which device took the steps.
 */
device?: DeviceFacts,
/**
 * What happened, oldest first: codes and step names, no personal data.
 */
timeline: Array<TimelineItem>,
/**
 * What the person wrote to support, oldest first. May hold personal data.
 */
help: Array<HelpMessage>,
/**
 * UUID.
 */
id: string,
/**
 * First seven characters of the UUID.
 */
kennung: string,
/**
 * Which flow.
 */
flow: FlowId,
/**
 * Live or sandbox.
 */
mode: Mode,
/**
 * Where it stands.
 */
state: CaseState,
/**
 * The partner's own name for it.
 */
reference?: string,
/**
 * When it was made.
 */
createdAt: string,
/**
 * When it last changed.
 */
updatedAt: string,
/**
 * When it ends by itself.
 */
expiresAt: string,
/**
 * Current attempt, from 1.
 */
attempt: number,
/**
 * How many attempts there are.
 */
attemptsAllowed: number, };

/**
 * Where a case stands.
 */
export type CaseState = "created" | "started" | "evaluating" | "repeat" | "verified" | "rejected" | "fraud_suspected" | "attempts_exhausted" | "document_not_supported" | "document_not_accepted" | "cancelled" | "expired";

/**
 * What the flow of a case is called in lists.
 */
export type CaseSummary = {
/**
 * UUID.
 */
id: string,
/**
 * First seven characters of the UUID.
 */
kennung: string,
/**
 * Which flow.
 */
flow: FlowId,
/**
 * Live or sandbox.
 */
mode: Mode,
/**
 * Where it stands.
 */
state: CaseState,
/**
 * The partner's own name for it.
 */
reference?: string,
/**
 * When it was made.
 */
createdAt: string,
/**
 * When it last changed.
 */
updatedAt: string,
/**
 * When it ends by itself.
 */
expiresAt: string,
/**
 * Current attempt, from 1.
 */
attempt: number,
/**
 * How many attempts there are.
 */
attemptsAllowed: number, };

/**
 * One line of the evaluation.
 */
export type Check = {
/**
 * What was looked at.
 */
kind: CheckKind,
/**
 * Which step it belongs to.
 */
step: string,
/**
 * Which recording, where it is about one.
 */
artifact?: string,
/**
 * How it went.
 */
result: CheckResult,
/**
 * Why it did not pass.
 */
code?: ErrorCode,
/**
 * What was measured, in the unit the documentation of the check names.
 */
measured?: number,
/**
 * The limit it was held against.
 */
limit?: number, };

/**
 * What one check of the evaluation looked at.
 */
export type CheckKind = "complete" | "container" | "duration" | "picture_size" | "sound_present" | "sound_audible" | "picture_not_black" | "picture_not_frozen" | "sharpness" | "brightness" | "glare" | "sandbox";

/**
 * How a check went.
 */
export type CheckResult = "ok" | "failed" | "not_applicable";

/**
 * What the integrator passes. Anything but the endpoint may be left out; unknown keys are refused.
 */
export type ConfigInput = {
/**
 * Origin of the verification backend, `https://…`; default: the origin the page's assets come from.
 */
endpoint?: string,
/**
 * The case token from the partner's server. Without it the home screen shows.
 */
session?: string,
/**
 * The secret of a scanned hand-off link.
 */
handoff?: string,
/**
 * `de` or `en`, with or without a region (`de-AT`); any other counts as not set. Default: the case's, then the browser's.
 */
lang?: string, };

/**
 * One thing to agree to.
 */
export type Consent = {
/**
 * `terms`, `privacy` or `processing`; its words come from the message files (`consent.<id>.…`).
 */
id: string,
/**
 * Version of the text, recorded with the answer.
 */
version: string,
/**
 * Where the full text is, same origin.
 */
url: string, };

/**
 * One consent with its tick.
 */
export type ConsentFacts = {
/**
 * Whether it is ticked.
 */
ticked: boolean,
/**
 * `terms`, `privacy` or `processing`; its words come from the message files (`consent.<id>.…`).
 */
id: string,
/**
 * Version of the text, recorded with the answer.
 */
version: string,
/**
 * Where the full text is, same origin.
 */
url: string, };

/**
 * A consent as it was given.
 */
export type ConsentRecord = {
/**
 * Id of the consent.
 */
id: string,
/**
 * Version that was shown.
 */
version: string,
/**
 * When.
 */
at: string, };

/**
 * `POST /v1/cases`. Send an `Idempotency-Key` header to make a repeated call harmless.
 */
export type CreateCase = {
/**
 * Which flow.
 */
flow: FlowId,
/**
 * The partner's own name for the case, at most 64 characters; not personal data.
 */
reference?: string,
/**
 * Language of words and messages, `de` or `en`; default: the browser's.
 */
lang?: string,
/**
 * Kinds this partner takes in this case; default: every supported kind.
 */
acceptedDocuments?: Array<DocumentKind>,
/**
 * Where the button at the end leads; `https:` (or `http:` on localhost).
 */
returnUrl?: string,
/**
 * Sandbox keys only: the outcome.
 */
sandbox?: SandboxPlan, };

/**
 * One attempt to deliver an event, for `GET /v1/webhook/deliveries`.
 */
export type Delivery = {
/**
 * The same on every retry.
 */
id: string,
/**
 * The event's type.
 */
event: string,
/**
 * About which case.
 */
case: string,
/**
 * Attempts made.
 */
attempts: number,
/**
 * Last HTTP status, none if the receiver could not be reached.
 */
status?: number,
/**
 * When it got through.
 */
deliveredAt?: string,
/**
 * When it is tried next.
 */
nextAt?: string, };

/**
 * Whose case this is, seen from the asking browser.
 */
export type DeviceBinding = "none" | "this" | "other";

/**
 * Device and browser, as far as a page can tell. Shown to support and in the help form.
 */
export type DeviceFacts = {
/**
 * Model where the browser tells it (user-agent client hints), else empty.
 */
model: string,
/**
 * Operating system with version.
 */
os: string,
/**
 * Browser with version.
 */
browser: string,
/**
 * BCP 47.
 */
language: string,
/**
 * CSS pixels, `390x844`.
 */
viewport: string,
/**
 * Missing requirements, as codes.
 */
missing: Array<ErrorCode>, };

/**
 * The kinds of document a person may choose from.
 */
export type DocumentKind = "germanIdCard" | "germanIdCardLaminated" | "passport" | "germanResidencePermit" | "foreignIdCard" | "drivingLicence";

/**
 * One line of the document chooser.
 */
export type DocumentOption = {
/**
 * The kind.
 */
kind: DocumentKind,
/**
 * Whether it may be chosen, and if not, why.
 */
availability: Availability,
/**
 * Whether its back is needed.
 */
needsBack: boolean, };

/**
 * A stable error code, `area.reason`.
 */
export type ErrorCode = "config.invalid" | "unsupported.wasm" | "unsupported.simd" | "unsupported.insecure_context" | "unsupported.get_user_media" | "unsupported.media_recorder" | "unsupported.crypto" | "camera.refused" | "camera.blocked" | "camera.policy" | "camera.missing" | "camera.in_use" | "camera.no_match" | "camera.failed" | "camera.timeout" | "camera.ended" | "camera.muted" | "camera.black" | "camera.frozen" | "camera.covered" | "microphone.refused" | "microphone.blocked" | "microphone.policy" | "microphone.missing" | "microphone.in_use" | "microphone.failed" | "microphone.timeout" | "microphone.ended" | "microphone.silent" | "recorder.unsupported" | "recorder.no_data" | "recorder.failed" | "recorder.interrupted" | "recorder.still_failed" | "engine.unavailable" | "engine.crashed" | "engine.version_mismatch" | "store.unavailable" | "store.full" | "network.offline" | "network.unreachable" | "network.timeout" | "network.blocked" | "upload.offset_mismatch" | "upload.superseded" | "upload.gone" | "upload.not_found" | "upload.checksum_mismatch" | "upload.checksum_unsupported" | "upload.too_large" | "upload.length_invalid" | "upload.version_unsupported" | "upload.content_type" | "upload.slow" | "session.unknown" | "session.expired" | "session.proof_invalid" | "session.other_device" | "session.observe_only" | "session.elsewhere" | "session.ended" | "session.step_unexpected" | "session.attempts_exhausted" | "session.version_mismatch" | "handoff.unknown" | "handoff.claimed" | "consent.incomplete" | "consent.refused" | "document.not_supported" | "document.not_accepted" | "media.missing" | "media.incomplete" | "media.container" | "media.too_short" | "media.picture_small" | "media.no_picture" | "media.no_sound" | "media.silent" | "media.black" | "media.frozen" | "media.blurred" | "media.too_dark" | "media.too_bright" | "media.glare" | "media.undecodable" | "sandbox.requested" | "partner.unauthorised" | "partner.forbidden" | "case.not_found" | "media.not_found" | "webhook.target" | "webhook.off" | "request.invalid" | "request.not_found" | "request.method" | "request.too_large" | "request.conflict" | "request.rate_limited" | "internal.unavailable" | "internal.unexpected";

/**
 * How far the evaluation is.
 */
export type EvaluationProgress = {
/**
 * Checks made.
 */
done: number,
/**
 * Checks to make.
 */
total: number, };

/**
 * The steps of one case, in order.
 */
export type Flow = {
/**
 * Which flow this is.
 */
id: FlowId,
/**
 * Its steps, in the order a person takes them.
 */
steps: Array<Step>, };

/**
 * The flows the product knows. Others join as they are built.
 */
export type FlowId = "robo-ident";

/**
 * What the help form sends along.
 */
export type HelpForm = {
/**
 * UUID of the case, where there is one.
 */
case?: string,
/**
 * Last error.
 */
code?: ErrorCode,
/**
 * Step at hand.
 */
step?: string,
/**
 * Device and browser.
 */
facts: DeviceFacts,
/**
 * When it was opened.
 */
at: string, };

/**
 * A message to support.
 */
export type HelpMessage = {
/**
 * When it came.
 */
at: string,
/**
 * The last error that was shown.
 */
code?: ErrorCode,
/**
 * At which step.
 */
step?: string,
/**
 * In the person's own words.
 */
description: string, };

/**
 * One instruction, one action. Its words are under `hint.<name>`; the spoken form under `hint.<name>.spoken`.
 */
export type Hint = "uncover" | "tooDark" | "tooBright" | "glare" | "holdStill" | "outOfFocus" | "lowContrast" | "speakUp" | "good";

/**
 * A case of this device.
 */
export type HistoryEntry = {
/**
 * UUID.
 */
case: string,
/**
 * First seven characters of it.
 */
kennung: string,
/**
 * Partner's name.
 */
partner: string,
/**
 * When this device joined it.
 */
at: string,
/**
 * How it ended; absent while it is open.
 */
outcome?: PersonOutcome, };

/**
 * One recording. Its bytes are at `GET /v1/cases/{id}/media/{artifact}`, with ranges.
 */
export type MediaItem = {
/**
 * UUID.
 */
artifact: string,
/**
 * Which step it belongs to.
 */
step: string,
/**
 * In which attempt, from 1.
 */
attempt: number,
/**
 * What it is.
 */
kind: ArtifactKind,
/**
 * Media type as recorded.
 */
mediaType: string,
/**
 * Bytes so far.
 */
length: number,
/**
 * SHA-256 of all bytes, lower-case hex, once complete.
 */
sha256?: string,
/**
 * Whether all of it is there.
 */
complete: boolean,
/**
 * Whether the person handed it in; a recording cut off by a reload is kept but not handed in.
 */
submitted: boolean,
/**
 * When its first byte came.
 */
createdAt: string, };

/**
 * Whether a case is real or a rehearsal.
 */
export type Mode = "live" | "sandbox";

/**
 * Measures of one frame. Each has its formula in `lichtbild_vision::quality`.
 */
export type Observation = {
/**
 * Which frame, as the page numbered it.
 */
frame: number,
/**
 * When the page took it.
 */
at: number,
/**
 * Detail at fine scale relative to coarse scale, 0 (blurred) to 1 (sharp).
 */
sharpness: number,
/**
 * Mean luminance, 0 to 1.
 */
brightness: number,
/**
 * Spread of luminance (5th to 95th percentile), 0 to 1.
 */
contrast: number,
/**
 * Share of pixels in blown-out blobs, 0 to 1.
 */
glare: number,
/**
 * Mean absolute change against the frame before, 0 to 1; `None` for the first.
 */
motion?: number,
/**
 * The picture is bit for bit the one before (at analysis size).
 */
identical: boolean,
/**
 * Time the engine took, milliseconds.
 */
millis: number, };

/**
 * How far a permission is.
 */
export type Permission = { "state": "open" } | { "state": "asking" } | { "state": "granted" } | { "state": "failed",
/**
 * Why.
 */
code: ErrorCode,
/**
 * What the person can do.
 */
waysOn: Array<WayOn>, };

/**
 * What the person is told at the end. It has no word for suspected fraud, on purpose.
 */
export type PersonOutcome = "success" | "rejected" | "attemptsExhausted" | "documentNotSupported" | "documentNotAccepted" | "cancelled" | "expired";

/**
 * A problem document. It never holds personal data or the payload it is about.
 */
export type Problem = {
/**
 * `about:blank` or a URI reference to the code's row in the documentation, for example `/docs/errors#upload.gone`.
 */
type: string,
/**
 * The cause in one English sentence, from the catalogue.
 */
title: string,
/**
 * HTTP status.
 */
status: number,
/**
 * The stable code.
 */
code: ErrorCode,
/**
 * Whether the same request may succeed later.
 */
retryable: boolean,
/**
 * What exactly, for developers: a field name, a header name, a limit.
 */
detail?: string,
/**
 * Ties the answer to the server's log.
 */
requestId?: string, };

/**
 * What the camera is for.
 */
export type Purpose = { "type": "documentVideo",
/**
 * Which side.
 */
side: Side, } | { "type": "documentPhoto",
/**
 * Which side.
 */
side: Side, } | { "type": "selfieVideo" };

/**
 * A QR code as modules, without its quiet zone (leave four modules around it).
 */
export type QrMatrix = {
/**
 * Modules per side.
 */
size: number,
/**
 * Rows from the top, each module `1` (dark) or `0`.
 */
rows: Array<string>, };

/**
 * What `start()` resolves to: everything is confirmed.
 */
export type Receipt = {
/**
 * UUID of the case.
 */
case: string,
/**
 * First seven characters of it.
 */
kennung: string,
/**
 * What the person was told; the partner's server knows the verdict.
 */
outcome: PersonOutcome, };

/**
 * A step to be repeated.
 */
export type RepeatFacts = {
/**
 * Which.
 */
step: string,
/**
 * Why.
 */
reasons: Array<ErrorCode>, };

/**
 * What a token may do.
 */
export type Role = "capture" | "observe";

/**
 * The outcome a sandbox key asks for in advance.
 */
export type SandboxPlan = { "outcome": "success" } | { "outcome": "repeat",
/**
 * Which capturing steps.
 */
steps: Array<string>,
/**
 * How often; 5 or more ends in `attempts_exhausted`.
 */
times: number, } | { "outcome": "rejected" } | { "outcome": "fraud_suspected" } | { "outcome": "document_not_supported" } | { "outcome": "document_not_accepted" };

/**
 * What the person sees.
 */
export type Screen = { "type": "loading" } | { "type": "home" } | { "type": "handoffClaim",
/**
 * Partner's name.
 */
partner: string,
/**
 * The Kennung, also on the desktop.
 */
kennung: string,
/**
 * The answer is on its way.
 */
busy: boolean, } | { "type": "requirements",
/**
 * What is missing, as codes.
 */
missing: Array<ErrorCode>, } | { "type": "register",
/**
 * The request is on its way.
 */
busy: boolean, } | { "type": "explainer",
/**
 * What it explains.
 */
topic: Topic,
/**
 * The chosen document decides which picture is shown.
 */
document?: DocumentKind,
/**
 * The step's failure reasons, when it has to be repeated.
 */
reasons: Array<ErrorCode>,
/**
 * The request is on its way.
 */
busy: boolean, } | { "type": "consents",
/**
 * What there is to agree to.
 */
items: Array<ConsentFacts>,
/**
 * The request is on its way.
 */
busy: boolean, } | { "type": "consentRefused" } | { "type": "permissions",
/**
 * The camera.
 */
camera: Permission,
/**
 * The microphone.
 */
microphone: Permission, } | { "type": "documentChoice",
/**
 * The lines of the chooser.
 */
options: Array<DocumentOption>,
/**
 * Which was chosen though it may not be, and why.
 */
refused?: ErrorCode,
/**
 * The request is on its way.
 */
busy: boolean, } | { "type": "camera" } & CameraScreen | { "type": "review",
/**
 * For which step.
 */
purpose: Purpose,
/**
 * `blob:` URL of a still, for an `img` element; absent where none could be taken.
 */
picture?: string,
/**
 * Length of the video in milliseconds; 0 for a photograph.
 */
millis: number,
/**
 * Something about it that the person should know before confirming.
 */
warnings: Array<ErrorCode>,
/**
 * The request is on its way.
 */
busy: boolean, } | { "type": "evaluation",
/**
 * The evaluation, once it runs.
 */
progress?: EvaluationProgress, } | { "type": "repeat",
/**
 * Which, and why.
 */
steps: Array<RepeatFacts>,
/**
 * Attempts that are left, the coming one included.
 */
attemptsLeft: number, } | { "type": "done",
/**
 * What the person is told.
 */
outcome: PersonOutcome, } | { "type": "handoff",
/**
 * The code, once there is one.
 */
qr?: QrMatrix,
/**
 * The same link, to copy.
 */
link?: string,
/**
 * Milliseconds until it is replaced by itself.
 */
millisLeft: number, } | { "type": "observing" } | { "type": "help",
/**
 * What is sent along.
 */
form: HelpForm,
/**
 * The request is on its way, or was answered.
 */
state: SendState, } | { "type": "failed",
/**
 * What.
 */
code: ErrorCode,
/**
 * What the person can do, most useful first.
 */
waysOn: Array<WayOn>,
/**
 * What exactly, for developers; never personal data.
 */
detail?: string, };

/**
 * How far a message to the server is.
 */
export type SendState = "open" | "busy" | "sent";

/**
 * How a person gets into a case; also the answer of `POST /v1/cases/{id}/session`.
 */
export type SessionLink = {
/**
 * For the element's `session` attribute.
 */
token: string,
/**
 * The jump page with the token in its fragment, for a redirect or a message (`…/jump/#s=…`).
 */
url: string,
/**
 * When the token ends.
 */
expiresAt: string, };

/**
 * Everything a browser needs to draw and to go on, at any time and after any reload: answer of `GET /v1/capture/session`
 * and payload of every `session` event.
 */
export type SessionSnapshot = {
/**
 * The server's `PROTOCOL_VERSION`.
 */
protocol: string,
/**
 * Grows with every change of the case; an older snapshot that arrives late is ignored.
 */
revision: number,
/**
 * UUID of the case.
 */
case: string,
/**
 * First seven characters of it.
 */
kennung: string,
/**
 * The partner's name as people know it.
 */
partner: string,
/**
 * Live or sandbox.
 */
mode: Mode,
/**
 * What this token may do.
 */
role: Role,
/**
 * Language of words and messages, `de` or `en`.
 */
lang: string,
/**
 * Where the button at the end leads.
 */
returnUrl?: string,
/**
 * When the case ends by itself.
 */
expiresAt: string,
/**
 * When this token ends; it can be renewed with the device's key.
 */
tokenExpiresAt: string,
/**
 * Whether a device key is registered, and whether it is the asking one.
 */
device: DeviceBinding,
/**
 * Current attempt, from 1.
 */
attempt: number,
/**
 * How many attempts there are.
 */
attemptsAllowed: number,
/**
 * The steps, with their state.
 */
flow: Flow,
/**
 * The document chooser's lines.
 */
documents: Array<DocumentOption>,
/**
 * The chosen kind.
 */
document?: DocumentKind,
/**
 * Where tus uploads are created, absolute or relative to the endpoint.
 */
uploadsUrl: string,
/**
 * What the server has of this attempt's recordings.
 */
uploads: Array<UploadStatus>,
/**
 * The running evaluation.
 */
evaluation?: EvaluationProgress,
/**
 * What the person is told at the end.
 */
outcome?: PersonOutcome, };

/**
 * `PUT /v1/webhook`: where events about cases of the key's kind go.
 */
export type SetWebhook = {
/**
 * `https:` URL on a public address (the operator may allow private ones).
 */
url: string, };

/**
 * A side of the document.
 */
export type Side = "front" | "back";

/**
 * What there is to draw. Plain, complete, and safe to keep: a later change makes a new one.
 */
export type Snapshot = {
/**
 * What the person sees now.
 */
screen: Screen,
/**
 * The case, once the server has told about it.
 */
case?: CaseFacts,
/**
 * The steps, for a progress bar; empty before the case is known.
 */
steps: Array<StepFacts>,
/**
 * One instruction at a time, steady for its minimum time.
 */
hint?: Hint,
/**
 * How the uploads are doing.
 */
upload: UploadFacts,
/**
 * Something the person should know, beside the screen: capture goes on.
 */
notice?: ErrorCode,
/**
 * Whether the person can go to an earlier explainer or open help from here.
 */
canHelp: boolean,
/**
 * Whether going on with a phone is offered from here.
 */
canHandOff: boolean,
/**
 * This device's cases, newest first.
 */
history: Array<HistoryEntry>, };

/**
 * One step.
 */
export type Step = {
/**
 * Its name within the flow.
 */
id: string,
/**
 * How far it has come, as the server knows it.
 */
state: StepState,
/**
 * Why it has to be repeated; empty otherwise.
 */
reasons?: Array<ErrorCode>, } & ({ "kind": "device" } | { "kind": "explainer",
/**
 * What it explains.
 */
topic: Topic,
/**
 * The person first chooses the kind of document here.
 */
choosesDocument: boolean, } | { "kind": "consents",
/**
 * What there is to agree to.
 */
items: Array<Consent>, } | { "kind": "permissions" } | { "kind": "documentVideo",
/**
 * Which side.
 */
side: Side,
/**
 * Shortest useful length in milliseconds; the stop button appears then.
 */
minMillis: number,
/**
 * The recording ends by itself here, in milliseconds.
 */
maxMillis: number, } | { "kind": "documentPhoto",
/**
 * Which side.
 */
side: Side, } | { "kind": "selfieVideo",
/**
 * The words, in the person's language.
 */
words: Array<string>,
/**
 * How long each word stays on screen, in milliseconds.
 */
wordMillis: number, } | { "kind": "evaluation" } | { "kind": "success" });

/**
 * A step in the progress bar.
 */
export type StepFacts = {
/**
 * Its name; its words are under `step.<id>` in the message files.
 */
id: string,
/**
 * How far it has come.
 */
state: StepState,
/**
 * Whether the person is at it.
 */
current: boolean, };

/**
 * One step of a case.
 */
export type StepReport = {
/**
 * Name.
 */
id: string,
/**
 * How far it has come.
 */
state: StepState,
/**
 * Why it has to be repeated.
 */
reasons?: Array<ErrorCode>, };

/**
 * How far a step has come.
 */
export type StepState = "open" | "done" | "repeat" | "skipped";

/**
 * One line of the timeline.
 */
export type TimelineItem = {
/**
 * When.
 */
at: string,
/**
 * What: `case.created`, `step.finished`, `error.reported` …
 */
event: string,
/**
 * At which step.
 */
step?: string,
/**
 * The error, for `error.reported`.
 */
code?: ErrorCode, };

/**
 * Answer of `POST /v1/capture/token` and of a claimed hand-off: a fresh token for the same case and key.
 */
export type TokenIssued = {
/**
 * Opaque, at least 128 random bits. Never in a path or query.
 */
token: string,
/**
 * When it ends.
 */
expiresAt: string, };

/**
 * What an explainer explains.
 */
export type Topic = "whole" | "front" | "back" | "selfie";

/**
 * How the uploads are doing, over all recordings of this case.
 */
export type UploadFacts = {
/**
 * Bytes the server has confirmed.
 */
confirmed: number,
/**
 * Bytes recorded so far.
 */
recorded: number,
/**
 * What is going on.
 */
state: UploadState, };

/**
 * What the uploads are doing.
 */
export type UploadState = "idle" | "sending" | "waiting" | "offline";

/**
 * What the server holds of one recording.
 */
export type UploadStatus = {
/**
 * Which recording.
 */
artifact: string,
/**
 * Which step it belongs to.
 */
step: string,
/**
 * What it is.
 */
kind: ArtifactKind,
/**
 * Bytes that survive power loss.
 */
offset: number,
/**
 * Its length, once known.
 */
length?: number,
/**
 * Whether all of it is there.
 */
complete: boolean, };

/**
 * Something the person can do next. Every code has at least one.
 */
export type WayOn = "retry" | "otherCamera" | "otherDevice" | "openInBrowser" | "settings" | "retake" | "otherDocument" | "wait" | "backToPartner" | "help";

/**
 * Answer of `GET` and `PUT /v1/webhook`. The secret is shown when it is made, not again.
 */
export type Webhook = {
/**
 * Where events go.
 */
url: string,
/**
 * `whsec_…`, only in the answer that made it.
 */
secret?: string,
/**
 * Off after the receiver answered 410; events wait until it is set again.
 */
enabled: boolean, };

/**
 * What a webhook is about.
 */
export type WebhookData = {
/**
 * UUID of the case.
 */
case: string,
/**
 * First seven characters of it.
 */
kennung: string,
/**
 * Live, or a rehearsal by a sandbox key.
 */
mode: Mode,
/**
 * Where it stands.
 */
state: CaseState,
/**
 * The partner's own name for it.
 */
reference?: string, };

/**
 * Body of a webhook: ids only, the receiver fetches the rest. Signed by the Standard Webhooks specification.
 */
export type WebhookEvent = {
/**
 * `case.started`, `case.repeat`, `case.ended`.
 */
type: string,
/**
 * When it happened.
 */
timestamp: string,
/**
 * About what.
 */
data: WebhookData, };

/**
 * The word to be spoken now.
 */
export type WordFacts = {
/**
 * The word.
 */
text: string,
/**
 * Which one, from 1.
 */
number: number,
/**
 * Of how many.
 */
of: number, };
