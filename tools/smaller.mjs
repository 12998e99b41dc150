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

const path = join(dist, "index.html");
let page = readFileSync(path, "utf8");
for (const name of readdirSync(dist).filter((name) => /\.(css|js)$/.test(name))) {
  const text = readFileSync(join(dist, name), "utf8");
  const made = smaller(text, name.split(".").pop());
  writeFileSync(join(dist, name), made);
  page = page.replace(digest(text), digest(made));
}
page = page.replace(/(<script id="sla-boot">)([^]*?)(<\/script>)/, (_, start, boot, end) => start + smaller(boot, "js") + end);
writeFileSync(path, page);
