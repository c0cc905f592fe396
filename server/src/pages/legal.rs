//! The texts people agree to, in each language, under the version that is recorded with every consent. They describe what this
//! software does; an operator who does more, or shares with others, serves its own.

use maud::{PreEscaped, html};

use super::page;
use crate::review::flow::LEGAL_VERSION;

/// A text as a page: `terms`, `privacy` or `processing`; `None` for others.
pub fn legal(which: &str, lang: &str) -> Option<String> {
    let (title, paragraphs) = match (which, lang) {
        ("terms", "de") => TERMS_DE,
        ("terms", _) => TERMS_EN,
        ("privacy", "de") => PRIVACY_DE,
        ("privacy", _) => PRIVACY_EN,
        ("processing", "de") => PROCESSING_DE,
        ("processing", _) => PROCESSING_EN,
        _ => return None,
    };
    let (version, lang) = if lang == "de" { ("Fassung", "de") } else { ("Version", "en") };
    Some(page(
        lang,
        title,
        &html! {
            @for paragraph in paragraphs { p { (PreEscaped(paragraph)) } }
            p { small { (version) " " (LEGAL_VERSION) } }
        },
    ))
}

type Text = (&'static str, &'static [&'static str]);

const TERMS_DE: Text = (
    "Nutzungsbedingungen",
    &[
        "<strong>Worum es geht.</strong> Ein Unternehmen, dessen Name Ihnen auf jeder Seite angezeigt wird, möchte wissen, wer Sie sind. Dieser Dienst nimmt dafür Ihr Ausweisdokument und Ihr Gesicht auf, prüft die Aufnahmen und teilt dem Unternehmen das Ergebnis mit. Für Sie ist das kostenlos.",
        "<strong>Was Sie tun.</strong> Sie verwenden Ihr eigenes, gültiges Dokument, nehmen nur sich selbst auf und folgen den Hinweisen auf dem Bildschirm. Andere Personen sollen nicht zu sehen oder zu hören sein.",
        "<strong>Was nicht erlaubt ist.</strong> Fremde, veränderte oder nachgemachte Dokumente, Aufnahmen von Bildschirmen oder Ausdrucken und Aufnahmen anderer Personen.",
        "<strong>Versuche.</strong> Wenn eine Aufnahme nicht ausreicht, werden Sie gebeten, nur diese zu wiederholen, insgesamt höchstens fünfmal. Sie können jederzeit abbrechen; das Unternehmen nennt Ihnen auf Wunsch einen anderen Weg, sich auszuweisen.",
        "<strong>Verfügbarkeit.</strong> Reißt die Verbindung ab, geht nichts verloren: Die Aufnahme wird fortgesetzt, sobald es wieder geht. Ein Anspruch auf ständige Verfügbarkeit besteht nicht.",
    ],
);

const TERMS_EN: Text = (
    "Terms of use",
    &[
        "<strong>What this is about.</strong> A company, whose name is shown on every screen, wishes to know who you are. For that purpose this service records your identity document and your face, checks the recordings and tells the company the result. It costs you nothing.",
        "<strong>What you do.</strong> You use your own, valid document, record only yourself and follow the hints on the screen. Other people should be neither seen nor heard.",
        "<strong>What is not allowed.</strong> Documents that are not yours, that were altered or forged, recordings of screens or prints, and recordings of other people.",
        "<strong>Attempts.</strong> If a recording is not good enough you are asked to repeat only that one, at most five times altogether. You may stop at any time; on request the company names another way to prove who you are.",
        "<strong>Availability.</strong> If the connection breaks nothing is lost: the upload goes on as soon as it can. There is no right to uninterrupted availability.",
    ],
);

const PRIVACY_DE: Text = (
    "Datenschutzhinweise",
    &[
        "<strong>Verantwortlich</strong> ist das Unternehmen, für das Sie sich identifizieren; seinen Namen sehen Sie auf jeder Seite. Der Betreiber dieses Dienstes arbeitet in dessen Auftrag.",
        "<strong>Welche Daten.</strong> Video und Fotos Ihres Ausweisdokuments mit allem, was darauf steht; ein Video Ihres Gesichts mit Ton; Ihre Einwilligungen mit Zeitpunkt; Art von Gerät, Betriebssystem und Browser; der Verlauf der Schritte und Fehlercodes.",
        "<strong>Wozu.</strong> Um festzustellen, wer Sie sind, um Missbrauch zu verhindern und um dies nachweisen zu können. Für Werbung, Auswertung Ihres Verhaltens oder das Training von Software werden die Daten nicht verwendet.",
        "<strong>Wohin.</strong> Die Aufnahmen gehen verschlüsselt an diesen Server und von dort an das genannte Unternehmen. Es werden keine Dienste Dritter eingebunden und keine Cookies gesetzt. In Protokollen des Servers stehen keine Angaben zu Ihrer Person.",
        "<strong>Auf Ihrem Gerät</strong> werden noch nicht übertragene Aufnahmen verschlüsselt zwischengespeichert und nach der Bestätigung durch den Server gelöscht. Solange die Seite geöffnet ist und der Vorgang läuft, merkt sie sich in diesem Tab Ihren Zugang zum Vorgang, damit Sie nach einem Neuladen weitermachen können. Gespeichert bleiben ein Schlüssel dieses Browsers und die Liste Ihrer Vorgänge ohne Ausweisdaten; beides löschen Sie mit den Websitedaten des Browsers.",
        "<strong>Wie lange.</strong> Aufnahmen abgebrochener oder abgelaufener Vorgänge werden gelöscht. Alle übrigen löscht das Unternehmen, sobald es sie nach dem Gesetz nicht mehr aufbewahren muss.",
        "<strong>Ihre Rechte.</strong> Sie können vom Unternehmen Auskunft, Berichtigung, Löschung, Einschränkung und Herausgabe Ihrer Daten verlangen, Ihre Einwilligung für die Zukunft widerrufen und sich bei einer Datenschutzaufsicht beschweren. Nennen Sie dabei Ihre Identifikations-Kennung.",
    ],
);

const PRIVACY_EN: Text = (
    "Privacy notice",
    &[
        "<strong>Responsible</strong> is the company that you identify yourself for; its name is shown on every screen. The operator of this service works on its behalf.",
        "<strong>Which data.</strong> Video and photographs of your identity document with everything on it; a video of your face with sound; what you agreed to and when; kind of device, operating system and browser; the course of the steps and error codes.",
        "<strong>What for.</strong> To find out who you are, to prevent abuse, and to be able to prove it. The data are not used for advertising, for analysing your behaviour or for training software.",
        "<strong>Where they go.</strong> The recordings go encrypted to this server and from here to the company named. No services of third parties are embedded and no cookies are set. The server's logs hold nothing about your person.",
        "<strong>On your device</strong> recordings that have not been sent yet are kept encrypted and are deleted when the server has confirmed them. While the page is open and the case is under way, this tab remembers your access to the case, so that you can go on after a reload. A key of this browser and the list of your cases, without data of your document, remain; you delete both with the browser's site data.",
        "<strong>How long.</strong> Recordings of cases that were cancelled or have expired are deleted. The company deletes all others as soon as the law no longer requires it to keep them.",
        "<strong>Your rights.</strong> You may ask the company for access, correction, erasure, restriction and a copy of your data, withdraw your consent for the future, and complain to a data protection authority. Please name the reference shown on the screen.",
    ],
);

const PROCESSING_DE: Text = (
    "Einwilligung in die Verarbeitung",
    &[
        "Ich willige ein, dass mein Ausweisdokument und mein Gesicht mit Kamera und Mikrofon dieses Geräts aufgenommen, an den Server übertragen, dort von Software und, wenn nötig, von Menschen geprüft und dem Unternehmen übermittelt werden, für das ich mich identifiziere.",
        "Die Einwilligung umfasst ausdrücklich auch Merkmale meines Gesichts und meiner Stimme, die als biometrische Daten besonders geschützt sind. Sie werden nur verwendet, um mich mit dem Bild in meinem Dokument zu vergleichen und um festzustellen, dass ich selbst vor der Kamera bin.",
        "Die Einwilligung ist freiwillig. Ich kann sie jederzeit für die Zukunft widerrufen, ohne dass dies die bis dahin erfolgte Verarbeitung unzulässig macht, und mich stattdessen auf einem anderen Weg ausweisen, den mir das Unternehmen nennt.",
    ],
);

const PROCESSING_EN: Text = (
    "Consent to the processing of personal data",
    &[
        "I agree that my identity document and my face are recorded with the camera and microphone of this device, sent to the server, checked there by software and, where needed, by people, and passed on to the company that I identify myself for.",
        "My consent expressly covers features of my face and voice, which are specially protected as biometric data. They are used only to compare me with the picture in my document and to find that I myself am before the camera.",
        "My consent is voluntary. I may withdraw it at any time for the future, which does not make unlawful what was done before, and prove who I am in another way that the company names.",
    ],
);
