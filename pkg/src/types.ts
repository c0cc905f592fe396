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
kind: DocumentKind, } | { "type": "chooseCategory",
/**
 * Which.
 */
category: PermitCategory, } | { "type": "doubt",
/**
 * Which.
 */
field: FieldName,
/**
 * It is not right.
 */
wrong: boolean, } | { "type": "note",
/**
 * Which.
 */
field: FieldName,
/**
 * At most 500 characters.
 */
note: string, } | { "type": "attest",
/**
 * Name or staff number: 1 to 64 characters.
 */
clerk: string, } | { "type": "openCamera" } | { "type": "record" } | { "type": "stopRecording" } | { "type": "takePhoto" } | { "type": "confirm" } | { "type": "retake" } | { "type": "switchCamera" } | { "type": "torch",
/**
 * On or off.
 */
on: boolean, } | { "type": "take",
/**
 * Which.
 */
way: WayOn, } | { "type": "handOff" } | { "type": "acceptHandoff",
/**
 * The two digits on the computer.
 */
number: string, } | { "type": "help" } | { "type": "sendHelp",
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
 * What a clerk in the shop attested instead of a face video.
 */
export type Attestation = {
/**
 * When.
 */
at: string,
/**
 * The clerk, as the shop knows them.
 */
clerk: string,
/**
 * What was attested, with the version of its words.
 */
statements: Array<ConsentGiven>, };

/**
 * What was done.
 */
export type AuditAction = "created" | "data_answered" | "attested" | "rules_ran" | "master_data_changed" | "acceptance_changed" | "contract_ended" | "rule_judged" | "approved_once" | "approved" | "rejected" | "put_back" | "restarted" | "erased" | "expired";

/**
 * One line of the audit log. What is about a person is in `clerk`, `note` and goes when the case is erased; the rest stays.
 */
export type AuditEntry = {
/**
 * When.
 */
at: string,
/**
 * What.
 */
action: AuditAction,
/**
 * By which API key; none: by the person, or by time.
 */
key?: string,
/**
 * About which rules, steps, fields or kinds of document, by their names, or issuing states, by their codes; put back: every step
 * that is asked for anew.
 */
about?: Array<string>,
/**
 * How it came out, as a word of this API.
 */
outcome?: string,
/**
 * Who.
 */
clerk?: string,
/**
 * Why, in their words.
 */
note?: string, };

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
 * The person starts it by `Action::Record` or `Action::TakePhoto`; else the photograph is taken by itself at the best moment, and
 * this is offered when that takes long.
 */
byHand: boolean,
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
withoutHints: boolean,
/**
 * The machine-readable zone on the side in view has been read.
 */
zoneRead: boolean, };

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
hint?: Hint, } | { "type": "documentSeen",
/**
 * Where.
 */
quad?: [[number, number], [number, number], [number, number], [number, number]], } | { "type": "failed",
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
 * What made a still be taken. Evidence, as all that a browser says.
 */
export type CaptureOrigin = "automatic" | "timed" | "manual" | "manual_late" | "manual_no_engine" | "manual_refused";

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
 * Where the sale takes place, of a `sim-registration`: what the document says and the rules are at `GET …/review`.
 */
channel?: Channel,
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
export type CaseState = "created" | "started" | "evaluating" | "repeat" | "in_review" | "verified" | "rejected" | "fraud_suspected" | "attempts_exhausted" | "document_not_supported" | "document_not_accepted" | "cancelled" | "expired";

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
 * `PATCH /v1/cases/{case}`. What is absent stays as it is.
 */
export type ChangeCase = {
/**
 * The master data, whole: what is absent in it is no longer expected. The rules run again.
 */
expected?: MasterData,
/**
 * Kinds this partner takes in this case. The rules run again.
 */
acceptedDocuments?: Array<DocumentKind>,
/**
 * States whose passports this partner takes in this case, at least one; as in `CreateCase`. The rules run again.
 */
acceptedPassports?: Array<string>,
/**
 * When the contract ends, `YYYY-MM-DD`: the retention counts from here.
 */
contractEnd?: string,
/**
 * Who changes it; required where the key belongs to nobody and the change is a clerk's. At most 64 characters.
 */
clerk?: string, };

/**
 * Where a SIM card is sold.
 */
export type Channel = "customer" | "shop";

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
export type CheckKind = "complete" | "container" | "duration" | "picture_size" | "sound_present" | "sound_audible" | "picture_not_black" | "picture_not_frozen" | "sharpness" | "brightness" | "glare" | "document_present" | "document_side" | "document_whole" | "document_corners" | "document_resolution" | "mrz_readable" | "document_kind" | "document_accepted" | "document_unexpired" | "sides_match" | "data_expected" | "readings_agree" | "sandbox";

/**
 * How a check went.
 */
export type CheckResult = "ok" | "failed" | "not_applicable";

/**
 * One field of the master data beside what was read.
 */
export type Compared = {
/**
 * Which.
 */
name: FieldName,
/**
 * What the partner expects.
 */
expected?: string,
/**
 * What was read.
 */
found?: string,
/**
 * Whether they are the same, as documents write them; none: one of them is missing.
 */
same?: boolean, };

/**
 * What the integrator passes. Anything but the endpoint may be left out; unknown keys are refused.
 */
export type ConfigInput = {
/**
 * Origin of the verification backend, `https://…`; default: where the script tag's loader came from, for the npm package the page's own origin.
 */
endpoint?: string,
/**
 * The case token from the partner's server. Without it the home screen shows.
 */
session?: string,
/**
 * The secret of a scanned hand-off link.
 */
handoff?: string, };

/**
 * What the person confirmed, and when.
 */
export type Confirmation = {
/**
 * When.
 */
at: string,
/**
 * Which reading was shown; none: nothing could be read.
 */
reading?: string,
/**
 * One answer to each field that was shown.
 */
answers: Array<FieldAnswer>, };

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
 * One ticked box.
 */
export type ConsentGiven = {
/**
 * Id of the consent.
 */
id: string,
/**
 * Version that was shown.
 */
version: string, };

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
 * Kinds this partner takes in this case; default: every supported kind of the flow but `foreignIdCard`.
 */
acceptedDocuments?: Array<DocumentKind>,
/**
 * States whose passports this partner takes in this case, by their ICAO 9303 codes, such as `CHE` or `D`; default: every state of
 * ISO 3166-1.
 */
acceptedPassports?: Array<string>,
/**
 * `sim-registration` only: where the sale takes place; default: with the customer.
 */
channel?: Channel,
/**
 * The customer's master data, which the document is held against.
 */
expected?: MasterData,
/**
 * Where the button at the end leads; `https:` (or `http:` on localhost).
 */
returnUrl?: string,
/**
 * Sandbox keys only: the outcome.
 */
sandbox?: SandboxPlan, };

