//! The one catalogue of error codes: stable dotted text, cause, HTTP status, whether trying again may help, ways on.
//!
//! Texts for people are in `pkg/src/messages/*.json` under `error.<code>.title` and `error.<code>.text`; `docs/errors.md`
//! is printed from this file and those messages. A code is never renamed or reused.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Something the person can do next. Every code has at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum WayOn {
    /// Try the same again.
    Retry,
    /// Take another camera of this device.
    OtherCamera,
    /// Go on with a phone by QR code.
    OtherDevice,
    /// Open the page in the device's own browser.
    OpenInBrowser,
    /// Allow the camera or microphone in the browser's settings; the page shows how.
    Settings,
    /// Take the step again.
    Retake,
    /// Choose another document.
    OtherDocument,
    /// Keep the page open; it goes on by itself.
    Wait,
    /// Go back to the partner for a new link.
    BackToPartner,
    /// Write to support.
    Help,
}

macro_rules! catalogue {
    ($($variant:ident $code:literal $status:literal $retryable:ident [$($way:ident)+] $cause:literal)+) => {
        /// A stable error code, `area.reason`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[non_exhaustive]
        pub enum ErrorCode {
            $(
                #[doc = $cause]
                #[cfg_attr(feature = "ts", ts(rename = $code))]
                #[cfg_attr(feature = "openapi", schema(rename = $code))]
                $variant,
            )+
        }

        impl ErrorCode {
            /// Every code, in the catalogue's order.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The code as text.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The cause in one English sentence, for developers.
            pub const fn cause(self) -> &'static str {
                match self { $(Self::$variant => $cause,)+ }
            }

            /// HTTP status of an answer with this code; `None` for what only happens in a browser or an evaluation.
            pub const fn http_status(self) -> Option<u16> {
                match self { $(Self::$variant => if $status == 0 { None } else { Some($status) },)+ }
            }

            /// Whether the same action may succeed when tried again.
            pub const fn retryable(self) -> bool {
                match self { $(Self::$variant => catalogue!(@ $retryable),)+ }
            }

            /// What the person can do, most useful first.
            pub const fn ways_on(self) -> &'static [WayOn] {
                match self { $(Self::$variant => &[$(WayOn::$way,)+],)+ }
            }
        }
    };
    (@ retryable) => { true };
    (@ final) => { false };
}

