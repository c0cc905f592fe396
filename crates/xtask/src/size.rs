//! `cargo xtask size`: what a browser loads, gzipped and by brotli, held against budget.toml.

use std::{collections::BTreeMap, fs, io::Write};

use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};
use serde::Deserialize;

use crate::build::{self, Profile};

/// A group of files with its limit, as budget.toml has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    /// Paths from the project's folder; each part may hold one `*`.
    files: Vec<String>,
    /// Most bytes all of them may have together after gzip -9.
    gzip: Option<usize>,
    /// Most bytes all of them may have together after brotli at its best.
    brotli: Option<usize>,
}

pub fn size() -> Result<()> {
    build::everything(Profile::Release)?;
    measure()
}

/// Measures what was built last, which has to be what is shipped.
pub fn measure() -> Result<()> {
    let groups: BTreeMap<String, Group> = toml::from_str(&fs::read_to_string("budget.toml").context("budget.toml")?)?;
    let mut over = Vec::new();
    println!("\n{:>56} {:>11} {:>11}   budget", "raw", "gzip -9", "brotli 11");
    for (name, group) in &groups {
        let mut sum = [0; 3];
        for path in group.files.iter().map(|pattern| matching(pattern)).collect::<Result<Vec<_>>>()?.concat() {
            let bytes = fs::read(&path).with_context(|| path.clone())?;
            let sizes = [bytes.len(), gzip(&bytes)?, brotli(&bytes)?];
            line(&format!("  {path}"), sizes, "");
            for (total, size) in sum.iter_mut().zip(sizes) {
                *total += size;
            }
        }
        let limits = [("gzip", sum[1], group.gzip), ("brotli", sum[2], group.brotli)];
        let mut budget = Vec::new();
        for (coding, bytes, most) in limits.into_iter().filter_map(|(coding, bytes, most)| Some((coding, bytes, most?)))
        {
            budget.push(format!("{coding} {most}"));
            if bytes > most {
                over.push(format!("{name}: {bytes} of {most} bytes after {coding}"));
            }
        }
        if budget.is_empty() {
            bail!("{name} has no limit in budget.toml");
        }
        line(name, sum, &budget.join(", "));
    }
    if !over.is_empty() {
        bail!("over the budget of budget.toml: {}", over.join(", "));
    }
    Ok(())
}

/// The files a pattern means; it has to mean some.
fn matching(pattern: &str) -> Result<Vec<String>> {
    let mut found = vec![".".to_owned()];
    for part in pattern.split('/') {
        let mut inside = Vec::new();
        for folder in found {
            let Some((before, after)) = part.split_once('*') else {
                inside.push(format!("{folder}/{part}"));
                continue;
            };
            for entry in fs::read_dir(&folder).with_context(|| folder.clone())? {
                let name = entry?.file_name().to_string_lossy().into_owned();
                if name.starts_with(before) && name.ends_with(after) {
                    inside.push(format!("{folder}/{name}"));
                }
            }
        }
        found = inside;
    }
    found.sort();
    if found.is_empty() {
        bail!("no file is {pattern}");
    }
    Ok(found.iter().map(|path| path.trim_start_matches("./").to_owned()).collect())
}

fn line(name: &str, [raw, gzip, brotli]: [usize; 3], budget: &str) {
    println!("{name:<44} {raw:>11} {gzip:>11} {brotli:>11}   {budget}");
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn brotli(mut bytes: &[u8]) -> Result<usize> {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut bytes, &mut out, &parameters)?;
    Ok(out.len())
}