/**
 * `POST /v1/cases/{case}/review/decision`.
 */
export type Decide = {
/**
 * What.
 */
verdict: Verdict,
/**
 * Why: 1 to 500 characters.
 */
reason: string,
/**
 * Who; required where the key belongs to nobody. At most 64 characters.
 */
clerk?: string, };

/**
 * A decision as it was made.
 */
export type Decision = {
/**
 * What.
 */
verdict: Verdict,
/**
 * Why.
 */
reason: string,
/**
 * Who.
 */
clerk: string,
/**
 * When.
 */
at: string, };

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
 * What kind of flat thing is in view.
 */
export type DocumentClass = "idFront" | "idBack" | "passportPage" | "otherCard" | "paper";

/**
 * Where a document lies in a still.
 */
export type DocumentInStill = {
/**
 * What it looks like.
 */
class: DocumentClass,
/**
 * Width of the still in pixels, as it is coded: a turn that only its Exif data asks for is not made.
 */
width: number,
/**
 * Height of the still in pixels, likewise.
 */
height: number,
/**
 * Corners `[x, y]` in pixels of the still, from its top left, in the document's own order: top left, top right, bottom right and
 * bottom left of what is printed, however it lies. They may lie outside of the still.
 */
quad: [[number, number], [number, number], [number, number], [number, number]], };

/**
 * The kinds of document a person may choose from.
 */
export type DocumentKind = "germanIdCard" | "germanIdCardLaminated" | "passport" | "germanResidencePermit" | "swissIdCard" | "swissPermit" | "foreignIdCard" | "drivingLicence";

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
needsBack: boolean,
/**
 * Whether its category is chosen with it (`PermitCategory`).
 */