catalogue! {
    ConfigInvalid "config.invalid" 0 final [Help] "The configuration names an unknown key or a value of the wrong type."
    UnsupportedWasm "unsupported.wasm" 0 final [OpenInBrowser OtherDevice Help] "WebAssembly is missing or forbidden by the page's content security policy."
    UnsupportedSimd "unsupported.simd" 0 final [OpenInBrowser OtherDevice Help] "WebAssembly SIMD is missing."
    UnsupportedInsecure "unsupported.insecure_context" 0 final [BackToPartner Help] "The page is not served over HTTPS."
    UnsupportedGetUserMedia "unsupported.get_user_media" 0 final [OpenInBrowser OtherDevice Help] "The browser offers no camera access to pages, as in-app browsers often do."
    UnsupportedMediaRecorder "unsupported.media_recorder" 0 final [OpenInBrowser OtherDevice Help] "The browser cannot record media."
    UnsupportedCrypto "unsupported.crypto" 0 final [OpenInBrowser OtherDevice Help] "WebCrypto is missing."

    CameraRefused "camera.refused" 0 retryable [Retry Settings OtherDevice Help] "The person refused the camera this time or closed the question."
    CameraBlocked "camera.blocked" 0 retryable [Settings Retry OtherDevice Help] "The browser remembers a refusal of the camera for this site, or the system forbids it to the browser."
    CameraPolicy "camera.policy" 0 final [OtherDevice Help] "A permissions policy forbids the camera: the embedding page lacks allow=\"camera\"."
    CameraMissing "camera.missing" 0 retryable [OtherDevice Retry Help] "The device has no camera, or none is connected."
    CameraInUse "camera.in_use" 0 retryable [Retry OtherCamera OtherDevice Help] "Another program or tab uses the camera, or its driver fails."
    CameraNoMatch "camera.no_match" 0 retryable [Retry OtherCamera OtherDevice Help] "No camera can do what was asked, even after relaxing it."
    CameraFailed "camera.failed" 0 retryable [Retry OtherCamera OtherDevice Help] "The camera could not be started for a reason the browser does not tell."
    CameraTimeout "camera.timeout" 0 retryable [Retry OtherCamera OpenInBrowser OtherDevice Help] "The browser did not answer the request for the camera in time."
    CameraEnded "camera.ended" 0 retryable [Retry OtherCamera OtherDevice Help] "The camera stopped: unplugged, taken by a call, or ended by the system."
    CameraMuted "camera.muted" 0 retryable [Retry OtherCamera OtherDevice Help] "The system pauses the camera and did not give it back in time."
    CameraBlack "camera.black" 0 retryable [OtherCamera Retry OtherDevice Help] "The camera gives a black picture: covered, defective or switched off."
    CameraFrozen "camera.frozen" 0 retryable [Retry OtherCamera OtherDevice Help] "The camera's picture does not move on."
    CameraCovered "camera.covered" 0 retryable [Retry OtherCamera OtherDevice Help] "Something covers the lens: the picture is even and without detail."

    MicrophoneRefused "microphone.refused" 0 retryable [Retry Settings OtherDevice Help] "The person refused the microphone this time or closed the question."
    MicrophoneBlocked "microphone.blocked" 0 retryable [Settings Retry OtherDevice Help] "The browser remembers a refusal of the microphone for this site, or the system forbids it to the browser."
    MicrophonePolicy "microphone.policy" 0 final [OtherDevice Help] "A permissions policy forbids the microphone: the embedding page lacks allow=\"microphone\"."
    MicrophoneMissing "microphone.missing" 0 retryable [OtherDevice Retry Help] "The device has no microphone, or none is connected."
    MicrophoneInUse "microphone.in_use" 0 retryable [Retry OtherDevice Help] "Another program uses the microphone, or its driver fails."
    MicrophoneFailed "microphone.failed" 0 retryable [Retry OtherDevice Help] "The microphone could not be started for a reason the browser does not tell."
    MicrophoneTimeout "microphone.timeout" 0 retryable [Retry OpenInBrowser OtherDevice Help] "The browser did not answer the request for the microphone in time."
    MicrophoneEnded "microphone.ended" 0 retryable [Retry OtherDevice Help] "The microphone stopped while recording."
    MicrophoneSilent "microphone.silent" 0 retryable [Retake Settings OtherDevice Help] "The microphone gives no sound: muted, covered or defective."

    RecorderUnsupported "recorder.unsupported" 0 final [OpenInBrowser OtherDevice Help] "No kind of recording works in this browser."
    RecorderNoData "recorder.no_data" 0 retryable [Retry OtherDevice Help] "The recorder runs but yields no bytes, with every kind of recording tried."
    RecorderFailed "recorder.failed" 0 retryable [Retry OtherDevice Help] "The recorder stopped with an error."
    RecorderInterrupted "recorder.interrupted" 0 retryable [Retake Help] "A reload or crash cut the recording off; what was recorded is kept as evidence and the step is taken again."
    StillFailed "recorder.still_failed" 0 retryable [Retry OtherCamera OtherDevice Help] "No photograph could be taken from the camera."

    EngineUnavailable "engine.unavailable" 0 retryable [Wait Retry] "The engine could not be loaded; capture goes on without live hints."
    EngineCrashed "engine.crashed" 0 retryable [Wait Retry] "The engine stopped answering; it is restarted, then capture goes on without live hints."
    EngineVersionMismatch "engine.version_mismatch" 0 final [Retry Help] "Page and engine are not of the same version."
    ModelUnusable "model.unusable" 0 retryable [Wait Retry] "The network that finds documents could not be used; capture goes on with hints about the picture alone, and an evaluation without what it would have checked."

    StoreUnavailable "store.unavailable" 0 retryable [Wait Help] "The browser's store cannot be used; recordings wait in memory, and a reload would lose what is not sent."
    StoreFull "store.full" 0 retryable [Wait OtherDevice Help] "The browser's store is full; recordings wait in memory."

    NetworkOffline "network.offline" 0 retryable [Wait OtherDevice] "The device is offline."
    NetworkUnreachable "network.unreachable" 0 retryable [Wait Retry Help] "The server cannot be reached although the device is online."
    NetworkTimeout "network.timeout" 0 retryable [Wait Retry Help] "The server did not answer in time."
    NetworkBlocked "network.blocked" 0 retryable [Wait Retry OtherDevice Help] "Something between browser and server answers in its place: a sign-in page, proxy or filter."

    UploadOffsetMismatch "upload.offset_mismatch" 409 retryable [Wait] "The piece does not start where the server's offset is."
    UploadSuperseded "upload.superseded" 409 retryable [Wait] "A newer request for the same upload took over."
    UploadGone "upload.gone" 410 retryable [Wait Retake] "The upload has expired or was removed."
    UploadNotFound "upload.not_found" 404 retryable [Wait Retake] "There is no such upload."
    UploadChecksumMismatch "upload.checksum_mismatch" 460 retryable [Wait] "The piece does not have the promised checksum; it was not stored."
    UploadChecksumUnsupported "upload.checksum_unsupported" 400 final [Help] "The checksum's algorithm is unknown; sha1 and sha256 are known."
    UploadTooLarge "upload.too_large" 413 final [Retake Help] "The piece or the upload is larger than the server takes."
    UploadLengthInvalid "upload.length_invalid" 400 final [Retake Help] "The length contradicts what is already there."
    UploadVersionUnsupported "upload.version_unsupported" 412 final [Help] "The Tus-Resumable version is not 1.0.0."
    UploadContentType "upload.content_type" 415 final [Help] "A piece must be application/offset+octet-stream."
    UploadSlow "upload.slow" 0 retryable [Wait OtherDevice Help] "The upload makes little progress."

    SessionUnknown "session.unknown" 401 final [BackToPartner] "The token is missing, unknown or revoked."
    SessionExpired "session.expired" 401 final [BackToPartner] "The token has ended and cannot be renewed by this device."
    SessionProofInvalid "session.proof_invalid" 401 retryable [Retry BackToPartner Help] "The request's proof of the device key is missing, wrong, stale or used twice."
    SessionOtherDevice "session.other_device" 403 final [OtherDevice BackToPartner Help] "The case is bound to the key of another device."
    SessionObserveOnly "session.observe_only" 403 final [Wait] "This device handed the case over and may only watch."
    SessionElsewhere "session.elsewhere" 0 retryable [Retry Wait] "The same case is open in another tab of this browser."
    SessionEnded "session.ended" 409 final [BackToPartner] "The case has ended."
    SessionStepUnexpected "session.step_unexpected" 409 retryable [Retry] "The step is not one that can be taken now."
    SessionAttemptsExhausted "session.attempts_exhausted" 409 final [BackToPartner Help] "All attempts are used."
    SessionVersionMismatch "session.version_mismatch" 0 final [Retry Help] "Page and server do not speak the same protocol version."

    HandoffUnknown "handoff.unknown" 404 retryable [Retry] "The code is wrong or has ended; the desktop shows a new one."
    HandoffNumber "handoff.number" 403 retryable [Retry Help] "The number that was typed is not the one beside the code."
    HandoffClaimed "handoff.claimed" 409 retryable [Retry Help] "The code was used by another device."

    ConsentIncomplete "consent.incomplete" 422 retryable [Retry BackToPartner] "Not every item was agreed to, or an older version was."
    ConsentRefused "consent.refused" 0 retryable [Retry BackToPartner] "The person does not agree; nothing can go on without it."

    DocumentNotSupported "document.not_supported" 422 retryable [OtherDocument BackToPartner] "The system cannot read this kind of document."
    DocumentNotAccepted "document.not_accepted" 422 retryable [OtherDocument BackToPartner] "This partner does not take this kind of document."
    DocumentExpired "document.expired" 0 retryable [OtherDocument BackToPartner] "The last day of the document's validity has passed."
    DocumentForeignBack "document.foreign_back" 0 retryable [Retake OtherDocument Help] "Front and back are of two documents: number, names or date of birth differ."
    DocumentOtherKind "document.other_kind" 0 retryable [OtherDocument Retake] "The document's zone is that of another kind of document than the chosen one."
    DocumentDataMismatch "document.data_mismatch" 0 final [BackToPartner Help] "What the document says is not what the partner expects."
    DocumentReadingsDiffer "document.readings_differ" 0 final [BackToPartner Help] "The browser said it read something else than the server reads on the same document; told to the partner only."
    DocumentNotComparable "document.not_comparable" 0 retryable [Retake] "There is nothing to compare with: one zone, no expectation of the partner, no reading by the browser; stands in reports only, never a reason to repeat."
    DocumentZoneElsewhere "document.zone_elsewhere" 0 retryable [Retake] "The zone of this kind of document stands on a side that is not photographed; stands in reports only, never a reason to repeat."
    DocumentCategory "document.category" 422 retryable [OtherDocument BackToPartner] "This kind of document has a category, which is missing; or it has none, and one was given."
    ConfirmationIncomplete "confirmation.incomplete" 422 retryable [Retry Help] "Not every field was answered, another one was, or the fields are those of an older reading."
    AttestationIncomplete "attestation.incomplete" 422 retryable [Retry Help] "Not every statement was attested in the version that was shown, or the clerk's name is missing."

    MediaMissing "media.missing" 0 retryable [Retake] "A recording the step needs is not there."
    MediaIncomplete "media.incomplete" 0 retryable [Retake] "The recording did not arrive whole, or not as promised (length or SHA-256)."
    MediaContainer "media.container" 0 retryable [Retake] "The recording is damaged or of an unknown kind."
    MediaTooShort "media.too_short" 0 retryable [Retake] "The video is too short."
    MediaPictureSmall "media.picture_small" 0 retryable [Retake OtherCamera OtherDevice] "The picture has too few pixels."
    MediaNoPicture "media.no_picture" 0 retryable [Retake] "The video has no picture."
    MediaStillsOnly "media.stills_only" 0 retryable [OtherDevice OpenInBrowser Retake Help] "The browser could record no video, only its sound and single pictures; those do not stand for a video."
    MediaNoSound "media.no_sound" 0 retryable [Retake] "The video has no sound track."
    MediaSilent "media.silent" 0 retryable [Retake] "Nothing can be heard in the video."
    MediaBlack "media.black" 0 retryable [Retake] "The picture is black."
    MediaFrozen "media.frozen" 0 retryable [Retake] "The picture does not move."
    MediaBlurred "media.blurred" 0 retryable [Retake] "The picture is blurred or shaky."
    MediaTooDark "media.too_dark" 0 retryable [Retake] "The picture is too dark."
    MediaTooBright "media.too_bright" 0 retryable [Retake] "The picture is too bright."
    MediaGlare "media.glare" 0 retryable [Retake] "A reflection covers part of the picture."
    MediaNoDocument "media.no_document" 0 retryable [Retake] "No document can be seen on any picture."
    MediaDocumentUnclear "media.document_unclear" 0 retryable [Retake] "What can be seen of a document is not enough to judge it by; stands in reports only, never a reason to repeat."
    MediaCutOff "media.cut_off" 0 retryable [Retake] "Part of the document is out of sight: beyond the picture's edge, or behind fingers."
    MediaDocumentSmall "media.document_small" 0 retryable [Retake OtherCamera OtherDevice] "The document is too small in the picture to be read."
    MediaShowsBack "media.shows_back" 0 retryable [Retake] "The document's back is shown where its front is wanted."
    MediaShowsFront "media.shows_front" 0 retryable [Retake] "The document's front is shown where its back is wanted."
    MediaNoDataPage "media.no_data_page" 0 retryable [Retake OtherDocument] "Another thing is shown than the passport's page with the portrait."
    MediaOtherThing "media.other_thing" 0 retryable [Retake OtherDocument] "Another thing is shown than the chosen kind of document: another document, another card, a sheet of paper."
    MediaMrzMissing "media.mrz_missing" 0 retryable [Retake OtherDevice Help] "No machine-readable zone can be found on any picture of the side on which it stands."
    MediaMrzUnreadable "media.mrz_unreadable" 0 retryable [Retake OtherDevice Help] "The machine-readable zone was found and cannot be read surely: a check digit or a field does not fit."
    MediaUndecodable "media.undecodable" 0 retryable [Retake OtherDevice Help] "The server has no decoder for this coding, so nobody could look at the recording."
    SandboxRequested "sandbox.requested" 0 retryable [Retake] "A sandbox key asked for this outcome."

    PartnerUnauthorised "partner.unauthorised" 401 final [Help] "The API key is missing, unknown or revoked."
    PartnerForbidden "partner.forbidden" 403 final [Help] "The API key may not do this; sandbox plans need a sandbox key."
    CaseNotFound "case.not_found" 404 final [Help] "There is no such case for this partner."
    ReviewClosed "review.closed" 409 final [Help] "The case is not in review: it is still with the person, or has ended."
    ReviewRulesOpen "review.rules_open" 409 retryable [Retry Help] "The case cannot be approved: not every rule is good."
    ReviewNotJudgeable "review.not_judgeable" 409 final [Help] "This rule is not a clerk's to judge as it stands."
    ReviewSameClerk "review.same_clerk" 409 retryable [Retry Help] "The second approval has to come from another clerk."
    ReviewPutBack "review.put_back" 0 retryable [Retake Help] "Somebody of the partner looked at it and asks for this step again."
    MediaNotFound "media.not_found" 404 final [Help] "There is no such recording in this case."
    WebhookTarget "webhook.target" 422 final [Help] "The webhook's address is not allowed: not https, or not public."
    WebhookOff "webhook.off" 409 final [Help] "The webhook is switched off or not set; set it anew first."
    RequestInvalid "request.invalid" 400 final [Help] "The request's body or a header cannot be understood."
    RequestNotFound "request.not_found" 404 final [Help] "There is nothing at this path."
    RequestMethod "request.method" 405 final [Help] "This path does not take this method."
    RequestTooLarge "request.too_large" 413 final [Help] "The request's body is too large."
    RequestConflict "request.conflict" 409 final [Help] "The Idempotency-Key was used with another body."
    RequestRateLimited "request.rate_limited" 429 retryable [Wait] "Too many requests in a short time."
    InternalUnavailable "internal.unavailable" 503 retryable [Wait Retry Help] "The server cannot store anything at the moment."
    InternalUnexpected "internal.unexpected" 500 retryable [Retry Help] "A fault in our own code."
}

