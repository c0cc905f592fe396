//! Running other programs and telling about it. Knows where the project and the user's cache are, nothing about what is built.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

/// The project's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the project this program was built in")
}

/// The user's cache for this project: tools and build outputs that outlive a clone.
pub fn cache() -> PathBuf {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || set("HOME").or_else(|| set("USERPROFILE")).unwrap_or_else(env::temp_dir);
    set("LICHTBILD_CACHE").unwrap_or_else(|| {
        let base = if cfg!(windows) {
            set("LOCALAPPDATA").unwrap_or_else(home)
        } else if cfg!(target_os = "macos") {
            home().join("Library/Caches")
        } else {
            set("XDG_CACHE_HOME").unwrap_or_else(|| home().join(".cache"))
        };
        base.join("lichtbild")
    })
}

/// Where cargo builds: `CARGO_TARGET_DIR` if set, else the user's cache, so that a fresh clone in the same place starts warm. Each place
/// has a folder of its own: cargo goes by times, and would take one clone's outputs for another's.
pub fn target() -> PathBuf {
    let place = || sha256(root().to_string_lossy().as_bytes())[..12].to_owned();
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| cache().join("target").join(place()), PathBuf::from)
}

/// Cargo, building into `target()`.
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.env("CARGO_TARGET_DIR", target());
    // Set for this program by the cargo that started it; build scripts of others must not see them.
    for (name, _) in
        env::vars().filter(|(name, _)| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
    {
        command.env_remove(name);
    }
    command
}

/// Node, in a folder of the project.
pub fn node(folder: impl AsRef<Path>) -> Command {
    let mut command = Command::new("node");
    command.current_dir(root().join(folder));
    command
}

/// npm, in a folder of the project.
pub fn npm(folder: impl AsRef<Path>) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(root().join(folder)).env("npm_config_update_notifier", "false");
    command
}

/// Does a piece of work, with its name before and its seconds after.
pub fn stage<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("── {name}");
    let start = Instant::now();
    let outcome = work().with_context(|| name.to_owned())?;
    println!("── {name}: {:.1} s", start.elapsed().as_secs_f32());
    Ok(outcome)
}

/// Runs a program with its output on the terminal; failing is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{} could not be started", name(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", name(command));
    }
    Ok(())
}

/// Runs a program whose output matters only when it fails.
pub fn quietly(command: &mut Command) -> Result<()> {
    let output = command.output().with_context(|| format!("{} could not be started", name(command)))?;
    if !output.status.success() {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        bail!("{} failed ({})\n{}{}", name(command), output.status, text(&output.stdout), text(&output.stderr));
    }
    Ok(())
}

/// Runs a program, shows its output and hands back the lines that `keep` picks, in order; also says whether it succeeded.
pub fn watch(command: &mut Command, keep: impl Fn(&str) -> bool) -> Result<(bool, Vec<String>)> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("{} could not be started", name(command)))?;
    let output = child.stdout.take().expect("it is piped");
    let mut kept = Vec::new();
    for line in BufReader::new(output).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        println!("{line}");
        if keep(&line) {
            kept.push(line.trim().to_owned());
        }
    }
    Ok((child.wait()?.success(), kept))
}

/// What a program prints, or nothing if it is not there or fails.
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// First of the programs that can be found.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    let suffix = env::consts::EXE_SUFFIX;
    names.iter().find_map(|name| {
        folders.iter().map(|folder| folder.join(format!("{name}{suffix}"))).find(|path| path.is_file())
    })
}

/// Every file below a folder, with its path from there.
pub fn files(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(&at)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let inner = path.strip_prefix(folder).expect("it was found below the folder");
                found.push(inner.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// SHA-256 of some bytes, lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn name(command: &Command) -> String {
    let arguments: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy()).collect();
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program()).to_string_lossy();
    format!("`{program} {}`", arguments.join(" "))
}
