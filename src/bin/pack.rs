//! Makes the single file `sla-statement.html` out of the hosted page: `pack [DIST]`, DIST being `dist` if not given.
//!
//! Style sheets, glue and icon become part of the page, the module as browsers unpack it by themselves. The file needs no server and no network, and opens from a folder or a mail. The same input gives the same bytes.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use sla_statement::report::{Frame, MARK, Viewer, base128};
use std::{
    env, fs,
    io::{self, Write as _},
    num::NonZeroU64,
    path::{Path, PathBuf},
    process::ExitCode,
};
use thiserror::Error;

/// The name of the single file inside DIST.
const SINGLE_FILE: &str = "sla-statement.html";
/// How often the packer looks for something shorter; more gains nothing.
const ROUNDS: NonZeroU64 = NonZeroU64::new(5).unwrap();
/// The licences of the software that the page contains, inside DIST.
const LICENCES: &str = "THIRD-PARTY.txt";

fn main() -> ExitCode {
    let dist = env::args_os().nth(1).map_or_else(|| PathBuf::from("dist"), PathBuf::from);
    match write_single_file(&dist) {
        Ok((path, bytes)) => {
            println!("{} ({bytes} bytes)", path.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("pack: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Why the page could not be packed.
#[derive(Debug, Error)]
enum PackError {
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("{}: not UTF-8 text", path.display())]
    NotText { path: PathBuf },
    #[error("index.html: a tag or comment is not closed: {0}")]
    Unclosed(String),
    #[error("index.html: this would be loaded from beside the single file: {0}")]
    Unexpected(String),
    #[error("index.html: exactly one <script id=\"sla-glue\" src=… data-module=…> expected, found {0}")]
    Glue(usize),
    #[error("index.html: exactly one <meta http-equiv=\"Content-Security-Policy\" …> expected")]
    Policy,
    #[error("index.html: a <title> and a <body> expected, and neither carriage returns nor control characters")]
    Body,
    #[error("{sheet}: loads a further file, which a single file cannot have: {rule}")]
    StyleLoads { sheet: String, rule: String },
}

fn write_single_file(dist: &Path) -> Result<(PathBuf, usize), PackError> {
    let files = Files { root: dist };
    let page = pack(&files.text("index.html")?, &files)?;
    let path = dist.join(SINGLE_FILE);
    fs::write(&path, &page).map_err(|source| PackError::File { path: path.clone(), source })?;
    Ok((path, page.len()))
}

/// The files beside the hosted page.
struct Files<'a> {
    root: &'a Path,
}

impl Files<'_> {
    fn bytes(&self, address: &str) -> Result<Vec<u8>, PackError> {
        let path = self.root.join(address.trim_start_matches("./"));
        fs::read(&path).map_err(|source| PackError::File { path, source })
    }

    fn text(&self, address: &str) -> Result<String, PackError> {
        let path = self.root.join(address.trim_start_matches("./"));
        String::from_utf8(self.bytes(address)?).map_err(|_| PackError::NotText { path })
    }
}

/// The hosted page with everything it loads put inside, and the place marked where a case may stand.
fn pack(page: &str, files: &Files) -> Result<String, PackError> {
    let page = match page.split_once("<body>") {
        // HTML would hand out such characters as others.
        Some((head, body)) if !page.contains(['\r', '\0', '\u{1}']) => format!("{head}<body>{MARK}{body}"),
        _ => return Err(PackError::Body),
    };
    let mut packed = Frame::default();
    let mut rest = page.as_str();
    let (mut glues, mut styles, mut policies) = (0, 0, 0);
    while let Some((before, tag, after)) = next_tag(rest)? {
        packed.push(before);
        rest = after;
        match (tag.name(), tag.attribute("rel"), tag.attribute("src")) {
            ("meta", ..) if tag.attribute("http-equiv") == Some("Content-Security-Policy") => {
                policies += 1;
                packed.push(POLICY);
            }
            ("meta", ..) => packed.push(tag.0),
            ("link", Some("preload"), _) => {}
            ("link", Some("stylesheet"), _) => {
                styles += 1;
                part(&mut packed, "style", &format!("sla-style-{styles}"), "", &style(required(&tag, "href")?, files)?);
            }
            ("link", Some("icon"), _) => packed.push(&icon(required(&tag, "href")?, files)?),
            ("script", _, Some(address)) if tag.attribute("id") == Some("sla-glue") => {
                glues += 1;
                program(&mut packed, address, required(&tag, "data-module")?, files)?;
                rest = past(rest, "</script>")?.1;
            }
            (name @ ("script" | "style"), _, None) => {
                let end = format!("</{name}>");
                let (text, after) = past(rest, &end)?;
                packed.push(tag.0);
                packed.push_part(required(&tag, "id")?, text.trim_end_matches(&end));
                packed.push(&end);
                rest = after;
            }
            ("!--", ..) => packed.push(tag.0),
            _ => return Err(PackError::Unexpected(tag.0.into())),
        }
    }
    packed.push(rest);
    if glues != 1 {
        return Err(PackError::Glue(glues));
    }
    if policies != 1 {
        return Err(PackError::Policy);
    }
    let policy = policy(packed.file())?;
    packed.replace(POLICY, &policy);
    Viewer::new(packed.finish()).map(|viewer| viewer.file().to_owned()).ok_or(PackError::Body)
}

/// Adds an element whose text a page can hand out. `attributes` begin with a space, where there are any.
fn part(packed: &mut Frame, element: &str, id: &str, attributes: &str, text: &str) {
    packed.push(&format!("<{element} id=\"{id}\"{attributes}>"));
    packed.push_part(id, text);
    packed.push(&format!("</{element}>"));
}

/// Where the policy of the single file will stand.
const POLICY: &str = "<!-- policy -->";

/// What the single file may do: run the scripts and use the styles that are in it now, and nothing else. Blocks of data
/// are no scripts, so that a file which is given a case later keeps its policy.
fn policy(page: &str) -> Result<String, PackError> {
    let (mut scripts, mut styles) = (String::new(), String::new());
    let mut rest = page;
    while let Some((_, tag, after)) = next_tag(rest)? {
        rest = after;
        let list = match (tag.name(), tag.attribute("type")) {
            ("script", None) => Some(&mut scripts),
            ("style", _) => Some(&mut styles),
            _ => None,
        };
        if matches!(tag.name(), "script" | "style") {
            let end = format!("</{}>", tag.name());
            let (whole, after) = past(rest, &end)?;
            rest = after;
            if let Some(list) = list {
                list.push_str(&hash(whole.trim_end_matches(&end)));
            }
        }
    }
    Ok(format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src{scripts} 'wasm-unsafe-eval'; \
         style-src{styles}; img-src data:; worker-src blob:; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types sla-statement\">"
    ))
}

/// ` 'sha256-…'`, by which a policy names a script or a style.
fn hash(text: &str) -> String {
    format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// A start tag as it stands in the page, from `<` to `>`, or a whole comment.
struct Tag<'a>(&'a str);

impl<'a> Tag<'a> {
    fn name(&self) -> &'a str {
        let inner = self.0.trim_start_matches('<');
        if inner.starts_with("!--") {
            return "!--";
        }
        inner.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default()
    }

    /// The value of an attribute, in double quotes as index.html writes it or without quotes as trunk's minifier does.
    fn attribute(&self, name: &str) -> Option<&'a str> {
        let (_, value) = self.0.split_once(&format!(" {name}="))?;
        match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').map(|(value, _)| value),
            None => value.split([' ', '>']).next(),
        }
    }
}

