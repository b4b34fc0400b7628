import { readFileSync } from "node:fs";

/** The version of this package; sources and bundles both lie two folders below package.json. */
export const version: string = readVersion();

/** The pages of this package that describe it and its rules; they are on no server. */
export const aboutPage: string = new URL("../../README.md", import.meta.url).href;
export const rulesPage: string = new URL("../../docs/rules.md", import.meta.url).href;

function readVersion(): string {
  const description: unknown = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  const found = (description as { version?: unknown }).version;
  return typeof found === "string" ? found : "unknown";
}
