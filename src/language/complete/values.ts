/** What may stand as one word: what the schema lists, what the cluster has, and what follows from the other hosts. */
import { parseAddress } from "../../schema/address.ts";
import { mayFollow } from "../../schema/check.ts";
import { inside, pathOf, type Statement } from "../../schema/statement.ts";
import type { Arg, Choice, Value } from "../../schema/types.ts";
import type { Word } from "../../syntax/tree.ts";
import type { FileView } from "../file-view.ts";
import { type Counterpart, counterpartsOf, routedAt } from "../neighbours.ts";
import type { WordSlot } from "../slot.ts";
import { definedNames, interfaces, listedIn, namesToDefine } from "./names.ts";
import {
  type Around,
  ownSources,
  peerValues,
  priorityValues,
  stateValues,
  vridValues,
} from "./router-values.ts";
import { rank, type Suggestion, withoutRepeats } from "./suggestion.ts";

/** Values that are each host's own: another host's value would be wrong. */
const computed: Readonly<Record<string, (around: Around) => readonly Suggestion[]>> = {
  "vrrp_instance/virtual_router_id": vridValues,
  "vrrp_instance/priority": priorityValues,
  "vrrp_instance/state": stateValues,
  "vrrp_instance/unicast_src_ip": ownSources,
  "vrrp_instance/unicast_peer": peerValues,
  "vrrp_instance/mcast_src_ip": () => [],
  "global_defs/router_id": () => [],
};

/** What stands elsewhere already, or goes without saying: rules report it in these blocks. */
const unfit: Readonly<Record<string, (around: Around) => readonly (string | undefined)[]>> = {
  "vrrp_instance/track_interface": ({ routed }) => [routed?.member.instance.interface?.value],
  "vrrp_sync_group/group": ({ host }) =>
    host.instances.flatMap(({ name, group }) => (group === undefined ? [] : [name])),
};

/** The part of a slot that values depend on. */
export type ValueSlot = Pick<
  WordSlot,
  "host" | "block" | "statement" | "keyword" | "lines" | "before" | "expected"
>;

/** Everything that may stand in a slot, each text once. */
export function valuesFor(view: FileView, slot: ValueSlot): readonly Suggestion[] {
  const around: Around = { view, host: slot.host, routed: routedAt(view, slot.block) };
  const { expected, before, keyword } = slot;
  const [next] = expected.args;
  const isFirst = before.length === 0;
  const special = computed[pathIn(slot)];
  const fromHosts = special
    ? isFirst
      ? special(around)
      : []
    : [...peerLines(around, slot), ...peerWords(around, slot)];
  const listed = isFirst && slot.lines ? listedIn(slot.block, slot.statement) : new Set<string>();
  const others = new Set(unfit[pathIn(slot)]?.(around));
  return withoutRepeats([
    ...fromHosts,
    ...expected.args.flatMap(({ arg }) => valuesOfKind(arg.value, around)),
    ...(isFirst && next && keyword ? defaultOf(keyword.default, next.arg) : []),
    ...optionsOf(slot),
  ]).filter((each) => !listed.has(each.text) && !others.has(each.text) && fits(slot, each));
}

/** What would make the line wrong is not offered; a whole line of another host stands for itself. */
function fits({ block, keyword, lines, before, host }: ValueSlot, { text, kind }: Suggestion): boolean {
  const line = block?.line ?? host.statements[0]?.line;
  if (kind === "line" || !line) return true;
  const wordOf = (one: string): Word => ({
    text: one,
    at: line.at,
    quoted: false,
    exact: true,
    unknown: false,
  });
  const words = [...(keyword ? [wordOf(keyword.name)] : []), ...before];
  const data = lines !== undefined;
  const begun = { words, line, parent: block, entry: keyword, data, body: undefined, damaged: false };
  return mayFollow(begun, wordOf(text));
}

/** The name path of the keyword whose words these are, that of the block for a line of data. */
function pathIn({ block, keyword }: ValueSlot): string {
  const around = block ? pathOf(block) : "";
  return keyword ? [...(around ? [around] : []), keyword.name].join("/") : around;
}

function valuesOfKind(value: Value, around: Around): readonly Suggestion[] {
  switch (value.is) {
    case "word":
      return value.of.map(choice);
    case "int":
      return wholeNumbers(value);
    case "bool":
      return ["on", "off"].map((text) => ({ text, detail: "", rank: rank.plain, kind: "choice" }));
    case "interface":
      return interfaces(around);
    case "name":
      return [
        ...(value.refersTo ? definedNames(around, value.refersTo) : []),
        ...(value.defines ? namesToDefine(around, value.defines) : []),
      ];
    case "either":
      return value.of.flatMap((one) => valuesOfKind(one, around));
    default:
      return [];
  }
}

