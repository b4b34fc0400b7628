/**
 * The two servers of the extension, for a browser's worker and for Node, without packing everything twice: what decides
 * (src/) lies in the worker's script, and the server for Node takes it from there. A worker has to be one script.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { requireInModule } from "./build.mjs";
import { inRoot } from "./steps.mjs";

/** What the server imports from the rooms below it, but for those that need Node, as paths in the project. */
function sharedModules() {
  const files = readdirSync(inRoot("server"), { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const found = files.flatMap((file) => {
    const from = path.posix.join("server", path.dirname(file));
    const text = readFileSync(inRoot("server", file), "utf8");
    const imports = [...text.matchAll(/\bfrom "(\.[^"]+)"/g)].map(([, to]) => path.posix.join(from, to));
    return imports.filter(isShared);
  });
  return [...new Set(found)].sort();
}

const isShared = (module) => /^src\/(?!cli\/)/.test(module);

/** The worker's script: starts the server in a worker, and hands out its modules anywhere else. */
export function workerBundle(outfile) {
  const modules = sharedModules();
  const contents = [
    ...modules.map((module, index) => `import * as m${index} from "./${module}";`),
    `export const modules = { ${modules.map((module, index) => `"${module}": m${index}`).join(", ")} };`,
    `if (typeof importScripts === "function") require("./server/browser.ts");`,
  ].join("\n");
  return {
    stdin: { contents, resolveDir: inRoot(), sourcefile: "worker.js" },
    outfile,
    format: "iife",
    platform: "browser",
    globalName: "vrrpkit",
    footer: { js: `if (typeof module === "object") module.exports = vrrpkit;` },
  };
}

/** The server for Node, which lies beside the worker's script. */
export function nodeBundle(outfile) {
  return {
    entryPoints: ["server/main.ts"],
    outfile,
    banner: { js: requireInModule },
    external: ["./worker.js"],
    plugins: [{ name: "modules of the worker", setup: takeFromWorker }],
  };
}

function takeFromWorker(build) {
  build.onResolve({ filter: /\/src\// }, ({ path: to, importer }) => {
    const module = path
      .relative(inRoot(), path.resolve(path.dirname(importer), to))
      .split(path.sep)
      .join("/");
    const isOurs = importer.startsWith(inRoot("server") + path.sep) && isShared(module);
    return isOurs ? { path: module, namespace: "worker" } : undefined;
  });
  build.onLoad({ filter: /.*/, namespace: "worker" }, ({ path: module }) => ({
    contents: `module.exports = require("./worker.js").modules[${JSON.stringify(module)}];`,
  }));
}