needsCategory: boolean, };

/**
 * The document as it was photographed.
 */
export type DocumentPicture = {
/**
 * Which side.
 */
side: Side,
/**
 * `blob:` URL for an `img` element.
 */
picture: string,
/**
 * Where the document is in it, as shares of its sides.
 */
outline?: [[number, number], [number, number], [number, number], [number, number]], };

/**
 * Answer of `GET /v1/cases/{id}/document`: personal data, which no list and no other report has.
 */
export type DocumentReport = {
/**
 * The chosen kind.
 */
kind?: DocumentKind,
/**
 * What the server last read and is sure of; none: nothing.
 */
fields: Array<ReadField>,
/**
 * How sure that reading is: the mean of what its characters are worth, 0 to 1.
 */
confidence?: number,
/**
 * The expected data beside what was read.
 */
comparison: Array<Compared>,
/**
 * Every reading, by server and browser, oldest first; the browser's are evidence and count for nothing.
 */
readings: Array<Reading>, };

/**
 * A document in a frame. Measures are taken in its own plane, as if it were seen straight on; each has its formula in
 * `lichtbild_vision::document`.
 */
export type DocumentSeen = {
/**
 * What it is.
 */
class: DocumentClass,
/**
 * How sure the engine is that it is there and what it is, 0 to 1.
 */
score: number,
/**
 * Its corners.
 */
quad: [[number, number], [number, number], [number, number], [number, number]],
/**
 * Whether each corner is in the picture and not covered.
 */
corners: [boolean, boolean, boolean, boolean],
/**
 * How much of the frame's left, upper, right and lower edge it runs over, 0 to 1.
 */
cut: [number, number, number, number],
/**
 * Share of it that something covers (fingers), 0 to 1.
 */
covered: number,
/**
 * Its longer side as a share of what would just fit into the frame, 0 to 1 and above if cut.
 */
fill: number,
/**
 * Dots per inch on it, from the size of its format; absent for formats without one.
 */
dpi?: number,
/**
 * Angle between its normal and the line of sight, degrees, 0 to 90.
 */
tilt: number,
/**
 * How far it is turned clockwise in the picture, degrees, −180 to 180; 0 is upright.
 */
turn: number,
/**
 * Mean way of its corners a second, as a share of its diagonal; absent in the first frame it is seen in.
 */
motion?: number,
/**
 * Detail at fine scale relative to coarse scale, 0 (blurred) to 1 (sharp).
 */
sharpness: number,
/**
 * Mean luminance, 0 to 1.
 */
brightness: number,
/**
 * Spread of luminance, 0 to 1.
 */
contrast: number,
/**
 * Share of it that is blown out, 0 to 1.
 */
glare: number,
/**
 * Share of what is to be read (portrait, text, machine-readable zone) that glare hides, 0 to 1.
 */
hidden: number,
/**
 * How strong the strongest edge of a shadow over it is, 0 to 1.
 */
shadow: number, };

/**
 * A stable error code, `area.reason`.
 */
