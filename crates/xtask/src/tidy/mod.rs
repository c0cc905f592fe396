//! `cargo xtask tidy`: the invariants of ARCHITECTURE.md that neither the compiler nor clippy can hold, file lengths, and
//! words that must not stand in the tree. Reads the files that git knows or would add; changes nothing.

mod rules;
#[cfg(test)]
mod tests;

use std::{fs, process::Command};

use anyhow::{Context, Result, bail};

use crate::sh;

const WARN_LINES: usize = 300;
const MOST_LINES: usize = 600;
const PROTOCOL: &str = "docs/protocol.md";

pub fn tidy(stamp: bool) -> Result<()> {
    let files = files()?;
    if stamp {
        stamp_protocol(&files)?;
    }
    let mut faults = Vec::new();
    for file in &files {
        faults.extend(rules::faults(&file.path, &file.text));
        faults.extend(length(file));
    }
    faults.extend(protocol(&files)?);
    if faults.is_empty() {
        println!("tidy: {} files", files.len());
        return Ok(());
    }
    bail!("{} faults\n  {}", faults.len(), faults.join("\n  "))
}

struct File {
    path: String,
    text: String,
}

/// Every text file of the project, by path.
fn files() -> Result<Vec<File>> {
    let listed = sh::ask(Command::new("git").args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]))
        .context("tidy asks git for the list of files: run it in a clone")?;
    let mut files: Vec<File> = listed
        .split('\0')
        .filter(|path| !path.is_empty())
        .filter_map(|path| Some(File { path: path.to_owned(), text: fs::read_to_string(path).ok()? }))
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    Ok(files)
}

/// Written files of code should be short; blank lines do not count.
fn length(file: &File) -> Option<String> {
    if !rules::of_kind(&file.path, &["rs", "ts", "mjs", "js", "css", "py"]) || file.path == "pkg/src/types.ts" {
        return None;
    }
    let lines = file.text.lines().filter(|line| !line.trim().is_empty()).count();
    if lines > WARN_LINES && lines <= MOST_LINES {
        println!("note: {} has {lines} lines; aim at {WARN_LINES}", file.path);
    }
    (lines > MOST_LINES).then(|| format!("{}: {lines} lines; split it by meaning, at most {MOST_LINES}", file.path))
}

/// The page about the wire names the state of the wire types it describes.
fn protocol(files: &[File]) -> Result<Option<String>> {
    let text = fs::read_to_string(PROTOCOL).context(PROTOCOL)?;
    let stands = text.lines().any(|line| line == stamp_line(files));
    Ok((!stands).then(|| {
        format!("{PROTOCOL}: crates/protocol/src has changed; check the page, then run `cargo xtask tidy --stamp`")
    }))
}

fn stamp_protocol(files: &[File]) -> Result<()> {
    let text = fs::read_to_string(PROTOCOL).context(PROTOCOL)?;
    let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with(STAMP)).collect();
    Ok(fs::write(PROTOCOL, format!("{}\n\n{}\n", kept.join("\n").trim_end(), stamp_line(files)))?)
}

const STAMP: &str = "<!-- crates/protocol/src sha256 ";

fn stamp_line(files: &[File]) -> String {
    let sources = files.iter().filter(|file| file.path.starts_with("crates/protocol/src/"));
    let all: Vec<&str> = sources.flat_map(|file| [file.path.as_str(), file.text.as_str()]).collect();
    format!("{STAMP}{} -->", sh::sha256(all.join("\n").as_bytes()))
}
