//! `cargo xtask test` and `ci`: every check there is, in order, with the runners' own summary lines at the end.

use std::{collections::BTreeSet, fs, path::Path, process::Command, time::Instant};

use anyhow::{Result, bail};

use crate::{
    build::{self, Profile},
    clip, dist, inspect, setup, sh, size, tidy,
};

/// What `ci` asks of a change before the tests.
pub fn ci() -> Result<()> {
    sh::stage("formatting", || sh::run(sh::cargo().args(["fmt", "--all", "--check"])))?;
    setup::for_building()?;
    let clippy = |arguments: &[&str]| {
        sh::run(sh::cargo().args(["clippy", "--quiet"]).args(arguments).args(["--", "-D", "warnings"]))
    };
    sh::stage("clippy, host", || clippy(&["--workspace", "--all-targets", "--all-features"]))?;
    for part in build::PARTS {
        sh::stage(&format!("clippy, wasm32, {part}"), || {
            let target = ["--package", "lichtbild", "--lib", "--target", "wasm32-unknown-unknown"];
            clippy(&[&target[..], &["--no-default-features", "--features", part]].concat())
        })?;
    }
    tidy::tidy(false)?;
    generate("types", true)?;
    generate("errors", true)?;
    test(&[])?;
    // The last layer left what is shipped.
    size::measure()
}

/// Writes, or with `check` compares, a file that is made from the Rust types.
pub fn generate(what: &str, check: bool) -> Result<()> {
    let mut command = sh::cargo();
    command.args(["run", "--quiet", "--package", "xtask", "--bin", "generate", "--features", "generate", "--", what]);
    sh::run(command.args(check.then_some("--check")))
}

/// Packaging comes last: it takes the build that is shipped, the others the one that is quick to make.
const LAYERS: [&str; 5] = ["rust", "browser", "package", "e2e", "packaging"];

/// Runs the named layers, or all of them.
pub fn test(wanted: &[String]) -> Result<()> {
    if let Some(unknown) = wanted.iter().find(|name| !LAYERS.contains(&name.as_str())) {
        bail!("there is no layer {unknown:?}; there are {}", LAYERS.join(", "));
    }
    let start = Instant::now();
    let mut report = Report::default();
    for layer in LAYERS.iter().filter(|layer| wanted.is_empty() || wanted.iter().any(|name| name == *layer)) {
        match *layer {
            "rust" => rust(&mut report)?,
            "browser" => browser(&mut report)?,
            "package" => package(&mut report)?,
            "e2e" => e2e(&mut report)?,
            _ => packaging(&mut report)?,
        }
    }
    report.finish(start)
}

const BENCHES: [&str; 3] = ["upload", "engine", "mrz"];

/// Runs the named benchmarks, or all of them; each stands beside others in one run and writes its report into docs/benchmarks.
pub fn bench(wanted: &[String]) -> Result<()> {
    if let Some(unknown) = wanted.iter().find(|name| !BENCHES.contains(&name.as_str())) {
        bail!("there is no benchmark {unknown:?}; there are {}", BENCHES.join(", "));
    }
    for part in BENCHES.iter().filter(|part| wanted.is_empty() || wanted.iter().any(|name| name == *part)) {
        match *part {
            "upload" => bench_upload()?,
            "engine" => bench_engine()?,
            _ => bench_mrz()?,
        }
    }
    Ok(())
}

fn bench_upload() -> Result<()> {
    build::everything(Profile::Release)?;
    let server = build::server(Profile::Release)?;
    prepare_e2e()?;
    let mut command = sh::node("tests/e2e");
    command.arg("bench.mjs").env("LICHTBILD_SERVER", server).env("LICHTBILD_CHROMIUM", setup::for_browsers()?.chromium);
    sh::stage("upload tail", || sh::run(&mut command))
}

fn bench_engine() -> Result<()> {
    build::everything(Profile::Release)?;
    // It only answers; what is measured runs in the browser.
    let server = build::server(Profile::Develop)?;
    prepare_e2e()?;
    setup::npm_packages(&["tests/bench"])?;
    let mut command = sh::node("tests/bench");
    command
        .arg("engine.mjs")
        .env("LICHTBILD_CHROMIUM", setup::for_browsers()?.chromium)
        .env("LICHTBILD_SERVER", server);
    command.env("LICHTBILD_FILMS", sh::stage("films", || inspect::tool("xtask", "films", &["--features", "films"]))?);
    with_pictures(&mut command)?;
    sh::stage("engine", || sh::run(&mut command))
}

fn bench_mrz() -> Result<()> {
    setup::npm_packages(&["tests/bench"])?;
    let mut command = sh::node("tests/bench");
    command.arg("mrz.mjs").env("LICHTBILD_CACHE", sh::cache());
    with_pictures(&mut command)?;
    sh::stage("zones", || sh::run(&mut command))
}

/// The programs that draw pictures and look at them, and where photographs are.
fn with_pictures(command: &mut Command) -> Result<()> {
    command.env("LICHTBILD_INSPECT", sh::stage("inspect", inspect::program)?);
    command.env("LICHTBILD_SPECIMEN", sh::stage("specimen", || inspect::tool("lichtbild-specimen", "specimen", &[]))?);
    command.env("LICHTBILD_REAL", sh::root().join(clip::photographs()));
    Ok(())
}

fn rust(report: &mut Report) -> Result<()> {
    report.layer("rust", sh::cargo().args(["test", "--workspace", "--all-features"]))
}

