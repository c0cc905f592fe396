//! Short names between a wasm file and its glue. wasm-bindgen calls each import by what it does and a hash, some 50 bytes that no
//! compression shortens, in both files; nobody but the two of them reads the names.
//! In: a wasm file and its glue. Out: both with short names, or an error that leaves them as they were.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};

/// Number of the import section (WebAssembly core specification, 5.5.5).
const IMPORTS: u8 = 2;
const MAGIC: usize = 8;
const OURS: &[u8] = b"__wb";

/// Both files, with the imports from the glue called `a0`, `a1`, ….
pub fn shorten(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let mut names = BTreeMap::new();
    let mut out = wasm.get(..MAGIC).context("no wasm file")?.to_vec();
    let mut rest = Reader(&wasm[MAGIC..]);
    while !rest.0.is_empty() {
        let id = rest.byte()?;
        let len = rest.number()?;
        let mut section = rest.bytes(len)?.to_vec();
        if id == IMPORTS {
            section = imports(&section, &mut names)?;
        }
        out.push(id);
        put_number(&mut out, section.len());
        out.extend(section);
    }
    Ok((out, renamed(glue, &names)?))
}

fn imports(section: &[u8], names: &mut BTreeMap<String, String>) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut rest = Reader(section);
    let count = rest.number()?;
    put_number(&mut out, count);
    for _ in 0..count {
        put_bytes(&mut out, rest.text()?);
        let name = rest.text()?;
        if name.starts_with(OURS) {
            let next = format!("a{}", names.len());
            let short = names.entry(String::from_utf8(name.to_vec())?).or_insert(next);
            put_bytes(&mut out, short.as_bytes());
        } else {
            put_bytes(&mut out, name);
        }
        // Functions are all that wasm-bindgen imports: a kind and the number of a type.
        let kind = rest.byte()?;
        if kind != 0 {
            bail!("an import of kind {kind}");
        }
        out.push(kind);
        put_number(&mut out, rest.number()?);
    }
    Ok(out)
}

/// The glue with the members of its import object renamed; each has to be there once.
fn renamed(glue: &str, names: &BTreeMap<String, String>) -> Result<String> {
    let mut found = 0;
    let lines = glue.lines().map(|line| {
        let member = line.trim_start();
        let name: &str = member.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
        match names.get(name) {
            Some(short) if member[name.len()..].starts_with(':') => {
                found += 1;
                format!("{short}{}\n", &member[name.len()..])
            }
            _ => format!("{line}\n"),
        }
    });
    let renamed = lines.collect();
    if found != names.len() {
        bail!("the glue has {found} of {} imports", names.len());
    }
    Ok(renamed)
}

/// Reads what the binary format is made of.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Result<u8> {
        Ok(self.bytes(1)?[0])
    }

    fn bytes(&mut self, len: usize) -> Result<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(len).context("the wasm file is cut off")?;
        self.0 = rest;
        Ok(bytes)
    }

    fn text(&mut self) -> Result<&'a [u8]> {
        let len = self.number()?;
        self.bytes(len)
    }

    /// Unsigned LEB128.
    fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        bail!("a number that is too long")
    }
}

fn put_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_number(out, bytes.len());
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "    const import0 = {\n        __wbg_now_0123456789abcdef: function() {\n            return now();\n        },\n        memory: 1,\n    };\n";

    /// A module that imports one function of the given name from `./page_bg.js`, and has a custom section after it.
    fn module(name: &str) -> Vec<u8> {
        let mut imports = vec![1];
        put_bytes(&mut imports, b"./page_bg.js");
        put_bytes(&mut imports, name.as_bytes());
        imports.extend([0, 0]);
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.push(IMPORTS);
        put_bytes(&mut wasm, &imports);
        wasm.extend([0, 2, 1, b'x']);
        wasm
    }

    #[test]
    fn both_files_call_an_import_by_the_same_short_name_and_nothing_else_changes() {
        let (wasm, glue) = shorten(&module("__wbg_now_0123456789abcdef"), GLUE).expect("both are well formed");
        assert_eq!(wasm, module("a0"));
        assert_eq!(glue, GLUE.replace("        __wbg_now_0123456789abcdef", "a0"));
    }

    #[test]
    fn an_import_that_the_glue_lacks_is_noticed() {
        assert!(shorten(&module("__wbg_other_0123456789abcdef"), GLUE).is_err());
        assert!(shorten(&module("__wbg_now_0123456789abcdef")[..20], GLUE).is_err());
    }
}
