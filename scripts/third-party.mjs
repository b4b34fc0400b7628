/** The licences of packages that lie inside our bundles: theirs ask that their texts go wherever the code goes. */
import { readdirSync, readFileSync } from "node:fs";
import { inRoot } from "./steps.mjs";

/** The name of the file that holds them. */
export const thirdPartyFile = "THIRD-PARTY-LICENSES.txt";

/**
 * The licences of all packages of which something lies in the bundles, from what esbuild tells of them ("metafile"), in the
 * order of their names. Throws for a package without a text.
 */
export function thirdPartyLicences(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) =>
      Object.entries(output.inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
    ),
  );
  const folders = new Set(inputs.flatMap((file) => packageFolder(file) ?? []));
  const packages = [...folders].map(readPackage).sort((one, other) => (one.title < other.title ? -1 : 1));
  const texts = new Map(packages.map(({ title, text }) => [title, text]));
  const parts = [...texts].map(([title, text]) => `${title}\n\n${text}\n`);
  return ["These packages are part of this one.\n", ...parts].join(`\n${"-".repeat(78)}\n\n`);
}

/** `node_modules/@scope/name` of a file in it, also of a package inside another one; undefined for our own files. */
function packageFolder(file) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(inRoot(folder, "package.json"), "utf8"));
  const file = readdirSync(inRoot(folder)).find((each) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(each));
  if (file === undefined) throw new Error(`${folder} goes into a bundle, but has no text of its licence.`);
  const text = readFileSync(inRoot(folder, file), "utf8").replaceAll("\r\n", "\n").trim();
  return { title: `${name} ${version}, ${license}`, text };
}
