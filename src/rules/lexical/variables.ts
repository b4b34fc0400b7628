/** Lines that were meant to define a variable, and references to variables that nothing defines. */
import type { Host } from "../../model/host.ts";
import { bind } from "../../schema/bind.ts";
import type { Statement } from "../../schema/statement.ts";
import type { SyntaxFinding } from "../../syntax/tree.ts";
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
  return host.sources.flatMap((source) =>
    source.lines.flatMap((line) => {
      const part = line.parts.find((one) => one.kind === "definitionName");
      return part ? [line.text.slice(part.start + 1, part.end - 1)] : [];
    }),
  );
}
