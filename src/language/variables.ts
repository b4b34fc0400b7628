/** Variables of the hosts' files: where each is defined, and what it stands for on a host. */
import type { Place } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import type { SourceFile } from "../syntax/tree.ts";

/** One `$NAME=value` line. */
export interface VariableDefinition {
  readonly name: string;
  /** As written, references in it as they are. */
  readonly value: string;
  /** The name with its `$` and without its `=`. */
  readonly at: Place;
  /** Goes on over further lines. */
  readonly continued: boolean;
  /** Such as `@main`; empty where it always counts. */
  readonly condition: string;
}

const known = new WeakMap<SourceFile, readonly VariableDefinition[]>();

/** The definitions that count on a host, in the order of its files; every one where its config-id is not known. */
export function definitionsOn({ sources, configId }: Host): readonly VariableDefinition[] {
  return sources.flatMap(definitionsIn).filter(({ condition }) => holds(condition, configId));
}

function holds(condition: string, configId: string | undefined): boolean {
  if (condition === "" || configId === undefined) return true;
  return condition.startsWith("@^") ? condition.slice(2) !== configId : condition.slice(1) === configId;
}

function definitionsIn(source: SourceFile): readonly VariableDefinition[] {
  const before = known.get(source);
  if (before) return before;
  const found = source.text.includes("$") ? [...readDefinitions(source)] : [];
  known.set(source, found);
  return found;
}

function* readDefinitions({ path, lines }: SourceFile): Generator<VariableDefinition> {
  for (const { start, text, parts } of lines) {
    const name = parts.find(({ kind }) => kind !== "blank" && kind !== "condition" && kind !== "bom");
    if (name?.kind !== "definitionName") continue;
    const condition = parts.find(({ kind }) => kind === "condition");
    const value = parts.find(({ kind }) => kind === "definitionValue");
    yield {
      name: text.slice(name.start + 1, name.end - 1).trim(),
      value: value ? text.slice(value.start, value.end) : "",
      at: { file: path, span: { start: start + name.start, end: start + name.end - 1 } },
      continued: parts.some(({ kind }) => kind === "continuation"),
      condition: condition ? text.slice(condition.start, condition.end).trim() : "",
    };
  }
}

/** keepalived's own variables, with what each stands for. */
export const standardVariables: ReadonlyMap<string, string> = new Map([
  ["_PWD", "The folder of the file that is being read."],
  ["_INSTANCE", "The config-id that keepalived was started with."],
  ["_RANDOM", "A random number; with bounds as ${_RANDOM 1 100}."],
  ["_HASH", "The sign #, where it would begin a comment."],
  ["_BANG", "The sign !, where it would begin a comment."],
  ["_ENV", "A variable of keepalived's environment, as ${_ENV NAME}."],
]);

/** The definition that a reference at a place gets: the last one above it, those of other files among them. */
export function definitionFor(
  host: Host,
  name: string,
  { file, span }: Place,
): VariableDefinition | undefined {
  const all = definitionsOn(host).filter((each) => each.name === name);
  return (
    all.findLast(({ at }) => at.file === file && at.span.start < span.start) ??
    all.findLast(({ at }) => at.file !== file)
  );
}

/** More references than these are left as they are; definitions may name each other again and again. */
const mostReplaced = 100;

/** What a definition stands for, with the references in it replaced; those of unknown value stay as they are. */
export function meaningOf(host: Host, definition: VariableDefinition): string {
  let replaced = 0;
  const textOf = ({ value, at }: VariableDefinition): string =>
    value.replaceAll(/\$\{(\w+)\}|\$(\w+)(?=\s|$)/g, (whole, braced?: string, plain?: string) => {
      const inner = definitionFor(host, braced ?? plain ?? "", at);
      if (!inner || inner === definition || replaced >= mostReplaced) return whole;
      replaced++;
      return textOf(inner);
    });
  return textOf(definition);
}
