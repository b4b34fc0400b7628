/** Text to lines and parts: the only file that imports the grammar. Any text parses. */
import { rules } from "../../grammar/keepalived.rules.ts";
import type { Text } from "../text.ts";
import { compile, type Match } from "./matcher.ts";
import type { Part, PartKind, PhysicalLine, SourceFile } from "./tree.ts";

export type { Match } from "./matcher.ts";

/** Grammar rules that become parts of a line, and the kind of part each one is. */
const partKinds: Readonly<Record<string, PartKind>> = {
  condition: "condition",
  definitionName: "definitionName",
  definitionValue: "definitionValue",
  sequence: "sequence",
  list: "sequence",
  includeKeyword: "includeKeyword",
  includePath: "includePath",
  open: "open",
  close: "close",
  quoted: "quoted",
  unclosed: "bad",
  word: "word",
  reference: "reference",
};

/** Further rules whose matches the readers of values look at. */
const valueRules = [
  "code",
  "openString",
  "literalQuoted",
  "literalWord",
  "comment",
  "continuation",
  "ignored",
  "conditionName",
  "variableName",
  "parameters",
  "environmentName",
  "sequenceHex",
  "sequenceName",
  "sequenceNumbers",
  "repeatedText",
  "number",
  "listName",
  "listSet",
  "listValue",
  "commandWord",
  "commandEscape",
  "singleQuoted",
  "doubleQuoted",
  "ipv4",
  "ipv6",
  "group",
  "prefixLength",
  "rangeEnd",
];

const match = compile(rules, new Set([...Object.keys(partKinds), ...valueRules]));

/** Longer lines are not remembered: they are rare and would fill the memory of an editor session. */
const longestRemembered = 400;
const mostRemembered = 50_000;
const remembered = new Map<string, readonly Part[]>();

/**
 * Applies a start rule of the grammar to a whole text: `integer`, `decimal`, `address`, `addressRange`,
 * `commandLine`, `sequenceSpec`, `listSpec`, `name` …. Returns undefined when the text does not match.
 */
export function recognise(rule: string, text: string): Match | undefined {
  return match(rule, text);
}

/** Reads a text into lines; their texts joined are the text. Never fails. */
export function parseSource(path: string, text: Text): SourceFile {
  return { path, text, lines: parseLines(text, 0, text.length) };
}

/** The lines between two offsets of a text, each of which is the start of a line or the end of the text. */
export function parseLines(text: Text, from: number, to: number): PhysicalLine[] {
  const whole = from === 0 && to === text.length;
  const stretch = whole ? text.toString() : unshared(text.slice(from, to));
  const lines: PhysicalLine[] = [];
  let start = 0;
  do {
    const feed = stretch.indexOf("\n", start);
    const end = feed === -1 ? stretch.length : feed + 1;
    if (start === end && from + start > 0) break;
    const lineText = stretch.slice(start, end);
    lines.push({ start: from + start, text: lineText, parts: partsOf(lineText, from + start === 0) });
    start = end;
  } while (start < stretch.length);
  return lines;
}

/** A copy of a text that was cut from a longer one: a mere slice would keep the longer one in memory. */
function unshared(text: string): string {
  return ` ${text}`.slice(1);
}

function partsOf(line: string, first: boolean): readonly Part[] {
  if (first && line.startsWith("\uFEFF")) {
    const rest = parseLine(line.slice(1)).map((part) => shifted(part, 1));
    return [{ kind: "bom", start: 0, end: 1 }, ...rest];
  }
  if (line.length > longestRemembered) return parseLine(line);
  const known = remembered.get(line);
  if (known) return known;
  const parts = parseLine(line);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(unshared(line), parts);
  return parts;
}

/** The parts of one line, its line end included; they cover it without gap. */
export function parseLine(line: string): readonly Part[] {
  let end = line.length;
  while (end > 0 && (line[end - 1] === "\n" || line[end - 1] === "\r")) end--;
  const text = line.slice(0, end);
  const parts: Part[] = [];
  for (const piece of match("line", text)?.children ?? []) {
    if (piece.rule === "code") {
      for (const part of parseCode(text.slice(piece.start, piece.end))) parts.push(part);
    } else parts.push({ kind: pieceKind(piece.rule), start: piece.start, end: piece.end });
  }
  if (end < line.length) parts.push({ kind: "lineEnd", start: end, end: line.length });
  return parts.filter((part) => part.end > part.start);
}

function pieceKind(rule: string): PartKind {
  if (rule === "comment") return "comment";
  return rule === "continuation" ? "continuation" : "bad";
}

/**
 * The parts of a line's code, that is of a text without comment. Expansion calls it again on a text whose variables
 * were replaced, as keepalived does.
 */
export function parseCode(code: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  const blankUpTo = (to: number) => {
    if (to > at) parts.push({ kind: "blank", start: at, end: to });
  };
  for (const piece of match("logical", code)?.children ?? []) {
    const kind = partKinds[piece.rule];
    if (kind === undefined) continue;
    blankUpTo(piece.start);
    parts.push(partOf(piece, kind));
    at = piece.end;
  }
  if (at < code.length) {
    const last = parts[parts.length - 1];
    const continued = last?.kind === "definitionValue" && code.endsWith("\\");
    if (continued) {
      blankUpTo(code.length - 1);
      parts.push({ kind: "continuation", start: code.length - 1, end: code.length });
    } else blankUpTo(code.length);
  }
  return parts;
}

function partOf(piece: Match, kind: PartKind): Part {
  const inner = piece.children
    .filter((child) => child.rule === "reference")
    .map((child) => partOf(child, partKinds[child.rule] as PartKind));
  const { start, end } = piece;
  return inner.length > 0 ? { kind, start, end, inner } : { kind, start, end };
}

function shifted(part: Part, by: number): Part {
  const { kind, start, end, inner } = part;
  const moved = { kind, start: start + by, end: end + by };
  return inner ? { ...moved, inner: inner.map((child) => shifted(child, by)) } : moved;
}
