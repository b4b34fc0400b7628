import { file, instance } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-unexpected-open-brace";

export const lexUnexpectedOpenBrace: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "An opening brace stands where no block begins.",
  why: "keepalived ignores the brace but not the one that closes it: that one ends the block around it, and all settings below it are lost.",
  basis: "lib/parser.c, process_stream (v2.2.7); seen with keepalived -t.",
  bad: () => [{ input: file(instance("nopreempt «{»", "}")) }],
  good: () => [file(instance("nopreempt"))],
  check(host, report) {
    for (const { at, statement } of findingsFor(host, id)) {
      const name = statement?.words[0]?.text;
      const reason = name === undefined || statement?.data ? "No block begins here" : `${name} has no block`;
      report(
        at,
        `${reason}, so keepalived ignores this {, but the } that belongs to it ends the block around it and what follows is lost. Delete both braces.`,
      );
    }
  },
};
