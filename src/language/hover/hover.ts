/** Hover: what a word means, and what it does on the other hosts. */
import type { Place, Span } from "../../diagnostic.ts";
import type { Host } from "../../model/host.ts";
import { findRule } from "../../rules/index.ts";
import { silencersOf } from "../../rules/silence.ts";
import { parseSource } from "../../syntax/parse.ts";
import type { Part, Word } from "../../syntax/tree.ts";
import { lineOf, statementAt } from "../cursor.ts";
import type { FileView } from "../file-view.ts";
import { headLength, headText } from "../sequences.ts";
import { definitionFor, definitionsOn, meaningOf, standardVariables } from "../variables.ts";
import { wordText } from "./word.ts";

export interface Hover {
  /** The word that is explained. */
  readonly span: Span;
  readonly markdown: string;
}

/** What is known about the word at an offset; undefined where there is none, or nothing to say. */
export function hoverAt(view: FileView, offset: number): Hover | undefined {
  const { span: line } = lineOf(view, offset);
  const text = view.text.slice(line.start, line.end);
  const parts = parseSource(view.file, text).lines[0]?.parts ?? [];
  const at = offset - line.start;
  const part = parts.find(({ start, end }) => start <= at && at < end) ?? parts.find(({ end }) => end === at);
  if (!part) return undefined;
  const inFile = ({ start, end }: Span): Span => ({ start: line.start + start, end: line.start + end });
  if (part.kind === "comment") return silencerHover(view, offset, line);
  const variable = referenceIn(part, at);
  if (variable) {
    const raw = text.slice(variable.start, variable.end);
    return variableHover(view, raw, inFile(variable));
  }
  if (part.kind === "condition") return conditionHover(view, text.slice(part.start, part.end), inFile(part));
  if (part.kind === "includeKeyword" || part.kind === "includePath")
    return includeHover(view, inFile(part), parts.find(({ kind }) => kind === "includePath") ?? part, text);
  const head = part.kind === "sequence" ? headLength(text.slice(part.start, part.end)) : 0;
  if (at < part.start + head)
    return sequenceHover(text, { start: part.start, end: part.start + head }, inFile);
  return wordHover(view, offset);
}

function sequenceHover(text: string, head: Span, inFile: (span: Span) => Span): Hover {
  return { span: inFile(head), markdown: headText(text.slice(head.start, head.end)) };
}

/** A reference, alone or inside a word, or the name of a definition without its `=`. */
function referenceIn(part: Part, at: number): Span | undefined {
  if (part.kind === "reference") return part;
  if (part.kind === "definitionName") return { start: part.start, end: part.end - 1 };
  return part.inner?.find(({ start, end }) => start <= at && at <= end);
}

function silencerHover(view: FileView, offset: number, line: Span): Hover | undefined {
  if (!view.text.slice(line.start, line.end).includes("vrrp-lint-disable")) return undefined;
  const silencer = silencersOf(parseSource(view.file, view.text)).find(
    ({ at }) => at.span.start <= offset && offset <= at.span.end,
  );
  if (!silencer) return undefined;
  const { rule: id, at } = silencer;
  if (id === undefined) return { span: at.span, markdown: "Silences every rule." };
  const rule = findRule(id);
  if (!rule) return { span: at.span, markdown: `There is no rule \`${id}\`.` };
  return { span: at.span, markdown: `**${rule.id}** (${rule.severity}): ${rule.summary}\n\n${rule.why}` };
}

/** Values by host; hosts that agree share a line. */
function variableHover(view: FileView, raw: string, span: Span): Hover | undefined {
  const name = /\w+/.exec(raw)?.[0] ?? "";
  const standard = standardVariables.get(name);
  const place: Place = { file: view.file, span };
  const values = view.hosts.map((host) => ({ host, value: valueOn(host, name, place) }));
  if (values.every(({ value }) => value === undefined)) {
    const markdown = standard ?? "Nothing defines this variable above.";
    return { span, markdown: `\`$${name}\`: ${markdown}` };
  }
  const agree = new Set(values.map(({ value }) => value)).size === 1;
  const shown = agree ? values.slice(0, 1) : values;
  const lines = shown.map(({ host, value }) => {
    const who = agree ? "" : `${host.name}: `;
    return `- ${who}${value ?? "not defined"}`;
  });
  return { span, markdown: [`\`$${name}\``, lines.join("\n")].join("\n\n") };
}

function valueOn(host: Host, name: string, place: Place): string | undefined {
  const own = definitionsOn(host).find(
    ({ name: each, at }) => each === name && at.file === place.file && at.span.start === place.span.start,
  );
  const definition = own ?? definitionFor(host, name, place);
  if (!definition) return undefined;
  const { condition, continued } = definition;
  const unsure = condition !== "" && host.configId === undefined ? ` (only under ${condition})` : "";
  return `\`${meaningOf(host, definition) || " "}\`${continued ? " and further lines" : ""}${unsure}`;
}

function conditionHover({ fleet, hosts }: FileView, raw: string, span: Span): Hover | undefined {
  const [, negated, id = ""] = /^@(\^?)(.*)$/.exec(raw.trim()) ?? [];
  if (id === "") return undefined;
  const readers = hosts.length > 0 ? hosts : fleet.hosts;
  const counts = readers.filter(({ configId }) => (configId === id) !== (negated === "^"));
  const names = counts.map(
    ({ name, configId }) => `${name}${configId === undefined ? " (config-id not known)" : ""}`,
  );
  const meaning =
    negated === "^"
      ? `The line counts on every host but the one with the config-id \`${id}\`.`
      : `The line counts only on the host with the config-id \`${id}\`.`;
  const holds = names.length > 0 ? `Here that is: ${names.join(", ")}.` : "Here that is no host.";
  return { span, markdown: `${meaning} ${holds}` };
}

/** The files that an include brings in, as far as they can be read. */
function includeHover(view: FileView, span: Span, path: Part, text: string): Hover {
  const found = view.include(text.slice(path.start, path.end), view.file)?.files ?? [];
  const names = found.map(({ path: file }) => view.shown(file));
  const which = names.length > 0 ? `Reads ${names.join(", ")}.` : "No file of this name could be read.";
  return { span, markdown: `${which} The lines count as if they stood here.` };
}

function wordHover(view: FileView, offset: number): Hover | undefined {
  for (const host of view.hosts) {
    const statement = statementAt(host, view.file, offset);
    const word = statement?.words.find((each) => holds(each, view.file, offset));
    if (!statement || !word) continue;
    const markdown = wordText({ view, host, statement, word });
    return markdown === undefined ? undefined : { span: word.at.span, markdown };
  }
  return undefined;
}

function holds({ at }: Word, file: string, offset: number): boolean {
  return at.file === file && at.span.start <= offset && offset <= at.span.end;
}
