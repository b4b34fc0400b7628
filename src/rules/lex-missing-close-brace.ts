import type { Fix, Place } from "../diagnostic.ts";
import { wholeLines } from "../lines.ts";
import type { Host } from "../model/host.ts";
import { type Finding, inside, type Statement } from "../schema/statement.ts";
import { fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { placeOf } from "./lexical/mistake.ts";
import { findingsFor } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-missing-close-brace";

export const lexMissingCloseBrace: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A block has no closing brace.",
  why: "keepalived reads the lines that follow as part of the block: a priority among addresses, a second instance inside the first. Their settings are lost and defaults hold, but the daemon runs.",
  basis:
    "lib/parser.c, alloc_value_block and process_stream (v2.2.7); seen with keepalived -t and with a running daemon.",
  bad: () => [
    {
      input: `vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 51
    virtual_ipaddress «{»
        10.0.0.100/24
    priority 150
}
`,
      fixed: `vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 51
    virtual_ipaddress {
        10.0.0.100/24
    }
    priority 150
}
`,
    },
    {
      input: "global_defs «{»\n    router_id a\n",
      fixed: "global_defs {\n    router_id a\n}\n",
    },
  ],
  good: () => [file(instance())],
  check(host, report) {
    for (const finding of findingsFor(host, id)) {
      const name = finding.statement?.words[0]?.text ?? "this";
      report(
        finding.at,
        `The ${name} block is not closed: keepalived takes the lines that follow as part of it, and what they set is lost. Add a } where the block ends.`,
        { fixes: closing(host, finding) },
      );
    }
  },
};

/** A brace below the last line that stands deeper than the block's header. */
function closing(host: Host, { statement }: Finding): readonly Fix[] {
  const header = statement?.line.reported;
  const source = host.sources.find((one) => one.path === header?.file);
  if (!statement || !header || !source) return [];
  const last = lastLine(statement);
  if (last.file !== header.file || last.span.start < header.span.start) return [];
  const { start, end } = wholeLines(source.text, { start: last.span.start, end: last.span.start });
  const lines = source.text.slice(start, end);
  const lead = /^[ \t]*/.exec(source.text.slice(header.span.start, header.span.end))?.[0] ?? "";
  const newline = lines.endsWith("\r\n") ? "\r\n" : "\n";
  const text = `${lines.endsWith("\n") ? "" : newline}${lead}}${newline}`;
  const indented = inside(statement).every((one) => one.line.indent > statement.line.indent);
  return fix("Close the block here", indented, { at: placeOf(source.path, end, end), text });
}

const lastLines = new WeakMap<Statement, Place>();

/** Blocks without end nest as deep as a file is long: this goes down without recursion, and once for all on the way. */
function lastLine(statement: Statement): Place {
  const way: Statement[] = [];
  let found: Place | undefined;
  for (let here = statement; !found; ) {
    way.push(here);
    const last = inside(here).at(-1);
    found = lastLines.get(here) ?? last?.body?.close;
    if (last) here = last;
    else found ??= here.body?.open ?? here.line.reported;
  }
  for (const each of way) lastLines.set(each, found);
  return found;
}
