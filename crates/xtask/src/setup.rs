//! What the other commands need: the WebAssembly target, wasm-bindgen of the locked version, npm packages, browsers.
//! Each part is checked first and installed only when it is missing or out of date; what cannot be installed is named.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result, anyhow, bail};

use crate::sh;

const GECKODRIVER: &str = "0.37.1";
const TARGET: &str = "wasm32-unknown-unknown";
/// How long a build that failed is not tried again.
const FAILURE_STANDS: Duration = Duration::from_hours(24);

pub fn everything() -> Result<()> {
    for_building()?;
    for_browsers()?;
    Ok(())
}

/// What `build` needs.
pub fn for_building() -> Result<()> {
    node()?;
    wasm_target()?;
    wasm_bindgen()?;
    npm_packages(&["pkg", "www"])
}

/// What browser tests need: Chromium with its driver.
pub fn for_browsers() -> Result<Browsers> {
    let find = |variable: &str, names: &[&str]| env::var_os(variable).map(PathBuf::from).or_else(|| sh::find(names));
    let chromium =
        || find("LICHTBILD_CHROMIUM", &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]);
    let driver = || find("CHROMEDRIVER", &["chromedriver"]);
    if chromium().is_none() || driver().is_none() {
        let packages = ["chromium", "chromium-driver", "espeak-ng"];
        if !apt(&packages)? {
            bail!("please install Chromium and its chromedriver (Debian: apt install {})", packages.join(" "));
        }
    }
    if sh::find(&["strace"]).is_none() {
        // Where it is not to be had, power cuts are not simulated.
        apt(&["strace"])?;
    }
    let missing = || anyhow!("Chromium or its chromedriver was installed but is not in the PATH");
    Ok(Browsers {
        chromium: chromium().ok_or_else(missing)?,
        chromedriver: driver().ok_or_else(missing)?,
        geckodriver: match find("LICHTBILD_FIREFOX", &["firefox-esr", "firefox"]) {
            Some(_) => find("GECKODRIVER", &["geckodriver"]).or_else(geckodriver),
            None => None,
        },
    })
}

/// Where the browsers are.
pub struct Browsers {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
    /// Firefox's driver, where both it and Firefox are installed.
    pub geckodriver: Option<PathBuf>,
}

/// Folder of tools that `setup` installed.
pub fn tools() -> PathBuf {
    sh::cache().join("tools").join("bin")
}

/// `npm ci` where the lock file has changed since the last time.
pub fn npm_packages(folders: &[&str]) -> Result<()> {
    for folder in folders {
        let Ok(lock) = fs::read(Path::new(folder).join("package-lock.json")) else { continue };
        let stamp = Path::new(folder).join("node_modules/.lichtbild-lock");
        let wanted = sh::sha256(&lock);
        if fs::read_to_string(&stamp).is_ok_and(|there| there == wanted) {
            continue;
        }
        sh::stage(&format!("npm packages of {folder}"), || {
            sh::quietly(sh::npm(folder).args(["ci", "--no-audit", "--no-fund", "--prefer-offline"]))?;
            fs::create_dir_all(stamp.parent().expect("it is in a folder"))?;
            Ok(fs::write(&stamp, wanted)?)
        })?;
    }
    Ok(())
}

fn node() -> Result<()> {
    let version = sh::ask(Command::new("node").arg("--version"))
        .context("Node is not there: please install Node 20.19 or newer with npm (https://nodejs.org)")?;
    let numbers: Vec<u32> = version.trim_start_matches('v').split('.').filter_map(|part| part.parse().ok()).collect();
    if numbers < vec![20, 19] {
        bail!("Node {version} is too old: please install Node 20.19 or newer with npm (https://nodejs.org)");
    }
    Ok(())
}

fn wasm_target() -> Result<()> {
    let sysroot = sh::ask(Command::new("rustc").args(["--print", "sysroot"])).context("rustc is not there")?;
    if Path::new(&sysroot).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    sh::stage("the WebAssembly target", || {
        sh::run(Command::new("rustup").args(["target", "add", TARGET])).with_context(|| {
            format!("please install Rust's target {TARGET} (CONTRIBUTING.md says how it goes without rustup)")
        })
    })
}

