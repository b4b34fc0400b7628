/** What hover says about a word of a statement: a keyword, an option, a value, a name. */
import type { Host } from "../../model/host.ts";
import { bind, choiceOf } from "../../schema/bind.ts";
import { argFact, argText } from "../../schema/describe.ts";
import { pathOf, type Statement } from "../../schema/statement.ts";
import type { Arg, Choice, NameKind, Option } from "../../schema/types.ts";
import type { Word } from "../../syntax/tree.ts";
import type { FileView } from "../file-view.ts";
import { firstSentence, keywordMarkdown, releaseNote } from "../keyword-text.ts";
import { routedAt } from "../neighbours.ts";
import { namedText } from "./named.ts";
import { addressText, routerText } from "./router.ts";

/** A word in its statement, as a host reads it. */
export interface Asked {
  readonly view: FileView;
  readonly host: Host;
  readonly statement: Statement;
  readonly word: Word;
}

/** Markdown about a word; undefined where nothing is known. */
export function wordText(asked: Asked): string | undefined {
  const { statement, word } = asked;
  return word === statement.words[0] && !statement.data ? keywordText(asked) : argumentText(asked);
}

function keywordText(asked: Asked): string | undefined {
  const { entry } = asked.statement;
  return entry && joined([clusterText(asked), keywordMarkdown(entry)]);
}

/** What the statement does in the cluster, over all hosts. */
function clusterText({ view, statement }: Asked): string | undefined {
  const routed = routedAt(view, statement.data ? statement.parent : statement);
  return routed && routerText(pathOf(statement), routed);
}

function argumentText(asked: Asked): string | undefined {
  const { view, host, statement, word } = asked;
  const binding = bind(statement);
  const option = binding?.options.find((taken) => isAt(taken.word, word))?.option;
  if (option) return optionText(option);
  const bound = binding?.bound.find((each) => isAt(each.word, word));
  if (!bound) return undefined;
  const { arg } = bound;
  const kind = nameKindOf(arg);
  const named = kind && namedText(view, host, kind, word.text);
  const address = statement.data && !bound.option ? addressOf(asked) : undefined;
  const choice = choiceOf(arg.value, word.text);
  const effect = joined([named, address, statement.data ? undefined : clusterText(asked)]);
  if (effect !== undefined) return joined([effect, kind ? undefined : rangeText(arg)]);
  return choice ? choiceText(choice) : argDoc(asked, arg, bound.option);
}

/** Commands have words of their own at the same places. */
function isAt({ at }: Word, { at: other }: Word): boolean {
  return at.file === other.file && at.span.start === other.span.start;
}

function nameKindOf({ value }: Arg): NameKind | undefined {
  return value.is === "name" ? (value.refersTo ?? value.defines) : undefined;
}

/** On an address that an instance moves: who holds it. */
function addressOf({ view, statement }: Asked): string | undefined {
  const routed = routedAt(view, statement.parent);
  if (!routed) return undefined;
  const { addresses, excluded } = routed.member.instance;
  const found = [...addresses, ...excluded].find((each) => each.statement === statement);
  return found && addressText(found.address, routed);
}

function choiceText({ word, ...choice }: Choice): string {
  const note = releaseNote(choice);
  return `\`${word}\`: ${choice.doc}${note ? ` (${note})` : ""}`;
}

function optionText(option: Option): string {
  const note = releaseNote(option);
  const form = [option.name, ...option.args.map(argText)].join(" ");
  const facts = option.args.map((arg) => `- ${argFact(arg)}`);
  return joined([`\`${form}\`: ${option.doc}${note ? ` (${note})` : ""}`, facts.join("\n")]) ?? "";
}

/** What a value is for: its argument, and the keyword or option that takes it. */
function argDoc({ statement }: Asked, arg: Arg, option: Option | undefined): string {
  const doc = option?.doc ?? (statement.data ? undefined : statement.entry?.doc);
  return joined([rangeText(arg), doc && firstSentence(doc)]) ?? "";
}

function rangeText(arg: Arg): string {
  return `**${arg.name}**${argFact(arg).slice(arg.name.length)}`;
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  const shown = parts.filter((part) => part !== undefined && part !== "");
  return shown.length > 0 ? shown.join("\n\n") : undefined;
}
