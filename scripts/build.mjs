/** Builds dist/: one file per command. Does nothing when no input changed since the last build. */
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./ensure-installed.mjs";
import { buildGrammar } from "./grammar.mjs";
import { compileAll } from "./start/compile.mjs";
import { changedAt, inRoot, root } from "./steps.mjs";
import { thirdPartyFile, thirdPartyLicences } from "./third-party.mjs";

/**
 * People, hooks and editors wait for these with every call, and a host has no master until its daemon runs. To find some
 * fifty files of packages, to read past comments and to compile takes Node half of a start, so each holds its packages, is
 * small, and is started by a launcher that knows what V8 made of it before.
 */
const commands = {
  "cli/vrrp-lint": "src/cli/bin/vrrp-lint.ts",
  "cli/vrrp-gen": "src/cli/bin/vrrp-gen.ts",
  "cli/vrrp-run": "src/cli/bin/vrrp-run.ts",
  "server/keepalived-language-server": "server/main.ts",
};
/** The daemon starts them. */
const helpers = {
  "run/guard": "src/run/linux/guard-main.ts",
  "run/launcher": "src/run/programs/launcher-main.ts",
};
const inputs = [
  "src",
  "server",
  "grammar",
  "scripts/build.mjs",
  "scripts/third-party.mjs",
  "scripts/start",
  "package.json",
  "package-lock.json",
];
const stamp = inRoot("dist", ".built");

/** Settings that every bundle for Node shares. */
export const bundling = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  logLevel: "warning",
};

/** What only a module has, for scripts, which Node reads and compiles in less time. */
const placeOfScript = {
  define: { "import.meta.url": "placeOfScript" },
  banner: `const placeOfScript = require("node:url").pathToFileURL(__filename).href;`,
};

/** Packages that were written for require() find it in a module too. */
export const requireInModule = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

/** Promises that dist/ belongs to the sources; throws when they can not be bundled. */
export async function build() {
  buildGrammar();
  const started = new Date();
  if (changedAt(stamp) >= newest(inputs.map((input) => inRoot(input)))) return;
  const esbuild = await import("esbuild");
  const outdir = "dist";
  mkdirSync(inRoot(outdir), { recursive: true });
  writeFileSync(inRoot(outdir, "package.json"), '{ "type": "commonjs" }\n');
  const { metafile } = await esbuild.build({
    ...bundling,
    format: "cjs",
    // A script has no import() that works with all releases of Node.
    supported: { "dynamic-import": false },
    packages: "bundle",
    // They go with it in a file of their own.
    legalComments: "none",
    metafile: true,
    // Names stay: what fails is logged with them, and to give short ones back (keepNames) costs a start more than to read them.
    minifyWhitespace: true,
    minifySyntax: true,
    plugins: [protocolOnce],
    entryPoints: {
      ...helpers,
      ...Object.fromEntries(Object.entries(commands).map(([name, file]) => [`${name}.main`, file])),
    },
    outdir,
    define: placeOfScript.define,
    banner: { js: placeOfScript.banner },
  });
  writeFileSync(inRoot(outdir, thirdPartyFile), thirdPartyLicences([metafile]));
  for (const command of Object.keys(commands)) {
    writePlain(inRoot(outdir, `${command}.main.js`));
    copyFileSync(inRoot("scripts", "start", "launch.cjs"), inRoot(outdir, `${command}.js`));
    chmodSync(inRoot(outdir, `${command}.js`), 0o755);
  }
  await compileAll();
  writeFileSync(stamp, `${started.toISOString()}\n`);
}

/** Without it every file that imports this package gets a copy of all its names at each start: a dozen of 400 names. */
const protocolOnce = {
  name: "the protocol once",
  setup(build) {
    build.onResolve({ filter: /^vscode-languageserver$/ }, ({ path: name, namespace }) =>
      namespace === "file" ? { path: name, namespace: "once" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "once" }, ({ path: name }) => ({
      contents: `export * from "${name}";`,
      resolveDir: inRoot("server"),
    }));
  },
};

/** Escapes what is not ASCII, as esbuild does but for regular expressions; the launcher reads nothing else. */
function writePlain(file) {
  const text = readFileSync(file, "utf8");
  if (/\\[^\0-\x7f]/.test(text)) throw new Error(`${file} has a backslash before a sign that needs one.`);
  const code = (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  writeFileSync(file, text.replace(/[^\0-\x7f]/g, code));
}

/** When the youngest of these files and folders changed; a folder's own time tells of files that are gone. */
function newest(paths) {
  const times = paths.map((each) => {
    const status = statSync(each);
    if (!status.isDirectory()) return status.mtimeMs;
    const children = readdirSync(each).filter((name) => !name.startsWith(".making-"));
    return Math.max(status.mtimeMs, newest(children.map((name) => path.join(each, name))));
  });
  return Math.max(0, ...times);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  ensureInstalled();
  await build();
}
