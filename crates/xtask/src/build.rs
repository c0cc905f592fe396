//! From the sources to what a browser loads: two wasm files with their glue in pkg/dist/wasm, the npm package, the pages.

use std::{
    env, fs,
    path::{self, Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use crate::{names, setup, sh};

/// How much the compiler is asked to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to compile, fast enough for real frames.
    Develop,
    /// As it is shipped: small and optimised.
    Release,
}

/// The two halves of the component, each a feature of the root crate and a wasm file.
pub const PARTS: [&str; 2] = ["page", "engine"];

pub fn everything(profile: Profile) -> Result<()> {
    setup::for_building()?;
    for part in PARTS {
        wasm(part, profile)?;
    }
    sh::stage("the npm package", || sh::run(sh::node(".").arg("pkg/build.mjs")))?;
    let released = (profile == Profile::Release).then_some("--release");
    sh::stage("the pages", || sh::run(sh::node(".").arg("www/build.mjs").args(released)))
}

/// Compiles one part and puts it with its glue into pkg/dist/wasm.
pub fn wasm(part: &str, profile: Profile) -> Result<()> {
    let name = if profile == Profile::Develop { "wasm-dev" } else { "wasm" };
    sh::stage(&format!("{part}.wasm ({name})"), || {
        let target = "wasm32-unknown-unknown";
        let what = ["build", "--quiet", "--package", "lichtbild", "--lib", "--profile", name, "--target", target];
        let mut compile = sh::cargo();
        compile.args(what).args(["--no-default-features", "--features", part]);
        if profile == Profile::Release {
            // What is shipped names no place on the machine that built it.
            let remap = ["CARGO_HOME", "HOME"].iter().find_map(|name| env::var(name).ok()).unwrap_or_default();
            let flags = format!("--remap-path-prefix={remap}=");
            compile.arg("--config").arg(format!("target.{target}.rustflags=[{flags:?}]"));
        }
        sh::run(&mut compile)?;
        let compiled = sh::target().join(target).join(name).join("lichtbild.wasm");
        let out = Path::new("pkg/dist/wasm");
        if profile == Profile::Develop { bind(part, &compiled, out) } else { finish(part, &compiled, out) }
    })
}

/// The file with its glue in a folder.
fn bind(part: &str, compiled: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut bind = Command::new(setup::tools().join("wasm-bindgen"));
    sh::run(bind.args(["--target", "web", "--out-name", part, "--out-dir"]).arg(folder).arg(compiled))
}

/// The same as it is shipped. That takes a while, so the outcome is kept beside the compiled file for as long as it is made from the same.
fn finish(part: &str, compiled: &Path, folder: &Path) -> Result<()> {
    let kept = path::absolute(compiled.with_file_name(format!("{part}-finished")))?;
    let stamp = kept.with_extension("made-from");
    let tools = fs::read("pkg/package-lock.json")?;
    let recipe = [&fs::read(compiled)?[..], &tools, include_bytes!("build.rs"), include_bytes!("names.rs")].concat();
    let made_from = sh::sha256(&recipe);
    if !fs::read_to_string(&stamp).is_ok_and(|there| there == made_from) {
        drop((fs::remove_file(&stamp), fs::remove_dir_all(&kept)));
        bind(part, compiled, &kept)?;
        let (file, glue) = (kept.join(format!("{part}_bg.wasm")), kept.join(format!("{part}.js")));
        let (short, renamed) = names::shorten(&fs::read(&file)?, &fs::read_to_string(&glue)?)?;
        fs::write(&file, short)?;
        fs::write(glue, renamed)?;
        optimise(part, &file)?;
        fs::write(stamp, made_from)?;
    }
    fs::create_dir_all(folder)?;
    for name in sh::files(&kept)? {
        fs::copy(kept.join(&name), folder.join(&name))?;
    }
    Ok(())
}

/// wasm-opt also strips what the compiler had to leave for wasm-bindgen. What everybody loads first is made small, the engine fast.
fn optimise(part: &str, file: &Path) -> Result<()> {
    let aim = if part == "page" { &["--flatten", "--rereloop", "-Oz", "-Oz"][..] } else { &["-Os", "--converge"] };
    let features = [
        "--enable-simd",
        "--enable-bulk-memory",
        "--enable-nontrapping-float-to-int",
        "--enable-sign-ext",
        "--enable-mutable-globals",
        "--enable-reference-types",
        "--enable-multivalue",
        "--enable-extended-const",
    ];
    sh::run(
        sh::node("pkg")
            .arg("node_modules/binaryen/bin/wasm-opt")
            // What is made from one source for several types has neighbouring names, and is alike: side by side it compresses better.
            .args(aim)
            .arg("--reorder-functions-by-name")
            .args(["--strip-debug", "--strip-producers", "--strip-target-features"])
            // The lowest memory is the far end of the stack, which traps before it is reached.
            .arg("--low-memory-unused")
            .args(features)
            .arg(file)
            .arg("-o")
            .arg(file),
    )
}

/// The backend, ready to be started; returns the program.
pub fn server(profile: Profile) -> Result<PathBuf> {
    let (name, folder) = if profile == Profile::Develop { ("dev", "debug") } else { ("release", "release") };
    sh::stage(&format!("the backend ({name})"), || {
        sh::run(sh::cargo().args(["build", "--quiet", "--package", "lichtbild-server", "--profile", name]))?;
        Ok(sh::target().join(folder).join(format!("lichtbild-server{}", env::consts::EXE_SUFFIX)))
    })
}
