/** Mistakes planted in the state machine: a text of it is replaced by another one. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export interface Mutant {
  readonly mistake: string;
  /** Below src/vrrp/. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const here = fileURLToPath(new URL(".", import.meta.url));

/** A module of this folder with a state machine that has one text replaced. */
export async function mutated<T>({ file, from, to }: Mutant, module: string): Promise<T> {
  const target = path.join(here, "../../src/vrrp", file);
  const text = readFileSync(target, "utf8");
  if (text.split(from).length !== 2) throw new Error(`${file} does not hold exactly once: ${from}`);
  const { outputFiles } = await build({
    entryPoints: [path.join(here, module)],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    logLevel: "error",
    plugins: [
      {
        name: "mutant",
        setup: (bundle) => {
          const contents = text.replace(from, () => to);
          bundle.onLoad({ filter: /\.ts$/ }, ({ path: loaded }) =>
            path.resolve(loaded) === target ? { contents, loader: "ts" } : undefined,
          );
        },
      },
    ],
  });
  const code = outputFiles[0]?.text ?? "";
  return import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
}