/// The command-line tool must be of exactly the version of the library, or it refuses its output.
fn wasm_bindgen() -> Result<()> {
    let version = locked("wasm-bindgen")?;
    let tool = tools().join("wasm-bindgen");
    if sh::ask(Command::new(&tool).arg("--version")).is_some_and(|there| there.split(' ').nth(1) == Some(&version)) {
        return Ok(());
    }
    sh::stage(&format!("wasm-bindgen {version} (some minutes, once per machine)"), || {
        // Not `--locked`: a version that its lock file names has been withdrawn.
        sh::run(&mut cargo_install("wasm-bindgen-cli", &version))
    })
}

fn locked(name: &str) -> Result<String> {
    let lock: toml::Table = toml::from_str(&fs::read_to_string("Cargo.lock")?)?;
    let packages = lock.get("package").and_then(toml::Value::as_array).context("Cargo.lock lists no packages")?;
    packages
        .iter()
        .find(|package| package.get("name").and_then(toml::Value::as_str) == Some(name))
        .and_then(|package| package.get("version")?.as_str().map(str::to_owned))
        .with_context(|| format!("Cargo.lock does not name {name}"))
}

/// Firefox's driver, which Debian does not have; built once per machine. Without it Firefox's tests are reported as not run.
fn geckodriver() -> Option<PathBuf> {
    let path = tools().join("geckodriver");
    if path.is_file() {
        return Some(path);
    }
    let failed = sh::cache().join(format!("tools/geckodriver-{GECKODRIVER}.failed"));
    if stands(&failed) {
        println!(
            "geckodriver could not be built lately; to try again before a day is over, remove {}",
            failed.display()
        );
        return None;
    }
    let install = || sh::quietly(&mut cargo_install("geckodriver", GECKODRIVER));
    match sh::stage("geckodriver (some minutes, once per machine)", install) {
        Ok(()) => {
            drop(fs::remove_file(failed));
            Some(path)
        }
        Err(error) => {
            println!("{error:#}");
            drop(fs::create_dir_all(tools()).and_then(|()| fs::write(failed, format!("{error:#}\n"))));
            None
        }
    }
}

/// Whether a failure was noted within the last day.
fn stands(note: &Path) -> bool {
    let noted = fs::metadata(note).and_then(|note| note.modified());
    noted.is_ok_and(|at| at.elapsed().is_ok_and(|age| age < FAILURE_STANDS))
}

fn cargo_install(name: &str, version: &str) -> Command {
    let mut command = sh::cargo();
    command
        .args(["install", "--quiet", "--force", name, "--version", version, "--root"])
        .arg(sh::cache().join("tools"));
    command
}

/// Installs Debian packages where that is possible; says whether it was.
fn apt(packages: &[&str]) -> Result<bool> {
    let root = sh::ask(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    let Some(apt) = sh::find(&["apt-get"]).filter(|_| root) else { return Ok(false) };
    sh::stage(&format!("Debian packages {}", packages.join(" ")), || {
        sh::quietly(Command::new(&apt).arg("update"))?;
        let install = ["install", "--yes", "--no-install-recommends"];
        sh::quietly(Command::new(&apt).env("DEBIAN_FRONTEND", "noninteractive").args(install).args(packages))
    })?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn a_build_that_failed_is_tried_again_after_a_day() {
        let note = env::temp_dir().join(format!("lichtbild-failed-{}", std::process::id()));
        assert!(!stands(&note));
        fs::write(&note, "no linker").expect("a folder for temporary files");
        assert!(stands(&note));
        let yesterday = SystemTime::now() - FAILURE_STANDS - Duration::from_secs(1);
        fs::File::options().append(true).open(&note).expect("the note").set_modified(yesterday).expect("a time");
        assert!(!stands(&note));
        fs::remove_file(&note).expect("the note");
    }
}
