/** The blocks of a file as a tree, and the names of a whole workspace. */
import type { Place, Span } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import { inside, type Statement } from "../schema/statement.ts";
import type { FileView } from "./file-view.ts";
import { type NamedKind, namesOf } from "./names.ts";
import { definitionsOn, type VariableDefinition } from "./variables.ts";

/** A block, a variable, or a line of data, with what is inside. */
export interface Outline {
  readonly name: string;
  readonly detail: string;
  readonly kind: "block" | "definition" | "data" | "variable";
  /** All of it, up to its closing brace. */
  readonly span: Span;
  /** Its keyword and name. */
  readonly header: Span;
  readonly children: readonly Outline[];
}

/** The outline of a file; what stands under another host's condition is there as well. */
export function outlineOf(view: FileView): readonly Outline[] {
  const blocks = view.hosts.flatMap((host) =>
    topOf(host, view.file).flatMap((statement) => entry(statement, view) ?? []),
  );
  const variables = view.hosts.flatMap((host) =>
    definitionsOn(host).flatMap((each) => (each.at.file === view.file ? [variable(each)] : [])),
  );
  return unique(variables).reduce(withVariable, unique(blocks)).toSorted(inOrder);
}

/** Hosts that share a file have the same in it, but a line of ~SEQ gives several names at one place. */
function unique(all: readonly Outline[]): readonly Outline[] {
  const seen = new Set<string>();
  return all.filter(({ span, name }) => {
    const key = `${span.start} ${name}`;
    return !seen.has(key) && seen.add(key);
  });
}

const inOrder = (one: Outline, other: Outline) => one.span.start - other.span.start;

function variable({ name, value, at }: VariableDefinition): Outline {
  return { name: `$${name}`, detail: value, kind: "variable", span: at.span, header: at.span, children: [] };
}

/** A variable that is defined inside a block belongs to what is in the block. */
function withVariable(all: readonly Outline[], added: Outline): readonly Outline[] {
  const { start, end } = added.span;
  const around = all.find(({ span }) => span.start <= start && end <= span.end);
  if (!around) return [...all, added];
  const children = withVariable(around.children, added).toSorted(inOrder);
  return all.map((each) => (each === around ? { ...around, children } : each));
}

/** The outermost statements that stand in a file: an included file may begin inside a block. */
function topOf(host: Host, file: string): readonly Statement[] {
  const waiting = [...host.statements];
  const found: Statement[] = [];
  for (let statement = waiting.shift(); statement; statement = waiting.shift()) {
    if (statement.line.at.file === file) found.push(statement);
    else waiting.push(...inside(statement));
  }
  return found;
}

function entry(statement: Statement, view: FileView): Outline | undefined {
  const { words, line, body, data } = statement;
  const header = line.at.span;
  if (line.at.file !== view.file || (!body && !data)) return undefined;
  const [keyword, ...rest] = words.map(({ text }) => text);
  const name = data ? words.map(({ text }) => text).join(" ") : [keyword, ...rest].join(" ");
  const close = body?.close?.file === view.file ? body.close.span.end : undefined;
  const children = inside(statement).flatMap((each) => entry(each, view) ?? []);
  const end = Math.max(close ?? header.end, header.end, ...children.map(({ span }) => span.end));
  const names = !data && rest.length > 0;
  return {
    name: name === "" ? "(empty)" : name,
    detail: detailOf(statement),
    kind: data ? "data" : names ? "definition" : "block",
    span: { start: header.start, end },
    header,
    children,
  };
}

/** What tells an instance from another at a glance. */
function detailOf(statement: Statement): string {
  const value = (keyword: string) =>
    inside(statement).findLast(({ words }) => words[0]?.text === keyword)?.words[1]?.text;
  if (statement.words[0]?.text !== "vrrp_instance") return "";
  const [vrid, priority, state] = ["virtual_router_id", "priority", "state"].map(value);
  return [vrid && `VRID ${vrid}`, priority && `priority ${priority}`, state].filter(Boolean).join(", ");
}

/** A name that is defined somewhere in a workspace. */
export interface WorkspaceName {
  readonly name: string;
  readonly kind: NamedKind;
  readonly at: Place;
  readonly host: string;
}

/** The definitions whose name holds the letters of a query in their order. */
export function findNames(hosts: readonly Host[], query: string): readonly WorkspaceName[] {
  const letters = [...query.toLowerCase()];
  const fits = (name: string) => {
    let at = 0;
    const lower = name.toLowerCase();
    return letters.every((letter) => {
      at = lower.indexOf(letter, at) + 1;
      return at > 0;
    });
  };
  const all = hosts.flatMap((host) =>
    namesOf(host)
      .filter(({ defines, name }) => defines && fits(name))
      .map(({ name, kind, at }) => ({ name, kind, at, host: host.name })),
  );
  // A line of ~SEQ gives several names at one place.
  return [
    ...new Map(all.map((each) => [`${each.at.file} ${each.at.span.start} ${each.name}`, each])).values(),
  ];
}