fn required<'a>(tag: &Tag<'a>, name: &str) -> Result<&'a str, PackError> {
    tag.attribute(name).ok_or_else(|| PackError::Unexpected(tag.0.into()))
}

/// The next `<link>`, `<meta>`, `<script>`, `<style>` or comment with what stands before and after it.
fn next_tag(page: &str) -> Result<Option<(&str, Tag<'_>, &str)>, PackError> {
    let Some(start) =
        ["<link ", "<meta ", "<script", "<style", "<!--"].iter().filter_map(|opening| page.find(opening)).min()
    else {
        return Ok(None);
    };
    let (before, from_tag) = page.split_at(start);
    let end = if from_tag.starts_with("<!--") { "-->" } else { ">" };
    let (tag, after) = past(from_tag, end)?;
    Ok(Some((before, Tag(tag), after)))
}

/// Splits after the first `end`.
fn past<'a>(text: &'a str, end: &str) -> Result<(&'a str, &'a str), PackError> {
    let at = text.find(end).ok_or_else(|| PackError::Unclosed(text.chars().take(60).collect()))?;
    Ok(text.split_at(at + end.len()))
}

fn style(address: &str, files: &Files) -> Result<String, PackError> {
    let css = files.text(address)?;
    if let Some(rule) = loading_rule(&css) {
        return Err(PackError::StyleLoads { sheet: address.into(), rule: rule.into() });
    }
    // In CSS a backslash before a slash changes nothing, and HTML no longer sees an end tag.
    Ok(format!("\n{}\n", css.trim_end().replace("</", "<\\/")))
}

/// The first rule of a style sheet that makes the browser load a further file.
fn loading_rule(css: &str) -> Option<&str> {
    let import = css.find("@import");
    let outside = css.match_indices("url(").map(|(at, _)| at).find(|at| {
        let target = css[at + 4..].trim_start_matches(['"', '\'', ' ']);
        !target.starts_with("data:") && !target.starts_with('#')
    });
    let at = import.into_iter().chain(outside).min()?;
    css[at..].lines().next()
}

