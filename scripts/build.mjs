/** Builds dist/: one file per command. Does nothing when no input changed since the last build. */
import { chmodSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./ensure-installed.mjs";
import { buildGrammar } from "./grammar.mjs";
import { changedAt, inRoot, root } from "./steps.mjs";

const commands = {
  "cli/vrrp-lint": "src/cli/bin/vrrp-lint.ts",
  "cli/vrrp-gen": "src/cli/bin/vrrp-gen.ts",
  "cli/vrrp-run": "src/cli/bin/vrrp-run.ts",
  "server/keepalived-language-server": "server/main.ts",
  // The daemon starts it.
  "run/guard": "src/run/linux/guard-main.ts",
  "run/ip-worker": "src/run/linux/ip-worker.ts",
  "run/launch-worker": "src/run/programs/launch-worker.ts",
};
const inputs = ["src", "server", "grammar", "scripts/build.mjs", "package.json", "package-lock.json"];
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

/** Promises that dist/ belongs to the sources; throws when they can not be bundled. */
export async function build() {
  buildGrammar();
  const started = new Date();
  if (changedAt(stamp) >= newest(inputs.map((input) => inRoot(input)))) return;
  const esbuild = await import("esbuild");
  await esbuild.build({
    ...bundling,
    entryPoints: commands,
    outdir: "dist",
    banner: { js: "#!/usr/bin/env node" },
  });
  for (const command of Object.keys(commands)) chmodSync(inRoot("dist", `${command}.js`), 0o755);
  writeFileSync(stamp, `${started.toISOString()}\n`);
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
