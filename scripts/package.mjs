/**
 * `npm run package`: the extension as dist/vscode/*.vsix. The same sources give the same bytes: names and settings are
 * fixed, and every file in it has one date (docs/decisions/0011-extension.md).
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { bundling } from "./build.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { buildGrammar } from "./grammar.mjs";
import { nodeBundle, workerBundle } from "./server-bundles.mjs";
import { inRoot, runNode, say } from "./steps.mjs";
import { thirdPartyFile, thirdPartyLicences } from "./third-party.mjs";

/** The date of every file in the package, unless SOURCE_DATE_EPOCH names another; ZIP knows none before 1980. */
const date = process.env.SOURCE_DATE_EPOCH ?? "315619200";

const small = { ...bundling, packages: "bundle", minify: true, legalComments: "none", metafile: true };
const bundles = [
  {
    entryPoints: ["client/extension.ts"],
    outfile: "dist/extension.cjs",
    format: "cjs",
    external: ["vscode"],
  },
  {
    entryPoints: ["client/browser.ts"],
    outfile: "dist/browser.js",
    format: "cjs",
    platform: "browser",
    external: ["vscode"],
  },
  workerBundle("dist/server/worker.js"),
  nodeBundle("dist/server/keepalived-language-server.mjs"),
];

const copied = {
  "client/README.md": "README.md",
  "client/icon.png": "icon.png",
  "client/images": "images",
  "client/language-configuration.json": "language-configuration.json",
  "client/snippets.json": "snippets.json",
  "client/walkthrough": "walkthrough",
  "syntaxes/keepalived.tmLanguage.json": "syntaxes/keepalived.tmLanguage.json",
  "docs/rules.md": "docs/rules.md",
  "docs/settings.schema.json": "docs/settings.schema.json",
  "CHANGELOG.md": "CHANGELOG.md",
  LICENSE: "LICENSE.txt",
};

/** Writes everything that is packed into a folder, which is emptied first. */
export async function stage(folder) {
  buildGrammar();
  rmSync(folder, { recursive: true, force: true });
  for (const [from, to] of Object.entries(copied)) {
    cpSync(inRoot(from), path.join(folder, to), { recursive: true });
  }
  writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(await manifest(), undefined, 2)}\n`);
  writeFileSync(path.join(folder, ".vscodeignore"), "# Everything here is packed.\n");
  // The worker's script is no module, though the extension is one.
  mkdirSync(path.join(folder, "dist", "server"), { recursive: true });
  writeFileSync(path.join(folder, "dist", "server", "package.json"), '{ "type": "commonjs" }\n');
  const esbuild = await import("esbuild");
  const metafiles = [];
  for (const bundle of bundles) {
    const outfile = path.join(folder, bundle.outfile);
    const { metafile } = await esbuild.build({ ...small, ...bundle, outfile });
    metafiles.push(metafile);
  }
  writeFileSync(path.join(folder, thirdPartyFile), thirdPartyLicences(metafiles));
}

/** Node 20 does not run TypeScript, so what fills the manifest in is bundled first, below the packages it needs. */
async function manifest() {
  const folder = mkdtempSync(inRoot("node_modules", ".package-"));
  try {
    const outfile = path.join(folder, "manifest.mjs");
    const esbuild = await import("esbuild");
    await esbuild.build({ ...bundling, entryPoints: ["scripts/editor/manifest.ts"], outfile });
    const { packedManifest } = await import(pathToFileURL(outfile).href);
    const { version } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
    return packedManifest(JSON.parse(readFileSync(inRoot("client", "package.json"), "utf8")), version);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Packs the extension into a file; throws when vsce finds fault with it. */
export async function packExtension(file) {
  const folder = path.join(path.dirname(file), "extension");
  await stage(folder);
  mkdirSync(path.dirname(file), { recursive: true });
  const vsce = inRoot("node_modules", "@vscode", "vsce", "vsce");
  const args = [
    "package",
    "--no-dependencies",
    "--allow-missing-repository",
    "--no-rewrite-relative-links",
    "--out",
    file,
  ];
  const code = runNode([vsce, ...args], {
    cwd: folder,
    env: { ...process.env, SOURCE_DATE_EPOCH: date },
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (code !== 0) throw new Error("vsce could not pack the extension; its messages stand above.");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  ensureInstalled();
  const file = inRoot("dist", "vscode", "vrrpkit.vsix");
  await packExtension(file);
  const kilobytes = Math.round(readFileSync(file).length / 1000);
  say(`Packed: ${path.relative(inRoot(), file)}, ${kilobytes} kB`);
}
