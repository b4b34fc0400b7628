/** Fleets from the examples of rules: for `--explain`, and for the tests that run every example. */
import { formFleet } from "../model/fleet.ts";
import type { Fleet } from "../model/host.ts";
import { readHost } from "../model/read.ts";
import type { IncludeReader } from "../syntax/include.ts";
import type { BadExample, Example } from "./types.ts";

/** The release of all hosts, or of each by its file. */
export type Target = BadExample["target"];

/** Texts by file name; a single text is `keepalived.conf`. */
export function textsOf(example: Example): Readonly<Record<string, string>> {
  return typeof example === "string" ? { "keepalived.conf": example } : example;
}

/**
 * A complete fleet of these files, one host each. Files in a directory are no hosts but what includes find; without any
 * such file, includes are not looked up.
 */
export function fleetOf(example: Example, target?: Target): Fleet {
  const texts = textsOf(example);
  const include = Object.keys(texts).some(isPart) ? readerOf(texts) : undefined;
  const hosts = Object.entries(texts)
    .filter(([path]) => !isPart(path))
    .map(([path, text]) => {
      const release = typeof target === "string" ? target : target?.[path];
      return readHost({ path, text, target: release, include });
    });
  return formFleet(hosts, { complete: true });
}

const isPart = (path: string) => path.includes("/");

function readerOf(texts: Readonly<Record<string, string>>): IncludeReader {
  return (pattern) => {
    const [before = "", after] = pattern.split("*");
    const found = Object.entries(texts).filter(([path]) =>
      after === undefined ? path === pattern : path.startsWith(before) && path.endsWith(after),
    );
    const isDirectory = Object.keys(texts).some((path) => path.startsWith(`${pattern}/`));
    return {
      files: found.map(([path, text]) => ({ path, text })),
      directories: isDirectory ? [pattern] : [],
    };
  };
}
