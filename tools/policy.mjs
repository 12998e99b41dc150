// Names the boot script of the hosted page by its hash in the page's Content-Security-Policy, once trunk has built it:
// before, trunk makes the script smaller. The single file's policy is written by src/bin/pack.rs.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const path = join(process.env.TRUNK_STAGING_DIR ?? "dist", "index.html");
const page = readFileSync(path, "utf8");
const boot = page.match(/<script id="?sla-boot"?>([^]*?)<\/script>/);
if (!boot || page.split("'sha256-boot'").length !== 2) {
  console.error(`${path}: one boot script and one 'sha256-boot' expected`);
  process.exit(1);
}
const hash = createHash("sha256").update(boot[1]).digest("base64");
writeFileSync(path, page.replace("'sha256-boot'", `'sha256-${hash}'`));
