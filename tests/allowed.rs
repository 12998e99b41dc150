//! What the page's program can ask of the browser is written down: nothing is added to it unnoticed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{collections::BTreeSet, fs, iter::Peekable, path::PathBuf, str::Chars};
use wasmparser::{Parser, Payload};

const LIST: &str = include_str!("allowed.txt");

fn built(ending: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("dist");
    let entries =
        fs::read_dir(folder).expect("dist/ is missing: `make page` builds it, and `make test` before the tests");
    let mut files = entries.map(|entry| entry.unwrap().path()).filter(|path| path.to_str().unwrap().ends_with(ending));
    let file = files.next().unwrap_or_else(|| panic!("no {ending} in dist/"));
    assert_eq!(files.next(), None, "one {ending} expected in dist/");
    file
}

/// Every function that the module takes from outside, without the number that tells two of the same name apart.
fn imports(module: &[u8]) -> BTreeSet<String> {
    let sections = Parser::new(0).parse_all(module).map(|section| section.expect("the module is well formed"));
    let imports = sections.filter_map(|section| match section {
        Payload::ImportSection(imports) => Some(imports),
        _ => None,
    });
    imports
        .flat_map(|section| section.into_imports())
        .map(|import| format!("import {}", bare(import.unwrap().name)))
        .collect()
}

fn bare(name: &str) -> &str {
    name.split_once('$').map_or(name, |(bare, _)| bare)
}

/// Words of the language itself, which reach nothing.
const LANGUAGE: [&str; 33] = [
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "default",
    "delete",
    "else",
    "finally",
    "for",
    "function",
    "if",
    "instanceof",
    "let",
    "new",
    "null",
    "of",
    "return",
    "switch",
    "this",
    "throw",
    "try",
    "typeof",
    "var",
    "while",
    "true",
    "false",
    "get",
    "in",
    "void",
];

/// Every name in a script made small that is not its own: those have one letter or two.
#[derive(Default)]
struct Names {
    found: BTreeSet<String>,
    before: char,
    further: char,
}

impl Names {
    fn read(&mut self, letters: &mut Peekable<Chars<'_>>, until: Option<char>) {
        while let Some(letter) = letters.next() {
            match letter {
                letter if Some(letter) == until => return,
                '{' if until.is_some() => self.read(letters, Some('}')),
                '"' | '\'' => {
                    while let Some(inner) = letters.next().filter(|inner| *inner != letter) {
                        if inner == '\\' {
                            letters.next();
                        }
                    }
                }
                '`' => self.read_template(letters),
                letter if is_word(letter) => {
                    let mut word = String::from(letter);
                    while let Some(more) = letters.next_if(|letter| is_word(*letter)) {
                        word.push(more);
                    }
                    self.word(&word, letters.peek().copied());
                    self.step('a');
                    continue;
                }
                letter if letter.is_whitespace() => continue,
                _ => {}
            }
            self.step(letter);
        }
    }

    fn read_template(&mut self, letters: &mut Peekable<Chars<'_>>) {
        while let Some(letter) = letters.next() {
            match letter {
                '`' => return,
                '\\' => drop(letters.next()),
                '$' if letters.next_if_eq(&'{').is_some() => self.read(letters, Some('}')),
                _ => {}
            }
        }
    }

    fn step(&mut self, letter: char) {
        self.further = self.before;
        self.before = letter;
    }

    fn word(&mut self, word: &str, after: Option<char>) {
        let own = word.len() < 3 || word.starts_with(|letter: char| letter.is_ascii_digit());
        let of_module = word.starts_with("__wb") || word.starts_with("wasm_bindgen_");
        let key = after == Some(':') && matches!(self.before, '{' | ',');
        if own || of_module || key {
            return;
        }
        if self.before == '.' && self.further != '.' {
            self.found.insert(format!("member {word}"));
        } else if !LANGUAGE.contains(&word) {
            self.found.insert(format!("global {word}"));
        }
    }
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '$'
}

fn names(script: &str) -> BTreeSet<String> {
    let mut names = Names::default();
    names.read(&mut script.chars().peekable(), None);
    names.found
}

#[test]
fn the_program_asks_of_the_browser_what_is_listed_and_no_more() {
    let mut found = imports(&fs::read(built("_bg.wasm")).unwrap());
    assert!(found.len() > 50, "{found:?}");
    found.extend(names(&fs::read_to_string(built(".js")).unwrap()));
    let listed: BTreeSet<String> =
        LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect();
    let added: Vec<_> = found.difference(&listed).collect();
    assert!(added.is_empty(), "new, and not in tests/allowed.txt: {added:#?}");
    let gone: Vec<_> = listed.difference(&found).collect();
    assert!(gone.is_empty(), "no longer used, and still in tests/allowed.txt: {gone:#?}");
}

/// The glue could load a module by its address, but is given one that was loaded before. A part of Leptos that is never
/// reached could empty an element through `innerHTML`; the page's policy refuses even that. `write` is a name in the
/// glue's own interface to streams.
const EXCEPTIONS: [&str; 4] = ["global fetch", "global write", "import set_innerHTML", "member innerHTML"];

#[test]
fn nothing_listed_sends_or_makes_markup() {
    let page = include_str!("../index.html");
    let (_, channels) = page.split_once("var channels = [").unwrap();
    let (channels, _) = channels.split_once("];").unwrap();
    let mut forbidden: Vec<&str> = channels.split('"').skip(1).step_by(2).collect();
    assert!(forbidden.len() > 15, "{forbidden:?}");
    forbidden.extend([
        "sendBeacon",
        "innerHTML",
        "set_innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "write",
        "eval",
        "Function",
    ]);
    for line in LIST.lines().filter(|line| !line.starts_with('#')) {
        let (kind, name) = line.split_once(' ').unwrap_or_default();
        assert!(EXCEPTIONS.contains(&line) || !forbidden.contains(&name), "{kind} {name} is listed");
    }
}

#[test]
fn names_are_found_wherever_a_script_can_have_them() {
    let script =
        "let ab=fetch,c={href:ab.open(`x ${new Image().src} eval`)};if(typeof WebSocket===`y`){'top';[...postMessage]}";
    let found = names(script);
    let expected =
        ["global Image", "global WebSocket", "global fetch", "global postMessage", "member open", "member src"];
    assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}
