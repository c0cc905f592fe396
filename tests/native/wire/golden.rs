//! The golden JSON in `tests/fixtures/wire`: a file is named after its type and holds named examples of it. Both the
//! component's and the protocol's tests read it, and so do the package's, in TypeScript.

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// The variants that none of the values shows. A variant that is not listed does not compile.
macro_rules! unseen {
    ($enum:ident [$($variant:ident)+] in $values:expr) => {{
        let mut unseen = vec![$(stringify!($variant)),+];
        for value in $values {
            let name = match value {
                $($enum::$variant { .. } => stringify!($variant),)+
            };
            unseen.retain(|other| *other != name);
        }
        unseen
    }};
}
pub(crate) use unseen;

/// What `unseen!` should give.
pub const NONE: [&str; 0] = [];

/// Where the examples of a type are.
pub fn path(name: &str) -> PathBuf {
    let crates = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = crates.ancestors().map(|folder| folder.join("tests/fixtures/wire")).find(|folder| folder.is_dir());
    folder.expect("tests/fixtures/wire is in the workspace").join(format!("{name}.json"))
}

/// The examples of a type.
pub fn golden(name: &str) -> BTreeMap<String, Value> {
    let path = path(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What goes both ways: each example is understood, and written again as it was. Gives what was read.
pub fn round_trip<T: Serialize + DeserializeOwned>(name: &str) -> Vec<T> {
    let read = golden(name).into_iter().map(|(example, json)| {
        let value: T =
            serde_json::from_value(json.clone()).unwrap_or_else(|error| panic!("{name}, {example}: {error}"));
        assert_eq!(serde_json::to_value(&value).expect("plain data"), json, "{name}, {example}");
        value
    });
    read.collect()
}
