import type { Edit, Place } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import type { PhysicalLine } from "../syntax/tree.ts";
import { fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { placeOf } from "./lexical/mistake.ts";
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
  bad: () => [
    { input: file(instance("nopreempt «{»", "}")), fixed: file(instance("nopreempt")) },
    { input: file(instance("priority 150 «{» }")), fixed: file(instance("priority 150")) },
    {
      input: file(instance("preempt_delay 300 «{»", "    state BACKUP", "} # waits")),
      fixed: file(instance("preempt_delay 300", "    state BACKUP", "# waits")),
    },
    { input: file(instance("nopreempt «{»")), fixed: file(instance("nopreempt")) },
  ],
  good: () => [file(instance("nopreempt"))],
  check(host, report) {
    const known = new Map<string, Braces>();
    for (const { at, statement } of findingsFor(host, id)) {
      const name = statement?.words[0]?.text;
      const reason = name === undefined || statement?.data ? "No block begins here" : `${name} has no block`;
      const braces = known.get(at.file) ?? bracesOf(host, at.file);
      known.set(at.file, braces);
      report(
        at,
        `${reason}, so keepalived ignores this {, but the } that belongs to it ends the block around it and what follows is lost. Delete both braces.`,
        { fixes: fix("Delete the braces", false, ...deletion(braces, at)) },
      );
    }
  },
};

interface Brace {
  readonly line: PhysicalLine;
  readonly start: number;
}

/** The opening braces of a file by their offsets, each with the closing one that belongs to it. */
interface Braces {
  readonly pairs: ReadonlyMap<number, readonly [Brace, Brace?]>;
  /** The file has a closing brace too few. */
  readonly lacksClose: boolean;
}

function bracesOf(host: Host, path: string): Braces {
  const pairs = new Map<number, readonly [Brace, Brace?]>();
  const waiting: Brace[] = [];
  let depth = 0;
  for (const line of host.sources.find((source) => source.path === path)?.lines ?? [])
    for (const { kind, start } of line.parts) {
      if (kind !== "open" && kind !== "close") continue;
      const brace = { line, start: line.start + start };
      depth += kind === "open" ? 1 : -1;
      const open = kind === "close" ? waiting.pop() : undefined;
      if (open) pairs.set(open.start, [open, brace]);
      if (kind === "open") waiting.push(brace);
    }
  for (const open of waiting) pairs.set(open.start, [open]);
  return { pairs, lacksClose: depth > 0 };
}

/** Deletes a `{` and the `}` behind it that belongs to it; the `{` alone where the file has a `}` too few. */
function deletion({ pairs, lacksClose }: Braces, { file: path, span }: Place): readonly Edit[] {
  const [open, close] = pairs.get(span.start) ?? [];
  return [open, lacksClose ? undefined : close].flatMap((brace) => (brace ? [without(path, brace)] : []));
}

/** Deletes a brace with the blanks in front of it, and its line where nothing else is on that. */
function without(path: string, brace: Brace): Edit {
  const { line, start } = brace;
  const column = start - line.start;
  const [before, behind] = [line.text.slice(0, column), line.text.slice(column + 1)];
  const blanks = behind.length - behind.trimStart().length;
  const [from, to] =
    before.trim() !== ""
      ? [before.trimEnd().length, column + 1]
      : blanks === behind.length
        ? [0, line.text.length]
        : [column, column + 1 + blanks];
  return { at: placeOf(path, line.start + from, line.start + to), text: "" };
}
