/** The licences of what lies in the bundles. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { thirdPartyLicences } from "../scripts/third-party.mjs";
import { root, textOf } from "./support/project.ts";

const metafile = (...files: readonly string[]) => ({
  outputs: { "one.js": { inputs: Object.fromEntries(files.map((file) => [file, { bytesInOutput: 1 }])) } },
});

test("every package that lies in the server has its licence beside it", () => {
  const licences = textOf("dist/THIRD-PARTY-LICENSES.txt");
  for (const name of ["fdir", "picomatch", "tinyglobby", "vscode-jsonrpc", "vscode-languageserver"])
    expect(licences).toMatch(new RegExp(`^${name} \\d.*, MIT\\n\\n(?:.+\\n)`, "m"));
});

test("a package inside another one is found, and each is named once", () => {
  const inner = "node_modules/tinyglobby/node_modules/fdir/dist/index.mjs";
  const text = thirdPartyLicences([metafile("src/lines.ts", inner), metafile(inner)]);
  expect(text.match(/^fdir /gm)).toHaveLength(1);
  expect(text).not.toContain("tinyglobby");
});

test("what is left out of the bundle asks for nothing", () => {
  const outputs = { "one.js": { inputs: { "node_modules/ohm-js/index.mjs": { bytesInOutput: 0 } } } };
  expect(thirdPartyLicences([{ outputs }])).not.toContain("ohm-js");
});

test("a package without a text ends the build", () => {
  const folder = mkdtempSync(path.join(root, "node_modules", ".bare-"));
  writeFileSync(
    path.join(folder, "package.json"),
    '{ "name": "bare", "version": "1.0.0", "license": "MIT" }',
  );
  const file = `${path.relative(root, folder)}/index.js`;
  expect(() => thirdPartyLicences([metafile(file)])).toThrow("no text of its licence");
  rmSync(folder, { recursive: true });
});
