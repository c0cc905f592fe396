//! `cargo xtask dist`: the npm package as a tarball in dist/, with the hashes a stranger can check.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::{
    build::{self, Profile},
    sh::{self, files},
};

pub fn dist() -> Result<()> {
    build::everything(Profile::Release)?;
    let tarball = pack("dist")?;
    let mut sums = Vec::new();
    for path in [tarball.as_str(), "pkg/dist/manifest.json", "pkg/dist/loader.js"] {
        let bytes = fs::read(path).with_context(|| path.to_owned())?;
        let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy();
        sums.push(format!("{}  {name}", sh::sha256(&bytes)));
    }
    fs::write("dist/SHA256SUMS", sums.join("\n") + "\n")?;
    println!("\n{}", sums.join("\n"));
    Ok(())
}

/// Packs what pkg/dist holds at the moment, with the project's own papers beside it; returns the tarball's path.
pub fn pack(folder: &str) -> Result<String> {
    let stage = sh::root().join("target/package");
    drop(fs::remove_dir_all(&stage));
    fs::create_dir_all(folder)?;
    for name in ["README.md", "CHANGELOG.md", "LICENSE"] {
        copy(Path::new(name), &stage.join(name))?;
    }
    copy(Path::new("pkg/package.json"), &stage.join("package.json"))?;
    for file in files(Path::new("pkg/dist"))? {
        copy(&Path::new("pkg/dist").join(&file), &stage.join("dist").join(&file))?;
    }
    let destination = sh::root().join(folder);
    let printed = sh::ask(sh::npm(&stage).args(["pack", "--silent", "--pack-destination"]).arg(&destination))
        .context("npm pack failed")?;
    Ok(format!("{folder}/{}", printed.lines().last().unwrap_or_default()))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to.parent().expect("a file is in a folder"))?;
    fs::copy(from, to).with_context(|| from.display().to_string())?;
    Ok(())
}