// By hand: what serde derives for so many variants is a large part of what a page loads.
impl Serialize for ErrorCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ErrorCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        let known = Self::ALL.iter().find(|code| code.as_str() == text);
        known.copied().ok_or_else(|| D::Error::custom("unknown code"))
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn codes_are_unique_dotted_and_survive_json() {
        let mut seen = HashSet::new();
        for &code in ErrorCode::ALL {
            let text = code.as_str();
            assert!(seen.insert(text), "{text} stands twice");
            let (area, reason) = text.split_once('.').expect("every code has an area");
            assert!([area, reason].iter().all(|part| part.chars().all(|c| c.is_ascii_lowercase() || c == '_')));
            let json = serde_json::to_string(&code).expect("a code serialises");
            assert_eq!(json, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<ErrorCode>(&json).expect("and comes back"), code);
        }
    }

    #[test]
    fn every_code_has_a_way_on_and_a_cause() {
        for &code in ErrorCode::ALL {
            assert!(!code.ways_on().is_empty() && code.cause().ends_with('.'), "{code}");
        }
    }

    #[test]
    fn what_can_be_tried_again_says_how() {
        let tries = [WayOn::Retry, WayOn::Wait, WayOn::Retake, WayOn::OtherDocument];
        for &code in ErrorCode::ALL.iter().filter(|code| code.retryable()) {
            assert!(code.ways_on().iter().any(|way| tries.contains(way)), "{code}");
        }
    }
}
