/** Lines that were meant to define a variable, and references to variables that nothing defines. */
import type { Place } from "../../diagnostic.ts";
import type { Host } from "../../model/host.ts";
import { bind } from "../../schema/bind.ts";
import { type Statement, walk } from "../../schema/statement.ts";
import type { PartKind, PhysicalLine, SyntaxFinding } from "../../syntax/tree.ts";
import { type Mistake, placeOf, touches } from "./mistake.ts";
import { lineAt, writtenLines } from "./written.ts";

/** `$NAME =x`, `$MY-NAME=x`, `$1ST=x`: the reading takes them for statements. */
export function brokenDefinitions(host: Host): Mistake[] {
  return writtenLines(host).flatMap((line) => {
    if (!line.statements.some((statement) => !statement.entry && !statement.data)) return [];
    const condition = line.line.parts.find((part) => part.kind === "condition")?.end ?? 0;
    const code = line.line.text.slice(condition);
    const match = /^\s*(\$\{?([^\s=${}"]+)\}?([ \t]*)=)/.exec(code);
    const [whole = "", written = "", name = "", blank = ""] = match ?? [];
    if (!match) return [];
    const file = line.source.path;
    const end = line.line.start + condition + whole.length;
    const at = placeOf(file, end - written.length, end);
    const clear = /^[A-Za-z_]\w*$/.test(name) && blank !== "" && !written.includes("{");
    const edits = clear ? [{ at, text: `$${name}=` }] : undefined;
    const uses = host.syntaxFindings.filter(
      (one) => one.kind === "undefined-variable" && one.subject === name,
    );
    const claims = [line.at, ...uses.map((use) => use.at)];
    return [{ rule: "lex-define-syntax", at, claims, subject: name, edits }];
  });
}

/**
 * `${NAME:-x}` and its like, which shells know: keepalived reads them as words and braces, whether the variable is defined
 * or not. Within quotes they are text, which may be meant for a shell.
 */
export function shellDefaults(host: Host): Mistake[] {
  return writtenLines(host).flatMap(({ source, line, at }) => {
    if (!line.text.includes("${")) return [];
    const isPart = (kind: PartKind, start: number) =>
      line.parts.some((part) => part.kind === kind && part.start === start);
    const value = line.parts.find(({ kind }) => kind === "definitionValue");
    const found = [...line.text.matchAll(shellDefault)].find(({ index, 0: whole }) =>
      value && value.start <= index
        ? isReadAsBrace(host, source.path, line.start + index + 1)
        : isPart("open", index + 1) && isPart("close", index + whole.length - 1),
    );
    if (!found) return [];
    const start = line.start + found.index;
    const place = placeOf(source.path, start, start + found[0].length);
    return [{ rule: "lex-define-syntax", at: place, claims: [at], subject: found[0] }];
  });
}

/** What a definition holds counts where it is used, and in quotes there it is text. */
function isReadAsBrace(host: Host, file: string, start: number): boolean {
  const isThere = (at: Place | undefined) => at?.file === file && at.span.start === start;
  const isUnexpected = host.findings.some(({ kind, at }) => kind === "unexpected-open" && isThere(at));
  return isUnexpected || [...walk(host.statements)].some(({ body }) => isThere(body?.open));
}

/** The variable's name and what a shell takes in its stead. */
export const shellDefault = /\$\{([A-Za-z_]\w*):?[-=]([^\s{}"]*)\}/g;

/** Kinds of values in which a dollar sign is an ordinary character. */
const freeKinds: ReadonlySet<string> = new Set(["text", "path", "command", "name", "email"]);

/**
 * Whether a reference to an undefined variable is one. In a free text, a password for instance, `$` is an ordinary
 * character unless the whole word is a reference or braces say so; scripts have variables of their own.
 */
export function isReference(host: Host, finding: SyntaxFinding): boolean {
  const line = lineAt(host, finding.at);
  for (const statement of line?.statements ?? []) {
    const kind = freeKindAt(statement, finding);
    if (kind === undefined) continue;
    const { text, command } = kind;
    return text.startsWith("$") || (!command && text.includes("${"));
  }
  return true;
}

function freeKindAt(
  statement: Statement,
  { at }: SyntaxFinding,
): { readonly text: string; readonly command: boolean } | undefined {
  const bound = bind(statement)?.bound.find((one) => touches(one.word.at, at));
  if (!bound || !freeKinds.has(bound.arg.value.is)) return undefined;
  return { text: bound.word.text, command: bound.arg.value.is === "command" };
}

/** The names that a host's files define, in the order of the files. */
export function definedNames(host: Host): readonly string[] {
  return host.sources.flatMap(({ lines }) => lines.flatMap((line) => definedOn(line) ?? []));
}

/** Whether a line above a place, in the same file, defines the variable. */
export function isDefinedAbove(host: Host, name: string, { file, span }: Place): boolean {
  const lines = host.sources.find(({ path }) => path === file)?.lines ?? [];
  return lines.some((line) => line.start < span.start && definedOn(line) === name);
}

function definedOn({ parts, text }: PhysicalLine): string | undefined {
  const part = parts.find((one) => one.kind === "definitionName");
  return part && text.slice(part.start + 1, part.end - 1);
}
