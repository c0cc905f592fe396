//! Files that are written from the Rust types: `generate types|errors [--check]`, in the project's folder.
//! Started by `cargo xtask types` and `cargo xtask errors`.

mod errors;
mod types;

use std::{env, fs, process::ExitCode};

use anyhow::{Context, Result, bail};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (path, content, command) = match arguments.first().map(String::as_str) {
        Some("types") => ("pkg/src/types.ts", types::text(), "types"),
        Some("errors") => ("docs/errors.md", errors::text()?, "errors"),
        _ => bail!("generate types|errors [--check]"),
    };
    if fs::read_to_string(path).is_ok_and(|there| there == content) {
        println!("{path} is up to date");
    } else if arguments.iter().any(|argument| argument == "--check") {
        bail!("{path} is out of date: run `cargo xtask {command}`");
    } else {
        fs::write(path, content).with_context(|| format!("writing {path}"))?;
        println!("{path} written");
    }
    Ok(())
}
