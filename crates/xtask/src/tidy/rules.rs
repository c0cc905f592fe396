//! The rules themselves: which words may stand where. In: one file. Out: its faults, each with a reason.

use std::path::Path;

/// Words that may stand only in some places.
struct Fence {
    /// Whole words or paths; `"name::"` also stands for `use name`.
    words: &'static [&'static str],
    /// Where the rule holds: beginnings of paths.
    among: &'static [&'static str],
    /// Where they may stand nevertheless: beginnings of paths.
    except: &'static [&'static str],
    why: &'static str,
}

const SIBLINGS: [&str; 5] = ["flow", "capture", "audio", "upload", "handoff"];

const FENCES: &[Fence] = &[
    Fence {
        words: &["web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures", "gloo"],
        among: &["src/", "crates/", "server/"],
        except: &["src/web/", "src/api/", "crates/xtask/"],
        why: "the browser is touched only in src/web and src/api (invariant 1)",
    },
    Fence {
        words: &["prost"],
        among: &["src/", "crates/", "server/"],
        except: &["crates/vision/src/model/", "crates/xtask/"],
        why: "inference has one home (invariant 2)",
    },
    Fence {
        words: &["image"],
        among: &["src/", "crates/protocol/"],
        except: &[],
        why: "pictures are decoded only in vision, server and tools (invariant 2)",
    },
    Fence {
        words: &["async fn", "async move", "async {", ".await"],
        among: &["src/", "crates/"],
        except: &["src/web/", "src/api/", "crates/xtask/"],
        why: "what waits is shell (invariant 5)",
    },
    Fence {
        words: &["sqlx"],
        among: &["server/src/"],
        except: &["server/src/store/"],
        why: "only the store knows SQL",
    },
    Fence {
        words: &["object_store"],
        among: &["server/src/"],
        except: &["server/src/blobs/", "server/src/blobs.rs"],
        why: "only blobs know where bytes rest",
    },
    Fence {
        words: &["axum"],
        among: &["server/src/"],
        except: &[
            "server/src/routes/",
            "server/src/app.rs",
            "server/src/error.rs",
            "server/src/listen.rs",
            "server/src/main.rs",
        ],
        why: "only routes know HTTP",
    },
    Fence {
        words: &["crate::session", "crate::web", "crate::api"],
        among: &[
            "src/flow/",
            "src/capture/",
            "src/audio/",
            "src/upload/",
            "src/handoff/",
            "src/engine.rs",
            "src/engine/",
        ],
        except: &[],
        why: "machines do not know who routes between them",
    },
    Fence {
        words: &["crate::engine", "crate::web", "crate::api"],
        among: &["src/session/", "src/session.rs"],
        except: &[],
        why: "session and engine meet in observation.rs only",
    },
    Fence { words: &["crate::api"], among: &["src/web/"], except: &[], why: "shells do not know the exports" },
];

/// Whether a file's name ends in one of these.
pub fn of_kind(path: &str, endings: &[&str]) -> bool {
    Path::new(path).extension().is_some_and(|ending| endings.iter().any(|one| ending == *one))
}

/// What is wrong with a file.
pub fn faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let mut fault = |why: &str| faults.push(format!("{path}:{number}: {why}"));
        if of_kind(path, &["rs"]) {
            let code = line.split("//").next().unwrap_or_default();
            for why in fenced(path, code) {
                fault(&why);
            }
            if path.starts_with("src/api/")
                && code.contains("pub ")
                && code.contains("fn ")
                && code.contains("&mut self")
            {
                fault("exports take &self (invariant 6)");
            }
        }
        let pages = path.starts_with("www/") && of_kind(path, &["ts"]);
        let mut found = if pages { imports(path, line) } else { Vec::new() };
        if written(path) {
            found.extend(words(path, line));
        }
        for why in found {
            fault(&why);
        }
    }
    faults
}

fn fenced(path: &str, code: &str) -> Vec<String> {
    let below = |beginnings: &[&str]| beginnings.iter().any(|beginning| path.starts_with(beginning));
    let mut faults: Vec<String> = FENCES
        .iter()
        .filter(|fence| below(fence.among) && !below(fence.except))
        .filter_map(|fence| Some((fence, fence.words.iter().find(|word| names(code, word))?)))
        .map(|(fence, word)| format!("`{word}`: {}", fence.why))
        .collect();
    for own in SIBLINGS.iter().filter(|own| path.starts_with(&format!("src/{own}/")) || path == format!("src/{own}.rs"))
    {
        let foreign =
            SIBLINGS.iter().filter(|other| *other != own).find(|other| names(code, &format!("crate::{other}")));
        faults.extend(foreign.map(|other| format!("`crate::{other}`: siblings never import each other")));
    }
    faults
}

/// Whether code names a crate, path or keyword: the word as a whole; a plain name only where a path begins or is used.
fn names(code: &str, word: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let rest = &code[at + word.len()..];
        let whole = !before.is_some_and(|c| part_of_name(c) || c == ':' || c == '.')
            && !rest.chars().next().is_some_and(part_of_name);
        let plain = word.chars().all(part_of_name);
        (word.starts_with('.') && !rest.chars().next().is_some_and(part_of_name))
            || whole
                && (!plain || rest.starts_with("::") || code.trim_start().starts_with("use ") || code.contains("use {"))
    })
}

/// The pages use the published package and their own files, nothing else.
fn imports(path: &str, line: &str) -> Vec<String> {
    let imported = line
        .split_once(" from ")
        .or_else(|| line.split_once("import("))
        .or_else(|| line.strip_prefix("import ").map(|rest| ("import", rest)))
        .filter(|(before, _)| {
            before.contains("import") || before.contains("export") || before.trim_end().ends_with('}')
        })
        .and_then(|(_, rest)| rest.split(['"', '\'']).nth(1));
    let depth = path.matches('/').count() - 1;
    let allowed = |name: &str| {
        name == "lichtbild"
            || name.starts_with("lichtbild/")
            || name.starts_with("./")
            || name.starts_with("../") && name.matches("../").count() <= depth
    };
    imported
        .filter(|name| !allowed(name))
        .map(|name| format!("`{name}`: www imports nothing but the package (invariant 10)"))
        .into_iter()
        .collect()
}

/// Files that people wrote: not lock files, not data.
fn written(path: &str) -> bool {
    !path.ends_with("package-lock.json")
        && !of_kind(path, &["lock", "tsv"])
        && !path.starts_with("crates/xtask/src/tidy/")
}

/// Left-overs, and places on somebody's machine.
fn words(path: &str, line: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for word in ["TODO", "FIXME", "XXX", "todo!(", "unimplemented!("] {
        if line.contains(word) {
            faults.push(format!("`{word}`: finish it or leave it out"));
        }
    }
    for place in ["/work/", "/root/", "/home/"] {
        let begins =
            |at: usize| !line[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || "._-}~".contains(c));
        if line.match_indices(place).any(|(at, _)| begins(at)) {
            faults.push(format!("`{place}`: no paths of somebody's machine"));
        }
    }
    let prose = of_kind(path, &["md"]) || line.contains("//") || line.trim_start().starts_with('*');
    if prose && (line.contains("issue #") || line.contains("Issue #")) {
        faults.push("`issue #`: say what is true, not where it was discussed".into());
    }
    faults
}
