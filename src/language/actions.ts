/** What can be done about what is wrong: fixes, also in a peer's file, silencing, and mending everything at once. */
import type { Diagnostic, Edit, Span } from "../diagnostic.ts";
import { lineEndOf } from "../lines.ts";
import { mend } from "../rules/mend.ts";
import { silencersOf } from "../rules/silence.ts";
import { parseSource } from "../syntax/parse.ts";
import { lineOf } from "./cursor.ts";
import type { FileView } from "./file-view.ts";
import { offersFor } from "./offers.ts";
import type { Workspace } from "./workspace.ts";

/** Something the user may choose. */
export interface Action {
  readonly title: string;
  /** Which finding it is about; absent for what concerns the whole file. */
  readonly diagnostic: Diagnostic | undefined;
  /** The fix that restores what the author meant. */
  readonly preferred: boolean;
  readonly edits: readonly Edit[];
}

/**
 * The fixes of every finding on the lines of a span, those of peers' files among their edits, and what the other hosts
 * make likely.
 */
export function fixesAt(view: FileView, span: Span): readonly Action[] {
  return diagnosticsAt(view, span).flatMap((diagnostic) => {
    const preferred = diagnostic.fixes.find(({ safe }) => safe);
    const others = diagnostic.fixes.filter((fix) => fix !== preferred);
    // What other hosts have is more likely to be meant than to go without.
    const all = [...(preferred ? [preferred] : []), ...offersFor(view, diagnostic), ...others];
    return all.map((fix) => ({
      title: titleOf(fix.title, fix.edits, view),
      diagnostic,
      preferred: fix === preferred,
      edits: fix.edits,
    }));
  });
}

/** Names the other files that a fix changes. */
function titleOf(title: string, edits: readonly Edit[], view: FileView): string {
  const others = [...new Set(edits.map(({ at }) => at.file))].filter((file) => file !== view.file);
  const names = others.map((file) => view.shown(file));
  if (names.length === 0 || names.every((name) => title.includes(name))) return title;
  const isHere = edits.some(({ at }) => at.file === view.file);
  return `${title} (${isHere ? "here and " : ""}in ${names.join(", ")})`;
}

/** Comments that silence the findings on the lines of a span, on one line or in the whole file. */
export function silencingAt(view: FileView, span: Span): readonly Action[] {
  const seen = new Set<string>();
  return diagnosticsAt(view, span).flatMap((diagnostic) => {
    const { rule } = diagnostic;
    if (seen.has(rule) || rule === "lint-unused-silencer") return [];
    seen.add(rule);
    const action = (title: string, edit: Edit): Action => ({
      title,
      diagnostic,
      preferred: false,
      edits: [edit],
    });
    return [
      action(`Silence ${rule} here`, silenceLine(view, diagnostic)),
      action(`Silence ${rule} in this file`, silenceFile(view, rule)),
    ];
  });
}

function diagnosticsAt(view: FileView, { start, end }: Span): readonly Diagnostic[] {
  const from = lineOf(view, start).span.start;
  const to = lineOf(view, end).span.end;
  return view.diagnostics.filter(({ at }) => at.span.start <= to && at.span.end >= from);
}

/** A comment line above the finding's line, with its indentation; a silencer that stands there takes the name. */
function silenceLine(view: FileView, { at, rule }: Diagnostic): Edit {
  const { line, span } = lineOf(view, at.span.start);
  const above = line > 1 ? view.lines.lineSpan(line - 1) : undefined;
  const silencer = above && silencersOf(parseSource(view.file, view.text)).findLast(isIn(above));
  if (silencer) return insertion(view, silencer.at.span.end, ` ${rule}`);
  const indent = /^[ \t]*/.exec(view.text.slice(span.start, span.end))?.[0] ?? "";
  return insertion(view, span.start, `${indent}# vrrp-lint-disable-next-line ${rule}${lineEndOf(view.text)}`);
}

function isIn({ start, end }: Span) {
  return ({ at, rule }: { readonly at: { readonly span: Span }; readonly rule: string | undefined }) =>
    rule !== undefined && at.span.start >= start && at.span.end <= end;
}

function silenceFile(view: FileView, rule: string): Edit {
  const start = view.text.slice(0, 1) === "\uFEFF" ? 1 : 0;
  return insertion(view, start, `# vrrp-lint-disable ${rule}${lineEndOf(view.text)}`);
}

function insertion({ file }: FileView, offset: number, text: string): Edit {
  return { at: { file, span: { start: offset, end: offset } }, text };
}

/**
 * Every safe fix in the cluster of a file, applied until none is left: one edit for each file that changes.
 * Undefined when there is nothing to mend. Fixes that touch only the file are asked for with `alone`.
 */
export function fixAll(workspace: Workspace, file: string, alone: boolean): readonly Edit[] | undefined {
  const changed = new Map<string, string>();
  let now = workspace;
  mend({
    judge: () => {
      const { fleet, diagnostics = [] } = now.clusterOf(file) ?? {};
      const all = new Set(fleet?.hosts.flatMap(({ sources }) => sources.map(({ path }) => path)));
      const files = [...all].filter((each) => !alone || each === file);
      return { texts: new Map(files.map((each) => [each, now.textOf(each)?.toString() ?? ""])), diagnostics };
    },
    change: (texts) => {
      for (const [each, text] of texts) changed.set(each, text);
      now = workspace.withTexts(changed);
    },
  });
  if (changed.size === 0) return undefined;
  return [...changed].map(([each, text]) => narrowed(each, workspace.textOf(each)?.toString() ?? "", text));
}

/** The edit from one text to another, without the lines that are the same above and below. */
function narrowed(file: string, old: string, text: string): Edit {
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start < shorter && old[start] === text[start]) start++;
  while (start > 0 && old[start - 1] !== "\n") start--;
  let same = 0;
  while (same < shorter - start && old[old.length - 1 - same] === text[text.length - 1 - same]) same++;
  // From the start of a line on, so that no line end is torn apart.
  const line = old.indexOf("\n", old.length - same);
  const end = line === -1 ? old.length : line + 1;
  return { at: { file, span: { start, end } }, text: text.slice(start, text.length - (old.length - end)) };
}

/** Whether there is anything that `fixAll` would mend, without doing it. */
export function hasSafeFixes(workspace: Workspace, file: string, alone: boolean): boolean {
  const { diagnostics = [] } = workspace.clusterOf(file) ?? {};
  return diagnostics.some(({ fixes }) => {
    const edits = fixes.find(({ safe }) => safe)?.edits;
    return edits !== undefined && (!alone || edits.every(({ at }) => at.file === file));
  });
}
