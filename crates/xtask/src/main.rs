//! The project's commands: `cargo xtask COMMAND`. Each sets up what it needs, says what it does, and is quick the second time.
#![allow(clippy::disallowed_methods, reason = "a program may read the clock")]

mod build;
mod clip;
mod demo;
mod dist;
mod inspect;
mod names;
mod setup;
mod sh;
mod size;
mod suite;
mod tidy;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "cargo xtask COMMAND

  demo [--sandbox]    build everything and run it: portal, capture page, dashboard, backend; with a chosen outcome
  test [LAYER…]       every test there is: rust, browser, package, e2e, packaging
  ci                  what a change has to pass: fmt, clippy, tidy, types, errors, test, size

  setup               install what the other commands need
  build [--release]   the npm package and the pages
  serve               the backend alone
  inspect FILE…       what the engine sees in photographs, as JSON lines; with --together also what they say as one document's,
                      with --print also what is printed
  dist                the npm package as a tarball, with hashes, in dist/
  types [--check]     pkg/src/types.ts from the Rust types
  errors [--check]    docs/errors.md from the catalogue of error codes
  tidy [--stamp]      import rules, file lengths, words that must not stand in the tree
  size                sizes of what a browser loads, against budget.toml
  bench [PART…]       beside others, in one run: upload, engine, mrz; writes docs/benchmarks
  clip FOLDER         the fake camera's videos and the fake microphone's sound for browser tests";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command(&arguments) {
        Ok(status) => status,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: &[String]) -> Result<ExitCode> {
    let place = std::env::current_dir()?;
    std::env::set_current_dir(sh::root())?;
    let (name, rest) = arguments.split_first().map_or(("help", arguments), |(name, rest)| (name.as_str(), rest));
    let flag = |wanted: &str| rest.iter().any(|argument| argument == wanted);
    let done = match name {
        "inspect" => return inspect::inspect(&place, rest),
        "demo" => demo::demo(flag("--sandbox")),
        "serve" => demo::serve(),
        "test" => suite::test(rest),
        "ci" => suite::ci(),
        "bench" => suite::bench(rest),
        "setup" => setup::everything(),
        "build" => build::everything(if flag("--release") { build::Profile::Release } else { build::Profile::Develop }),
        "dist" => dist::dist(),
        "types" => suite::generate("types", flag("--check")),
        "errors" => suite::generate("errors", flag("--check")),
        "tidy" => tidy::tidy(flag("--stamp")),
        "size" => size::size(),
        "clip" => clip::write(rest.first().map_or("target/clips", String::as_str).as_ref()),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        unknown => bail!("there is no command {unknown:?}\n\n{USAGE}"),
    };
    done.map(|()| ExitCode::SUCCESS)
}