export type ErrorCode = "config.invalid" | "unsupported.wasm" | "unsupported.simd" | "unsupported.insecure_context" | "unsupported.get_user_media" | "unsupported.media_recorder" | "unsupported.crypto" | "camera.refused" | "camera.blocked" | "camera.policy" | "camera.missing" | "camera.in_use" | "camera.no_match" | "camera.failed" | "camera.timeout" | "camera.ended" | "camera.muted" | "camera.black" | "camera.frozen" | "camera.covered" | "microphone.refused" | "microphone.blocked" | "microphone.policy" | "microphone.missing" | "microphone.in_use" | "microphone.failed" | "microphone.timeout" | "microphone.ended" | "microphone.silent" | "recorder.unsupported" | "recorder.no_data" | "recorder.failed" | "recorder.interrupted" | "recorder.still_failed" | "engine.unavailable" | "engine.crashed" | "engine.version_mismatch" | "model.unusable" | "store.unavailable" | "store.full" | "network.offline" | "network.unreachable" | "network.timeout" | "network.blocked" | "upload.offset_mismatch" | "upload.superseded" | "upload.gone" | "upload.not_found" | "upload.checksum_mismatch" | "upload.checksum_unsupported" | "upload.too_large" | "upload.length_invalid" | "upload.version_unsupported" | "upload.content_type" | "upload.slow" | "session.unknown" | "session.expired" | "session.proof_invalid" | "session.other_device" | "session.observe_only" | "session.elsewhere" | "session.ended" | "session.step_unexpected" | "session.attempts_exhausted" | "session.version_mismatch" | "handoff.unknown" | "handoff.number" | "handoff.claimed" | "consent.incomplete" | "consent.refused" | "document.not_supported" | "document.not_accepted" | "document.expired" | "document.foreign_back" | "document.other_kind" | "document.data_mismatch" | "document.readings_differ" | "document.not_comparable" | "document.zone_elsewhere" | "document.category" | "confirmation.incomplete" | "attestation.incomplete" | "media.missing" | "media.incomplete" | "media.container" | "media.too_short" | "media.picture_small" | "media.no_picture" | "media.stills_only" | "media.no_sound" | "media.silent" | "media.black" | "media.frozen" | "media.blurred" | "media.too_dark" | "media.too_bright" | "media.glare" | "media.no_document" | "media.document_unclear" | "media.cut_off" | "media.document_small" | "media.shows_back" | "media.shows_front" | "media.no_data_page" | "media.other_thing" | "media.mrz_missing" | "media.mrz_unreadable" | "media.undecodable" | "sandbox.requested" | "partner.unauthorised" | "partner.forbidden" | "case.not_found" | "review.closed" | "review.rules_open" | "review.not_judgeable" | "review.same_clerk" | "review.put_back" | "media.not_found" | "webhook.target" | "webhook.off" | "request.invalid" | "request.not_found" | "request.method" | "request.too_large" | "request.conflict" | "request.rate_limited" | "internal.unavailable" | "internal.unexpected";

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
 * What a rule was decided by. Values stand here, and only here, side by side.
 */
export type Evidence = {
/**
 * About which field.
 */
field?: FieldName,
/**
 * An error of the output.
 */
error?: OutputError,
/**
 * In which recording.
 */
artifact?: string,
/**
 * What was expected.
 */
expected?: string,
/**
 * What was found.
 */
found?: string,
/**
 * What the person wrote.
 */
note?: string, };

/**
 * What the person said to one field.
 */
export type FieldAnswer = {
/**
 * Which.
 */
name: FieldName,
/**
 * It is right as it was shown.
 */
right: boolean,
/**
 * What is not right about it, for the clerk: at most 500 characters. Never taken over into the field.
 */
note?: string, };

/**
 * A field that was read, and what the person says to it.
 */
export type FieldFacts = {
/**
 * The person says that it is not right.
 */
wrong: boolean,
/**
 * Which.
 */
name: FieldName,
/**
 * What it says, in the form its name documents.
 */
value: string,
/**
 * What a code stands for, in the session's language, where it is shown to the person.
 */
plain?: string,
/**
 * A check digit of the document covers it, and fits.
 */
checked: boolean, };

/**
 * A field of a document or of the partner's master data, by its stable name.
 */
export type FieldName = "surname" | "givenNames" | "birthDate" | "sex" | "nationality" | "documentKind" | "documentNumber" | "issuer" | "expiryDate" | "optionalData" | "permitCategory" | "address" | "occupation";

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
export type FlowId = "robo-ident" | "sim-registration";

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
 * One instruction, one action. Its words are under `hint.<name>`; the spoken form under `hint.<name>.spoken`. Directions are those
 * of the picture as the person sees it.
 */
export type Hint = "uncover" | "tooDark" | "torchOn" | "tooBright" | "glare" | "shadow" | "holdStill" | "moveSlower" | "outOfFocus" | "waitForFocus" | "lowContrast" | "otherBackground" | "showDocument" | "moveCloser" | "moveBack" | "moveLeft" | "moveRight" | "moveUp" | "moveDown" | "wholeDocument" | "turnUpright" | "turnClockwise" | "turnCounterclockwise" | "turnToFront" | "turnToBack" | "showDataPage" | "otherDocument" | "holdFlat" | "topCloser" | "bottomCloser" | "leftCloser" | "rightCloser" | "fingersOff" | "showZone" | "zoneCovered" | "speakUp" | "keepStill" | "good";

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
 * `POST /v1/cases/{case}/review/rules/{rule}`.
 */
