use super::rules::faults;

fn clean(path: &str, text: &str) {
    assert_eq!(faults(path, text), Vec::<String>::new());
}

fn fault(path: &str, text: &str, part: &str) {
    let found = faults(path, text);
    assert!(found.iter().any(|fault| fault.contains(part)), "{path}: {text:?} gives {found:?}");
}

#[test]
fn the_browser_is_touched_only_by_shells() {
    fault("src/flow/mod.rs", "use web_sys::Window;", "invariant 1");
    clean("src/web/camera.rs", "use web_sys::Window;");
    clean("src/flow/mod.rs", "// web_sys is not used here");
}

#[test]
fn siblings_do_not_know_each_other() {
    fault("src/upload/mod.rs", "use crate::flow::Step;", "siblings");
    clean("src/upload/mod.rs", "use crate::artifact::Artifact;");
    clean("src/session/mod.rs", "use crate::{flow, upload};");
}

#[test]
fn pure_code_does_not_wait() {
    fault("src/session/mod.rs", "async fn ask() {}", "invariant 5");
    fault("src/session/mod.rs", "let x = call().await;", "invariant 5");
    clean("src/session/mod.rs", "let awaited = 1;");
}

#[test]
fn pictures_are_not_decoded_on_the_page() {
    fault("src/session/mod.rs", "use image::RgbImage;", "invariant 2");
    clean("src/session/mod.rs", "let image = still.image;");
}

#[test]
fn exports_take_a_shared_self() {
    fault("src/api/page.rs", "    pub fn act(&mut self, action: JsValue) {", "invariant 6");
    clean("src/api/page.rs", "    pub fn act(&self, action: JsValue) {");
}

#[test]
fn pages_import_the_package_only() {
    fault("www/portal/main.ts", "import { html } from \"lit\";", "invariant 10");
    fault("www/portal/main.ts", "import { x } from \"../../pkg/src/capture\";", "invariant 10");
    clean("www/portal/main.ts", "import \"lichtbild/element\";");
    clean("www/portal/main.ts", "import { api } from \"../shared/api.ts\";");
}

#[test]
fn nothing_is_left_over() {
    fault("README.md", "TODO: write this", "finish it");
    fault("docs/a.md", "see issue #12", "not where it was discussed");
    fault("src/lib.rs", "let path = \"/home/me/x\";", "somebody's machine");
    clean("src/lib.rs", "let url = \"https://example.org/work/\";");
}