fn icon(address: &str, files: &Files) -> Result<String, PackError> {
    let kind = match address.rsplit_once('.').map(|(_, ending)| ending) {
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => return Err(PackError::Unexpected(address.into())),
    };
    Ok(format!("<link rel=\"icon\" href=\"data:{kind};base64,{}\">", STANDARD.encode(files.bytes(address)?)))
}

/// The glue as text, where the boot script finds it to make workers of it; module and licences as data for that script.
fn program(packed: &mut Frame, glue: &str, module: &str, files: &Files) -> Result<(), PackError> {
    let glue = script_text(&files.text(glue)?);
    part(packed, "script", "sla-glue", "", &format!("\n{glue}\n"));
    block(packed, "sla-module", module, files)?;
    block(packed, "sla-licences", LICENCES, files)
}

/// A file as data that the boot script unpacks.
fn block(packed: &mut Frame, id: &str, address: &str, files: &Files) -> Result<(), PackError> {
    let bytes = zlib(&files.bytes(address)?).map_err(|source| PackError::File { path: address.into(), source })?;
    packed.push("\n");
    part(packed, "script", id, " type=\"application/zlib;base128\"", &base128::encode(&bytes));
    Ok(())
}

/// A script that HTML cannot mistake for markup. Inside a string literal, the only place where generated glue has such
/// text, the backslash changes nothing.
fn script_text(script: &str) -> String {
    let script = script.trim_end().replace("<!--", "<\\!--");
    let mut safe = String::with_capacity(script.len());
    let mut rest = script.as_str();
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at + 1);
        safe.push_str(before);
        let tag = from.trim_start_matches('/');
        if from.len() - tag.len() <= 1 && tag.get(..6).is_some_and(|name| name.eq_ignore_ascii_case("script")) {
            safe.push('\\');
        }
        rest = from;
    }
    safe.push_str(rest);
    safe
}