export type JudgeRule = {
/**
 * Whether it holds.
 */
good: boolean,
/**
 * Why: 1 to 500 characters.
 */
reason: string,
/**
 * Who; required where the key belongs to nobody. At most 64 characters.
 */
clerk?: string, };

/**
 * A clerk's judgement of a rule. It falls when what it was about changes.
 */
export type Judgement = {
/**
 * Whether it holds.
 */
good: boolean,
/**
 * Why.
 */
reason: string,
/**
 * Who.
 */
clerk: string,
/**
 * When.
 */
at: string, };

/**
 * The customer's state in one word.
 */
export type Light = "green" | "amber" | "red";

/**
 * What the partner knows of the customer; every field may be absent. Texts have 1 to 200 characters.
 */
export type MasterData = {
/**
 * Family name.
 */
surname?: string,
/**
 * Given names, separated by spaces.
 */
givenNames?: string,
/**
 * `YYYY-MM-DD`.
 */
birthDate?: string,
/**
 * ICAO 9303 code, such as `CHE` or `D`.
 */
nationality?: string,
/**
 * Kind of document.
 */
documentKind?: DocumentKind,
/**
 * Number of the document.
 */
documentNumber?: string,
/**
 * Issuing state, ICAO 9303 code.
 */
issuer?: string,
/**
 * Category of a foreigner's permit.
 */
permitCategory?: PermitCategory,
/**
 * Street, number, postcode, town.
 */
address?: string,
/**
 * Occupation.
 */
occupation?: string, };

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
 * Of a still that was handed in: what made it be taken, as the browser says.
 */
captureOrigin?: CaptureOrigin,
/**
 * Of a still of the document, once the server has read it: where the document lies in it.
 */
document?: DocumentInStill,
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
 * The document in view; absent if there is none, or the engine has no model to see it with.
 */
document?: DocumentSeen,
/**
 * What came of an attempt to read the document's machine-readable zone; absent if none was made in this frame.
 */
zone?: ZoneSeen,
/**
 * Time the engine took, milliseconds, without such an attempt.
 */
millis: number, };

/**
 * What is wrong with what a document was read as. The names are those that telecom back offices know.
 */
export type OutputError = "EError_IdMrzNotFound" | "EError_IdBadMrzFields" | "EError_IdMrzUnsure" | "EError_IdBadCheckDigits" | "EError_IdExpired" | "EError_IdBadDocumentKind" | "EError_IdNotSupported" | "EError_IdNotAccepted" | "EError_IdSidesDiffer" | "EError_IdReadingsDiffer";

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
waysOn: Array<WayOn>, } | { "state": "notNeeded" };

/**
 * Category of a Swiss foreigner's permit.
 */
export type PermitCategory = "B" | "C" | "Ci" | "G" | "L" | "N" | "F" | "S";

/**
 * What the person is told at the end. It has no word for suspected fraud, on purpose.
 */
export type PersonOutcome = "success" | "inReview" | "rejected" | "attemptsExhausted" | "documentNotSupported" | "documentNotAccepted" | "cancelled" | "expired";

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
 * `POST /v1/cases/{case}/review/put-back`: these steps are to be taken again. `POST /v1/cases/{case}/review/restart`: every step is. Either
 * way with any device that holds the new link of the answer; older ones open nothing any more. With a step of the document its data are
 * confirmed anew; of a document that will not do, all its steps are taken again, another is chosen, and the attestation given anew.
 */
export type PutBack = {
/**
 * Which, of the review's `steps`; at least one. For a restart: none.
 */
steps?: Array<string>,
/**
 * Why: 1 to 500 characters. Not shown to the person.
 */
reason: string,
/**
 * Who; required where the key belongs to nobody. At most 64 characters.
 */
clerk?: string, };

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
 * A field that was read from the document.
 */
export type ReadField = {
/**
 * Which.
 */
name: FieldName,
/**
 * What it says, in the form its name documents.
 */
value: string,
/**
 * What a code stands for, in the session's language, where it is shown to the person.
 */
plain?: string,
/**
 * A check digit of the document covers it, and fits.
 */
checked: boolean, };

/**
 * A document as it was read, once.
 */
