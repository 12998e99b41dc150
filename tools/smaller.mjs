// Makes the scripts and style sheets of the page small, once trunk has built it. Trunk's own way gives other names to the same
// script each time, by which no two builds of the same sources would be the same file.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { transformSync } = createRequire(join(process.cwd(), ".tools/node_modules/"))("esbuild");
const dist = process.env.TRUNK_STAGING_DIR ?? "dist";
const smaller = (text, loader) =>
  transformSync(text, { loader, minify: true, charset: "utf8", legalComments: "none", target: "esnext" }).code.trim();
const digest = (text) => `sha384-${createHash("sha384").update(text).digest("base64")}`;

// The module asks for what it needs of the browser by names that end in sixteen digits. What is called and told apart by its
// name alone does as well, and digits without a pattern are what packs worst.
function withShortNames(glue, module) {
  const short = new Map();
  const shorter = (name) => {
    const bare = name.match(/^(?:__wbg_)?(\w+)_[0-9a-f]{16}$/)?.[1];
    if (!bare) return name;
    if (!short.has(name)) {
      const taken = [...short.values()].filter((other) => other.replace(/\$\d+$/, "") === bare).length;
      short.set(name, taken ? `${bare}$${taken}` : bare);
    }
    return short.get(name);
  };
  const made = withImportsNamed(module, shorter);
  return [glue.replace(/\b__wb\w+_[0-9a-f]{16}\b/g, (name) => short.get(name) ?? name), made];
}

// The module with other names in its section of imports, each of which has a name of its module and one of its own.
function withImportsNamed(module, named) {
  let at = 8;
  const number = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = module[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const coded = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...coded(value >>> 7)]);
  const name = () => {
    const length = number();
    return module.subarray(at, (at += length));
  };
  const withLength = (bytes) => Buffer.concat([Buffer.from(coded(bytes.length)), bytes]);
  while (at < module.length) {
    const start = at, kind = module[at++], length = number(), end = at + length;
    if (kind !== 2) {
      at = end;
      continue;
    }
    const count = number(), parts = [Buffer.from(coded(count))];
    for (let left = count; left; left -= 1) {
      const from = name(), own = name().toString(), what = at;
      // Only functions are asked for.
      if (module[at++] !== 0) throw new Error(`${own} is no function`);
      number();
      parts.push(withLength(from), withLength(Buffer.from(named(own))), module.subarray(what, at));
    }
    const section = withLength(Buffer.concat(parts));
    return Buffer.concat([module.subarray(0, start + 1), section, module.subarray(end)]);
  }
  throw new Error("the module asks for nothing");
}

function shortenNames() {
  const names = readdirSync(dist);
  const [glue, module] = [".js", "_bg.wasm"].map((end) => join(dist, names.find((name) => name.endsWith(end))));
  const before = readFileSync(glue, "utf8");
  const [text, bytes] = withShortNames(before, readFileSync(module));
  page = page.replace(digest(before), digest(text));
  writeFileSync(glue, text);
  writeFileSync(module, bytes);
}

const path = join(dist, "index.html");
let page = readFileSync(path, "utf8");
shortenNames();
for (const name of readdirSync(dist).filter((name) => /\.(css|js)$/.test(name))) {
  const text = readFileSync(join(dist, name), "utf8");
  const made = smaller(text, name.split(".").pop());
  writeFileSync(join(dist, name), made);
  page = page.replace(digest(text), digest(made));
}
page = page.replace(/(<script id="sla-boot">)([^]*?)(<\/script>)/, (_, start, boot, end) => start + smaller(boot, "js") + end);
writeFileSync(path, page);