fn browser(report: &mut Report) -> Result<()> {
    setup::for_building()?;
    let browsers = setup::for_browsers()?;
    let test = |driver: &str, path: &Path| {
        let mut command = sh::cargo();
        command.args(["test", "--package", "lichtbild", "--test", "browser", "--target", "wasm32-unknown-unknown"]);
        command.args(["--no-default-features", "--features", "page"]).env(driver, path);
        let runner = setup::tools().join("wasm-bindgen-test-runner");
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner).env("WASM_BINDGEN_TEST_TIMEOUT", "120");
        for other in ["CHROMEDRIVER", "GECKODRIVER", "SAFARIDRIVER"].iter().filter(|other| **other != driver) {
            command.env_remove(other);
        }
        command
    };
    report.layer("browser, Chromium", &mut test("CHROMEDRIVER", &browsers.chromedriver))?;
    if let Some(geckodriver) = &browsers.geckodriver {
        return report.layer("browser, Firefox", &mut test("GECKODRIVER", geckodriver));
    }
    report.lines.push("browser, Firefox: not run, geckodriver or Firefox is not installed".into());
    Ok(())
}

fn package(report: &mut Report) -> Result<()> {
    build::everything(Profile::Develop)?;
    report.layer("package, tsc", sh::npm("pkg").args(["run", "check"]))?;
    report.layer("pages, tsc", sh::npm("www").args(["run", "check"]))?;
    report.layer("package", sh::npm("pkg").arg("test"))?;
    report.layer("figures of benchmarks", sh::node("tests/bench").args(["--test", "support/figures.test.mjs"]))
}

fn packaging(report: &mut Report) -> Result<()> {
    build::everything(Profile::Release)?;
    let browsers = setup::for_browsers()?;
    prepare_e2e()?;
    setup::npm_packages(&["tests/packaging"])?;
    let tarball = sh::root().join(dist::pack("target/packed")?);
    let server = build::server(Profile::Develop)?;
    let mut command = sh::node("tests/packaging");
    command
        .args(["--test", "--test-force-exit", "--test-reporter=spec", "packaging.test.mjs"])
        .env("LICHTBILD_TARBALL", tarball);
    command.env("LICHTBILD_SERVER", server).env("LICHTBILD_CHROMIUM", browsers.chromium);
    report.layer("packaging", &mut command)
}

/// Files with failed cases that are run once more; where more failed, something is broken.
const REPEATED: usize = 2;

/// The cases run in real time before a real browser, and may miss their moment on a machine that something else holds up: a file with a
/// failed case runs once more. Both runs are told, and what fails twice has failed.
fn e2e(report: &mut Report) -> Result<()> {
    build::everything(Profile::Develop)?;
    let browsers = setup::for_browsers()?;
    prepare_e2e()?;
    let server = build::server(Profile::Develop)?;
    let failed = sh::root().join("target/e2e-failed.tsv");
    let cases = |files: &[String]| {
        let mut command = sh::node("tests/e2e");
        command.args(["--test", "--test-concurrency=1", "--test-force-exit"]);
        command.args(["--test-reporter=spec", "--test-reporter-destination=stdout"]);
        command.args(["--test-reporter=./support/failed.mjs", "--test-reporter-destination"]).arg(&failed).args(files);
        command.env("LICHTBILD_SERVER", &server).env("LICHTBILD_CHROMIUM", &browsers.chromium);
        command.env("LICHTBILD_CACHE", sh::cache());
        command
    };
    let all: Vec<_> = sh::files(Path::new("tests/e2e/cases"))?.iter().map(|name| format!("cases/{name}")).collect();
    if report.attempt("e2e", &mut cases(&all))? {
        return Ok(());
    }
    let failed = fs::read_to_string(&failed)?;
    report.lines.extend(failed.lines().map(|case| format!("    failed: {}", case.replace('\t', ", "))));
    let again: BTreeSet<_> = failed.lines().filter_map(|case| case.split('\t').next()).map(str::to_owned).collect();
    if again.is_empty() || again.len() > REPEATED {
        report.failed.push("e2e".into());
        return Ok(());
    }
    report.layer("e2e, files with failed cases once more", &mut cases(&again.into_iter().collect::<Vec<_>>()))
}

fn prepare_e2e() -> Result<()> {
    setup::npm_packages(&["tests/e2e"])?;
    sh::stage("fake camera and microphone", || clip::write("target/clips".as_ref()))
}

/// What the layers' own runners said.
#[derive(Default)]
struct Report {
    lines: Vec<String>,
    failed: Vec<String>,
}

impl Report {
    /// Runs what must succeed.
    fn layer(&mut self, name: &str, command: &mut Command) -> Result<()> {
        if !self.attempt(name, command)? {
            self.failed.push(name.to_owned());
        }
        Ok(())
    }

    /// Runs, and says whether it succeeded.
    fn attempt(&mut self, name: &str, command: &mut Command) -> Result<bool> {
        println!("── {name}");
        let start = Instant::now();
        let summary = |line: &str| {
            let line = line.trim();
            line.starts_with("test result:")
                || ["tests", "pass", "fail", "skipped"].iter().any(|word| {
                    line.strip_prefix("ℹ ")
                        .or_else(|| line.strip_prefix("# "))
                        .is_some_and(|rest| rest.starts_with(word))
                })
        };
        let (good, lines) = sh::watch(command, summary)?;
        let seconds = start.elapsed().as_secs_f32();
        self.lines.push(format!("{name}: {} in {seconds:.1} s", if good { "ok" } else { "FAILED" }));
        self.lines.extend(
            lines.iter().filter(|line| !line.contains(" 0 passed; 0 failed")).map(|line| format!("    {line}")),
        );
        Ok(good)
    }

    fn finish(self, start: Instant) -> Result<()> {
        println!("\n{}\n\nall in {:.0} s", self.lines.join("\n"), start.elapsed().as_secs_f32());
        if !self.failed.is_empty() {
            bail!("failed: {}", self.failed.join(", "));
        }
        Ok(())
    }
}
