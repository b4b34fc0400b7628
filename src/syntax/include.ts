/** include lines: which files they bring in. Reading files is the caller's affair. */
import type { Text } from "../text.ts";
import { parseSource } from "./parse.ts";
import type { Traced } from "./traced.ts";
import type { SourceFile, SyntaxFinding, SyntaxFindingKind } from "./tree.ts";

/** What a pattern matched: files with their text, in order, and directories, which keepalived skips. */
export interface IncludeAnswer {
  readonly files: readonly { readonly path: string; readonly text: Text }[];
  readonly directories: readonly string[];
}

/** Looks up a pattern of glob(7), relative to the directory of the including file. Undefined when it cannot look. */
export type IncludeReader = (pattern: string, from: string) => IncludeAnswer | undefined;

interface Context {
  readonly reader: IncludeReader | undefined;
  readonly from: string;
  /** The files being read now, outermost first. */
  readonly open: readonly string[];
}

interface Opened {
  readonly sources: readonly SourceFile[];
  readonly findings: readonly SyntaxFinding[];
  readonly uncertain: boolean;
}

/** keepalived gives up a little deeper; real files nest two or three levels. */
const deepest = 30;

/** Resolves one include line. */
export function openInclude(pattern: Traced, condition: string | undefined, context: Context): Opened {
  const { at } = pattern.origin(0, pattern.text.length);
  const text = pattern.text;
  const problem = (kind: SyntaxFindingKind, subject = text): Opened => ({
    sources: [],
    findings: [{ kind, at, subject }],
    uncertain: true,
  });
  if (text.startsWith('"')) return problem("include-quoted");
  if (text.includes("$")) return problem("include-with-variable");
  const answer = context.reader?.(text, context.from);
  if (!answer) return problem("include-not-read");
  if (answer.files.length === 0)
    return problem(answer.directories.length > 0 ? "include-directory" : "include-not-found");
  const findings: SyntaxFinding[] = [];
  if (condition !== undefined) findings.push({ kind: "include-with-variable", at, subject: condition });
  const sources: SourceFile[] = [];
  for (const file of answer.files) {
    if (context.open.includes(file.path) || context.open.length >= deepest)
      findings.push({ kind: "include-cycle", at, subject: file.path });
    else sources.push(parseSource(file.path, file.text));
  }
  return { sources, findings, uncertain: false };
}
