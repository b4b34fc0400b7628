import { named } from "../schema/statement.ts";
import { readBoolean } from "../schema/values.ts";
import { deleteLines, fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { olderThan } from "./support.ts";
import type { FileRule } from "./types.ts";

const globals = (...lines: string[]) => block("global_defs", "router_id a", ...lines);

export const vrrpStrictFalseOldVersion: FileRule = {
  id: "vrrp-strict-false-old-version",
  severity: "error",
  over: "file",
  summary: "vrrp_strict false switches strict mode on in releases before 2.3.0.",
  why: "Those releases do not look at the word. In strict mode the virtual addresses cannot be reached and authentication is dropped: the service is down after the first failover.",
  basis: "keepalived commit 548743ec (first in 2.3.0); keepalived/core/global_parser.c (v2.2.7).",
  bad: () => [
    {
      input: file(globals("«vrrp_strict false»"), instance()),
      fixed: file(globals(), instance()),
      target: "2.2.7",
    },
    { input: file(globals("«vrrp_strict off»"), instance()), fixed: file(globals(), instance()) },
  ],
  good: () => [file(globals("vrrp_strict"), instance())],
  check(host, report) {
    const { target } = host;
    const old = olderThan(target, "2.3.0");
    if (target !== undefined && !old) return;
    for (const line of named(host.globals.statements, "vrrp_strict")) {
      const [keyword, word] = line.words;
      if (!keyword || !word || word.unknown || readBoolean(word.text) !== false) continue;
      const span = { start: keyword.at.span.start, end: word.at.span.end };
      report(
        { file: keyword.at.file, span },
        `${old ? `keepalived ${target} ignores` : "keepalived before 2.3.0 ignores"} ${word.text} and switches strict mode on: the virtual addresses cannot be reached, and authentication is dropped. Delete the line; without it strict mode is off in every release.`,
        {
          fixes: fix("Delete the line", true, deleteLines(host, line)),
          ...(old ? {} : { severity: "info" as const }),
        },
      );
    }
  },
};
