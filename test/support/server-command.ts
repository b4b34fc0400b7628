/** The language server as an installed command, bundled from the sources as they are now. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./project.ts";

/** Bundles the server into a folder and returns the folder that holds the command, for a PATH. */
export function installServer(folder: string): string {
  const built = spawnSync(process.execPath, [path.join(root, "scripts", "build.mjs")], { encoding: "utf8" });
  if (built.status !== 0) throw new Error(`The build failed: ${built.stderr}`);
  const bin = path.join(folder, "bin");
  const command = path.join(bin, "keepalived-language-server");
  const script = path.join(root, "dist", "server", "keepalived-language-server.js");
  mkdirSync(bin, { recursive: true });
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
  chmodSync(command, 0o755);
  return bin;
}
