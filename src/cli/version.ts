import { readFileSync } from "node:fs";

/** The version of this package; sources and bundles both lie two folders below package.json. */
export const version: string = readVersion();

function readVersion(): string {
  const description: unknown = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  const found = (description as { version?: unknown }).version;
  return typeof found === "string" ? found : "unknown";
}
