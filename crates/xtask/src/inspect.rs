//! `cargo xtask inspect FILE…`: what the engine sees in photographs, as JSON lines. Standard output belongs to the program alone;
//! what building it says goes to standard error.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::{Context, Result, bail};

use crate::sh;

/// `place` is where the caller stands: there the files are looked for. Answers with the program's own exit status.
pub fn inspect(place: &Path, files: &[String]) -> Result<ExitCode> {
    if files.is_empty() {
        bail!("inspect needs the names of pictures: cargo xtask inspect FILE…");
    }
    let program = program()?;
    let status = Command::new(&program).args(files).current_dir(place).status();
    let status = status.with_context(|| format!("{} could not be started", program.display()))?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The program, built as it is shipped.
pub fn program() -> Result<PathBuf> {
    tool("lichtbild-vision", "inspect", &["--features", "inspect"])
}

/// Builds a program of one of the crates without a word on standard output; returns where it is.
pub fn tool(package: &str, name: &str, features: &[&str]) -> Result<PathBuf> {
    let mut build = sh::cargo();
    build.args(["build", "--quiet", "--release", "--package", package, "--bin", name]).args(features);
    sh::run(&mut build)?;
    Ok(sh::target().join("release").join(format!("{name}{}", env::consts::EXE_SUFFIX)))
}