export type Reading = {
/**
 * Opaque.
 */
id: string,
/**
 * Who read it.
 */
origin: ReadingOrigin,
/**
 * In which attempt, from 1.
 */
attempt: number,
/**
 * At which step.
 */
step: string,
/**
 * Which side.
 */
side: Side,
/**
 * On which still, where it is known.
 */
artifact?: string,
/**
 * The stills that voted for it together, character by character; empty: it is of one picture.
 */
stills?: Array<string>,
/**
 * Where the document lies in the still, as the server sees it.
 */
document?: DocumentInStill,
/**
 * When.
 */
at: string,
/**
 * Lines of the machine-readable zone; none: there was none to be found.
 */
lines: Array<string>,
/**
 * What is printed, phrase by phrase in the signs of zones, as far as it can be read: of a side that has no zone.
 */
print?: Array<string>,
/**
 * Every check digit fits.
 */
valid: boolean,
/**
 * What it says.
 */
fields: Array<ReadField>,
/**
 * What is wrong with it.
 */
errors: Array<OutputError>,
/**
 * How sure the reader was: the mean of what its characters are worth, 0 to 1, where it tells.
 */
confidence?: number, };

/**
 * Who read a document.
 */
export type ReadingOrigin = "browser" | "server";

/**
 * How far the server is with reading the document.
 */
export type ReadingState = "reading" | "ready" | "unreadable";

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
 * `GET /v1/cases/{case}/review`: everything a clerk needs to decide. Personal data throughout.
 */
export type ReviewReport = {
/**
 * UUID.
 */
case: string,
/**
 * Where the case stands.
 */
state: CaseState,
/**
 * The same in one word.
 */
light: Light,
/**
 * Where the sale takes place.
 */
channel: Channel,
/**
 * The chosen kind of document.
 */
document?: DocumentKind,
/**
 * The chosen category of a permit.
 */
category?: PermitCategory,
/**
 * The partner's master data.
 */
expected: MasterData,
/**
 * Master data beside what the server read, field by field.
 */
comparison: Array<Compared>,
/**
 * Every reading of the current attempt's documents, oldest first.
 */
readings: Array<Reading>,
/**
 * What the person confirmed.
 */
confirmation?: Confirmation,
/**
 * What the clerk in the shop attested.
 */
attestation?: Attestation,
/**
 * The rules.
 */
rules: Array<Rule>,
/**
 * Decisions that stand, oldest first; with four eyes a first approval waits here for the second.
 */
decisions: Array<Decision>,
/**
 * Whether two clerks have to approve.
 */
fourEyes: boolean,
/**
 * The clerk this key belongs to; none: each call names its clerk.
 */
clerk?: string,
/**
 * Steps that can be put back.
 */
steps: Array<string>,
/**
 * When the contract ended or will end, `YYYY-MM-DD`.
 */
contractEnd?: string,
/**
 * When the case is erased by itself, as far as that is known.
 */
eraseAt?: string,
/**
 * Who did what and when, oldest first. Lines are only ever added.
 */
audit: Array<AuditEntry>, };

/**
 * What a token may do.
 */
export type Role = "capture" | "observe";

/**
 * One rule, as it stands.
 */
export type Rule = {
/**
 * Which.
 */
kind: RuleKind,
/**
 * How it stands, a clerk's judgement included.
 */
result: RuleResult,
/**
 * Why, as the server found it.
 */
reason: RuleReason,
/**
 * By what.
 */
evidence: Array<Evidence>,
/**
 * What to do; none: nothing.
 */
todo?: RuleTodo,
/**
 * A clerk may judge it now.
 */
judgeable: boolean,
/**
 * The clerk's judgement that holds.
 */
judgement?: Judgement, };

/**
 * The rules of a SIM registration.
 */
export type RuleKind = "face_match" | "birth_date" | "document_number" | "output_errors" | "data_confirmed" | "mrz_readable" | "permit_category";

/**
 * Why a rule stands as it does.
 */
export type RuleReason = "equal" | "different" | "present" | "missing" | "not_expected" | "not_read_yet" | "unreadable" | "check_digit" | "partly_unknown" | "no_errors" | "has_errors" | "confirmed" | "contradicted" | "not_answered_yet" | "clerk_compares" | "claimed_by_person" | "no_permit" | "attested" | "not_attested_yet";

/**
 * How a rule stands.
 */
export type RuleResult = "ok" | "not_ok" | "not_applicable" | "pending";