/** Where only a few numbers may stand, they are a choice. */
function wholeNumbers({ min, max }: Value & { is: "int" }): readonly Suggestion[] {
  if (max - min >= mostNumbers) return [];
  const all = Array.from({ length: max - min + 1 }, (_, index) => `${min + index}`);
  return all.map((text) => ({ text, detail: "", rank: rank.plain, kind: "value" }));
}

const mostNumbers = 5;

function choice({ word, doc, since, deprecated }: Choice): Suggestion {
  return {
    text: word,
    detail: doc,
    rank: deprecated ? rank.default + 1 : rank.plain,
    kind: "choice",
    ...(since !== undefined && { since }),
    ...(deprecated && { deprecated }),
  };
}

/** A default that is a value, not a description of one. */
function defaultOf(text: string | undefined, { value }: Arg): readonly Suggestion[] {
  const isValue = text !== undefined && /^[\w.:-]+$/.test(text) && value.is !== "name";
  return isValue ? [{ text, detail: "default", rank: rank.default, kind: "value" }] : [];
}

function optionsOf({ expected, before }: ValueSlot): readonly Suggestion[] {
  return expected.options.map(({ name, doc, since, deprecated }) => ({
    text: name,
    detail: doc,
    rank: (deprecated ? rank.default + 1 : rank.plain) + (before.some(({ text }) => text === name) ? 2 : 0),
    kind: "option",
    ...(since !== undefined && { since }),
    ...(deprecated && { deprecated }),
  }));
}

/** The word that other hosts have at this place of the same line; on a line of data behind its datum. */
function peerWords(
  around: Around,
  { block, keyword, before, host, expected }: ValueSlot,
): readonly Suggestion[] {
  if (!keyword && before.length === 0) return [];
  // Interfaces have their own suggestions; on a line of data another host's is most often wrong here.
  if (!keyword && expected.args.some(({ arg }) => arg.value.is === "interface")) return [];
  const first = keyword ? 1 : 0;
  return counterpartsOf(around.view, host, block).flatMap(({ host: other, block: same }) => {
    const lines = inside(same).filter(({ words }) => !keyword || words[0]?.text === keyword.name);
    return lines.flatMap(({ words }): Suggestion[] => {
      const word = words[before.length + first];
      const alike = before.every(({ text }, index) => words[index + first]?.text === text);
      if (!word || word.unknown || !alike) return [];
      return [{ text: word.text, detail: `as on ${other.name}`, rank: rank.best, kind: "value" }];
    });
  });
}

/** Lines of data that other hosts have in the same block and this one lacks. */
function peerLines(around: Around, { block, lines, before, host }: ValueSlot): readonly Suggestion[] {
  if (!lines || !block || before.length > 0) return [];
  const { view, routed } = around;
  const own = new Set(inside(block).map((line) => dataKey(line)));
  const instance = routed?.member.instance;
  for (const { address } of [...(instance?.addresses ?? []), ...(instance?.excluded ?? [])]) own.add(address);
  return counterpartsOf(view, host, block).flatMap((counterpart) =>
    inside(counterpart.block)
      .filter((line) => line.words.every(({ unknown }) => !unknown) && !own.has(dataKey(line)))
      .map((line) => ({
        text: writtenLine(around, counterpart, line),
        detail: `${counterpart.host.name} has it, ${host.name} does not`,
        rank: rank.best,
        kind: "line",
      })),
  );
}

/** What a line of data is about, addresses in one form. */
function dataKey({ words }: Statement): string {
  const text = words[0]?.text ?? "";
  return parseAddress(text)?.address ?? text;
}

/** A line of another host as it would stand here: on this host's interface where it names its own. */
function writtenLine({ routed }: Around, { host }: Counterpart, { words }: Statement): string {
  const theirs = routed?.partners.find((partner) => partner.host === host)?.instance.interface?.value;
  const ours = routed?.member.instance.interface;
  return words
    .map(({ text, quoted }, index) => {
      const moves = ours?.written && words[index - 1]?.text === "dev" && text === theirs;
      return moves ? ours.value : quoted ? `"${text}"` : text;
    })
    .join(" ");
}
