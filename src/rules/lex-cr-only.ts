import type { Host } from "../model/host.ts";
import { fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { placeOf } from "./lexical/mistake.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-cr-only";

export const lexCrOnly: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "The lines end in a carriage return alone.",
  why: "keepalived's lines end in a line feed. Without any, the whole file is one line: one unknown keyword, and nothing is configured.",
  basis: "Seen with keepalived -t.",
  bad: () => [
    {
      input: `global_defs {«\r»}\r${file(instance()).replaceAll("\n", "\r")}`,
      fixed: `global_defs {\n}\n${file(instance())}`,
    },
  ],
  good: () => [file(instance()), file(instance()).replaceAll("\n", "\r\n")],
  check(host, report) {
    for (const { at } of mistakes(host, id)) {
      report(
        at,
        "The lines of this file end in a carriage return alone, so to keepalived all of it is one line and nothing is configured. Save the file with line feeds, as Unix does.",
        { fixes: fix("End the lines in line feeds", true, ...lineFeeds(host, at.file)) },
      );
    }
  },
};

function lineFeeds(host: Host, path: string) {
  const text = host.sources.find((source) => source.path === path)?.text ?? "";
  return [{ at: placeOf(path, 0, text.length), text: text.toString().replaceAll("\r", "\n") }];
}
