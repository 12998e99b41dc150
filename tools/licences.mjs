// Writes THIRD-PARTY.txt: every crate that becomes part of the page or of the program, and the texts of their licences,
// each once. `make licences` runs it when a dependency has changed; tests/supply.rs holds the list to Cargo.lock.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const cargo = (...words) => execFileSync("cargo", words, { encoding: "utf8", maxBuffer: 1 << 28 });
const metadata = JSON.parse(cargo("metadata", "--format-version", "1", "--all-features", "--locked"));
const own = metadata.workspace_members;

// What `cargo tree` says is linked: no procedural macros, nothing that only builds or tests.
const tree = (...words) =>
  cargo("tree", "--locked", "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}", ...words)
    .split("\n")
    .map((line) => line.replace(/ \(.*/, "").replace(" v", " "))
    .filter(Boolean);
const linked = new Set([
  ...tree("--target", "wasm32-unknown-unknown", "--no-default-features", "--features", "viewer"),
  ...tree("--target", "all"),
]);

// MIT is the shortest of those that most crates leave to choose from.
const chosen = (licence) => (/\bMIT\b/.test(licence) && !/\bAND\b/.test(licence) ? "MIT" : licence);

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

// The texts that come with a crate; of several to choose from, the one that was chosen.
function texts(crate) {
  const folder = dirname(crate.manifest_path);
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => entry.name).filter((name) => /^(un)?licen[cs]e|^copying|^notice/i.test(name)).sort();
  const fitting = chosen(crate.license) === "MIT" ? files.filter((name) => /mit/i.test(name)) : [];
  const texts = (fitting.length ? fitting : files)
    .map((name) => readFileSync(join(folder, name), "utf8").replace(/\r\n/g, "\n").trim());
  if (texts.length) return texts;
  if (chosen(crate.license) !== "MIT") throw new Error(`${crate.name}: no text of ${crate.license}`);
  const holders = crate.authors.map((name) => name.replace(/ <.*/, "")).join(", ") || `the authors of ${crate.name}`;
  return [`Copyright (c) ${holders}\n\n${MIT}`];
}

const words = (text) => text.replace(/\s+/g, " ").trim();

// The same licence stands once, after what each crate says before it: who holds the copyright.
function parted(text) {
  const start = text.search(/Permission\s+is\s+hereby\s+granted/);
  return start >= 0 && words(text.slice(start)) === words(MIT) ? [text.slice(0, start).trim(), MIT] : ["", text];
}

const byText = new Map();
const list = [];
for (const crate of metadata.packages.sort((a, b) => (a.name + a.version < b.name + b.version ? -1 : 1))) {
  if (own.includes(crate.id) || !linked.has(`${crate.name} ${crate.version}`)) continue;
  list.push(`${crate.name} ${crate.version}: ${crate.license}`);
  for (const [notice, text] of texts(crate).map(parted)) {
    const key = words(text);
    if (!byText.has(key)) byText.set(key, { text, crates: new Map() });
    const crates = byText.get(key).crates;
    crates.set(notice, new Set([...(crates.get(notice) ?? []), crate.name]));
  }
}

const rule = "=".repeat(80);
const parts = [...byText.values()].map(({ text, crates }) => {
  const heads = [...crates].map(([notice, names]) => `${[...names].join(", ")}\n${rule}\n${notice && `\n${notice}\n`}`);
  return `${rule}\n${heads.join(`\n${rule}\n`)}\n${text}\n`;
});
writeFileSync("THIRD-PARTY.txt", `sla-statement contains the following software of others.\n\n${list.join("\n")}\n\n${parts.join("\n")}`);