/// Browsers unpack this by themselves, ten times as fast as a script would unpack what takes a fifth less. The same bytes give
/// the same ones, and what is damaged is not unpacked.
fn zlib(bytes: &[u8]) -> io::Result<Vec<u8>> {
    // All in one piece, and in many blocks: a fiftieth less than a megabyte at a time in the few that are usual.
    let options = zopfli::Options { iteration_count: ROUNDS, maximum_block_splits: 100, ..Default::default() };
    let mut writer = zopfli::ZlibEncoder::new(options, zopfli::BlockType::Dynamic, Vec::new())?;
    writer.write_all(bytes)?;
    writer.finish()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use sla_statement::report::{CaseFile, HeldCase};

    const PAGE: &str = r##"<html><head><meta http-equiv="Content-Security-Policy" content="default-src 'self'"><title>x</title><!-- <link rel="x"> --><link rel="icon" href="./icon.svg"/>
<link rel="stylesheet" href="./a.css" integrity="sha384-x"/><link rel="preload" href="./m.wasm" as="fetch"></head>
<body><script id="sla-glue" src="./g.js" data-module="./m.wasm"></script><script id="sla-boot">a < b;</script></body></html>"##;

    fn dist(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder = env::temp_dir().join(format!("sla-pack-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let usual = [
            ("index.html", PAGE),
            ("icon.svg", "<svg/>"),
            ("a.css", "p{}"),
            ("g.js", "f();"),
            ("m.wasm", "\0asm"),
            (LICENCES, "MIT"),
        ];
        for (name, text) in usual.iter().chain(files) {
            fs::write(folder.join(name), text).unwrap();
        }
        folder
    }

    fn packed(name: &str, files: &[(&str, &str)]) -> Result<String, PackError> {
        let folder = dist(name, files);
        let page = write_single_file(&folder).map(|(path, _)| fs::read_to_string(path).unwrap());
        fs::remove_dir_all(folder).unwrap();
        page
    }

    #[test]
    fn everything_is_inside_and_the_rest_stays() {
        let page = packed("inside", &[]).unwrap();
        assert!(!page.contains("./"), "still loads something: {page}");
        assert!(page.contains("<!-- <link rel=\"x\"> -->"));
        assert!(page.contains("<style id=\"sla-style-1\">\np{}\n</style>"));
        assert!(page.contains("<script id=\"sla-glue\">\nf();\n</script>"));
        assert!(page.contains("<script id=\"sla-boot\">a < b;</script><script id=\"sla-frame\""));
        assert!(page.ends_with("</script></body></html>"));
    }

    #[test]
    fn a_page_can_put_the_file_together_again_from_what_a_browser_hands_out() {
        let page = packed("again", &[]).unwrap();
        let text = |id: &str| {
            let (_, from) = page.split_once(&format!(" id=\"{id}\""))?;
            let (_, text) = from.split_once('>')?;
            Some(text.split_once("</s")?.0.to_owned())
        };
        let viewer = Viewer::of_page(&text("sla-frame").unwrap(), text).unwrap();
        assert_eq!(viewer.file(), page);
    }

    #[test]
    fn the_module_is_packed_as_browsers_unpack_it() {
        let module = "\0asm".repeat(1_000);
        let page = packed("module", &[("m.wasm", &module)]).unwrap();
        let bytes = zlib(module.as_bytes()).unwrap();
        assert!(page.contains(&format!(" type=\"application/zlib;base128\">{}</script>", base128::encode(&bytes))));
        let mut unpacked = vec![0; module.len()];
        flate2::Decompress::new(true).decompress(&bytes, &mut unpacked, flate2::FlushDecompress::Finish).unwrap();
        assert_eq!(unpacked, module.as_bytes());
    }

    #[test]
    fn glue_and_style_cannot_end_their_element() {
        let glue = ("g.js", "a('</script>', '</SCRIPT >', '<script', '<!-- x', a</b/)");
        let page = packed("escape", &[glue, ("a.css", "p::before{content:'</style>'}")]).unwrap();
        assert!(page.contains("a('<\\/script>', '<\\/SCRIPT >', '<\\script', '<\\!-- x', a</b/)"), "{page}");
        assert!(page.contains("content:'<\\/style>'"));
    }

    /// `printf 'a < b;' | openssl dgst -sha256 -binary | base64`, and the same of the others with their line breaks.
    #[test]
    fn only_the_scripts_and_styles_of_the_file_are_allowed() {
        let page = packed("policy", &[]).unwrap();
        let (_, policy) = page.split_once("content=\"").unwrap();
        let (policy, _) = policy.split_once('"').unwrap();
        let expected = [
            "default-src 'none'; script-src 'sha256-ahM3JXcI3l5z9hISkxyxNQ4LeObCZuECswOhhXH/xLQ='",
            "'sha256-Wf3t1Wkz7Qi3nSFZafRk5WJutMhVlt1et8Jq802z2qo=' 'wasm-unsafe-eval';",
            "style-src 'sha256-S1+1UhUBsQI+oYzHJq9H6zGUGt9DphQexnvaBQ874Hc='; img-src data:; worker-src blob:;",
            "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types sla-statement",
        ];
        assert_eq!(policy, expected.join(" "));
    }

    #[test]
    fn a_file_that_is_given_a_case_keeps_its_policy() {
        let page = packed("kept", &[]).unwrap();
        let file = CaseFile::new("</script><script>x".into(), b"<style>p{}</style>".to_vec(), None);
        let held = page.replace(MARK, &HeldCase::new("lang=en".into(), vec![file]).unwrap().html());
        assert_ne!(held, page);
        assert!(held.contains(&policy(&held).unwrap()), "{held}");
    }

    #[test]
    fn a_page_without_a_policy_is_refused() {
        let none = PAGE.replace("Content-Security-Policy", "refresh");
        assert!(matches!(packed("no-policy", &[("index.html", &none)]), Err(PackError::Policy)));
    }

    #[test]
    fn the_same_page_gives_the_same_bytes() {
        assert_eq!(packed("one", &[]).unwrap(), packed("two", &[]).unwrap());
    }

    #[test]
    fn what_would_be_loaded_from_beside_the_file_is_refused() {
        let two = PAGE.replace("<body>", "<body><script src=\"./more.js\"></script>");
        assert!(
            matches!(packed("script", &[("index.html", &two)]), Err(PackError::Unexpected(tag)) if tag.contains("more.js"))
        );
        let font = "@font-face{src:url('./a.woff2')}";
        assert!(
            matches!(packed("font", &[("a.css", font)]), Err(PackError::StyleLoads { sheet, .. }) if sheet == "./a.css")
        );
        assert!(packed("data", &[("a.css", "p{background:url(\"data:image/png;base64,AA\")}")]).is_ok());
        let none = PAGE.replace("sla-glue", "other");
        assert!(packed("none", &[("index.html", &none)]).is_err());
    }

    #[test]
    fn attributes_are_read_with_and_without_quotes() {
        for tag in ["<link href=\"./a.css\" rel=\"stylesheet\">", "<link href=./a.css rel=stylesheet>"] {
            assert_eq!(Tag(tag).attribute("href"), Some("./a.css"));
            assert_eq!(Tag(tag).attribute("rel"), Some("stylesheet"));
            assert_eq!(Tag(tag).attribute("src"), None);
        }
    }
}
