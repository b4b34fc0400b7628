/** Lets Node run the project's TypeScript files: `node --import ./test/support/typescript.mjs FILE.ts`. */
import { readFile } from "node:fs/promises";
import { register } from "node:module";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";
import { transform } from "esbuild";

// Hooks run in a thread of their own, which loads this file once more.
if (isMainThread) register(import.meta.url);

/** Node's hook for loading a module. */
export async function load(url, context, nextLoad) {
  if (!url.endsWith(".ts")) return nextLoad(url, context);
  const text = await readFile(fileURLToPath(url), "utf8");
  const { code } = await transform(text, { loader: "ts", format: "esm", sourcefile: url });
  return { format: "module", source: code, shortCircuit: true };
}