/**
 * What somebody should do about a rule that is not good yet.
 */
export type RuleTodo = "wait" | "judge" | "correct_master_data" | "put_back_document" | "another_document" | "read_notes";

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
 * The number that was typed is not the one on the desktop (`Action::AcceptHandoff` again).
 */
wrong: boolean,
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
busy: boolean, } | { "type": "categoryChoice",
/**
 * The categories there are.
 */
categories: Array<PermitCategory>,
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
 * Where the document is in it, as shares of its sides: it can be shown straight on.
 */
outline?: [[number, number], [number, number], [number, number], [number, number]],
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
busy: boolean, } | { "type": "dataConfirmation",
/**
 * How far the reading is; only `ready` has fields, and `reading` waits.
 */
reading: ReadingState,
/**
 * What was read, in the order it is shown.
 */
fields: Array<FieldFacts>,
/**
 * The document's pictures to compare with, front first; none on another device than took them.
 */
pictures: Array<DocumentPicture>,
/**
 * It takes long: the picture may be taken again.
 */
slow: boolean,
/**
 * The request is on its way.
 */
busy: boolean, } | { "type": "attestation",
/**
 * What there is to attest; words under `attest.<id>` in the message files.
 */
items: Array<StatementFacts>,
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
 * Two digits that the phone asks for.
 */
number?: string,
/**
 * Milliseconds until it is replaced by itself.
 */
millisLeft: number, } | { "type": "observing",
/**
 * What the phone says about itself.
 */
phone?: DeviceFacts, } | { "type": "help",
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
 * For who only observes: what the device that has the case says about itself.
 */
takenBy?: DeviceFacts,
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
 * The chosen category, where the kind has one.
 */
category?: PermitCategory,
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
 * How much of the engine is there, in percent, while it loads: live hints come afterwards.
 */
engineLoading?: number,
/**
 * Whether the person can open help from here.
 */
canHelp: boolean,
/**
 * Whether there is a screen to go back to (`Action::Back`).
 */
canGoBack: boolean,
/**
 * Whether going on with a phone is offered from here.
 */
canHandOff: boolean,
/**
 * This device's cases, newest first.
 */
history: Array<HistoryEntry>, };

/**
 * One thing a clerk attests: `document_seen` (the original lay before them), `person_matches` (its photograph shows the person).
 */
export type Statement = {
/**
 * Its name.
 */
id: string,
/**
 * Version of its words, recorded with the answer.
 */
version: string, };

/**
 * One statement with its tick.
 */
export type StatementFacts = {
/**
 * Whether it is ticked.
 */
ticked: boolean,
/**
 * Its name.
 */
id: string,
/**
 * Version of its words, recorded with the answer.
 */
version: string, };

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
wordMillis: number, } | { "kind": "dataConfirmation",
/**
 * How far the reading is.
 */
reading: ReadingState,
/**
 * Which reading this is; goes back with the answer.
 */
readingId?: string,
/**
 * The fields, in the order they are shown.
 */
fields?: Array<ReadField>, } | { "kind": "clerkAttestation",
/**
 * What there is to attest; its words come from the message files (`attest.<id>`). None has a text of its own elsewhere.
 */
items: Array<Statement>, } | { "kind": "evaluation" } | { "kind": "success" });

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
 * What a clerk decides about the whole case.
 */
export type Verdict = "approve" | "reject";

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
 * `case.started`, `case.evaluated` (an attempt was evaluated, or the rules ran again), `case.repeat`, `case.ended`.
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

/**
 * How a machine-readable zone is laid out.
 */
export type ZoneFormat = "td1" | "td2" | "td3" | "mrvA" | "mrvB" | "frenchIdentityCard";

/**
 * A zone as it was read.
 */
export type ZoneRead = {
/**
 * How it is laid out.
 */
format: ZoneFormat,
/**
 * Its lines, top first.
 */
lines: Array<string>,
/**
 * How sure the reader was of its characters, 0 to 1.
 */
confidence: number, };

/**
 * An attempt to read a machine-readable zone.
 */
export type ZoneSeen = {
/**
 * Time it took, milliseconds.
 */
millis: number, } & ({ "state": "missing" } | { "state": "cut" } | { "state": "unreadable" } | { "state": "read" } & ZoneRead);
