/** The keywords that may stand in a block, those that are missing first. */
import { isOlder } from "../../model/release.ts";
import { inside, pathOf, type Statement } from "../../schema/statement.ts";
import type { Keyword } from "../../schema/types.ts";
import { firstSentence, releaseNote } from "../keyword-text.ts";
import { counterpartsOf, routedAt } from "../neighbours.ts";
import type { KeywordSlot } from "../slot.ts";
import { type Piece, piecesOf, piecesWith, piecesWithLines } from "../snippet.ts";
import type { FileView } from "../workspace.ts";
import { type Item, sortText } from "./item.ts";
import { vridValues } from "./router-values.ts";
import { rank } from "./suggestion.ts";
import { valuesFor } from "./values.ts";

const order = { missing: 0, block: 1, allowed: 2, other: 3, deprecated: 5, tooNew: 6, present: 7 } as const;

/** An item for each keyword of the block, and for what may stand anywhere: includes, definitions, conditions. */
export function keywordItems(view: FileView, slot: KeywordSlot): readonly Item[] {
  const { host, block, statement, keywords } = slot;
  if (block && !block.entry) return [];
  const around = block ? inside(block) : host.statements;
  const present = new Set(around.flatMap((each) => (each === statement ? [] : (each.words[0]?.text ?? []))));
  const missing = missingIn(view, slot);
  const path = block ? `${pathOf(block)}/` : "";
  const items = keywords.map((keyword, index): Item => {
    const { name, doc, deprecated } = keyword;
    const isPresent = keyword.times === "once" && present.has(name);
    const tooNew = tooNewFor(host, keyword);
    const rankOf = () => {
      if (isPresent) return order.present;
      if (tooNew) return order.tooNew;
      if (deprecated) return order.deprecated;
      if (missing.has(name) && !present.has(name)) return order.missing;
      // Outside of all blocks few want the daemon's own settings.
      return !block && keyword.keywords ? order.block : order.allowed;
    };
    const notes = [isPresent ? "stands here already" : "", tooNew ?? "", releaseNote(keyword)];
    const snippet = slot.followed ? undefined : snippetFor(view, slot, keyword, missing.has(name));
    return {
      label: name,
      kind: keyword.keywords || keyword.lines ? "block" : "keyword",
      detail: [...notes.filter((note) => note !== ""), firstSentence(doc)].join(" · "),
      text: name,
      ...(snippet && { snippet }),
      subject: { keyword: path + name },
      deprecated: deprecated !== undefined,
      sort: sortText(rankOf(), index),
    };
  });
  return [...items, ...otherItems(slot)];
}

/** Why a host can not use something; undefined where it can, or where its release is not known. */
export function tooNewFor(
  host: KeywordSlot["host"],
  { since }: { readonly since?: string },
): string | undefined {
  const { target, name } = host;
  const tooNew = target !== undefined && since !== undefined && isOlder(target, since);
  return tooNew ? `too new: ${name} runs ${target}` : undefined;
}

/** Keywords that the same block of other hosts has, or that the block's own example shows as needed. */
function missingIn(view: FileView, { host, block }: KeywordSlot): ReadonlySet<string> {
  const elsewhere = block
    ? counterpartsOf(view, host, block).flatMap((each) => inside(each.block))
    : view.fleet.hosts.flatMap((other) => (other === host ? [] : other.statements));
  const names = elsewhere.map(({ words }) => words[0]?.text ?? "");
  return new Set([...names, ...(block?.entry ? keywordsOfExample(block.entry) : [])]);
}

/** The keywords directly inside a block's own example. */
function keywordsOfExample(entry: Keyword): readonly string[] {
  const text = piecesOf(entry)
    .map((piece) => (typeof piece === "string" ? piece : ""))
    .join("");
  return [...text.matchAll(/^\t([\w-]+)/gm)].map(([, name]) => name ?? "");
}

/** The keyword with what is most likely behind it: the other hosts' values and lines, a VRID that is free. */
function snippetFor(
  view: FileView,
  { host, block }: KeywordSlot,
  keyword: Keyword,
  likely: boolean,
): readonly Piece[] {
  const slot = { host, statement: undefined, keyword, lines: undefined, before: [] };
  const { args, lines } = keyword;
  if (keyword.name === "vrrp_instance" && !block) {
    const [vrid] = vridValues({ view, host, routed: undefined });
    const values = new Map(vrid ? [["vrrp_instance/virtual_router_id", vrid.text]] : []);
    return piecesWith(keyword, values);
  }
  if (!likely || !block) return piecesOf(keyword);
  if (lines) return dataPieces(view, block, keyword, { ...slot, block, lines });
  if (keyword.keywords) return piecesWith(keyword, valuesElsewhere(view, { host, block, keyword }));
  const [arg] = args;
  if (!arg || !routedAt(view, host, block)) return piecesOf(keyword);
  const expected = { args: [{ arg, option: undefined }], options: [] };
  const best = valuesFor(view, { ...slot, block, expected })
    .filter((each) => each.rank <= rank.peer)
    .sort((one, other) => one.rank - other.rank)[0];
  return piecesWith(keyword, new Map(best ? [[keyword.name, best.text]] : []));
}

/** The values in the same inner block of the other hosts, by their paths. */
function valuesElsewhere(
  view: FileView,
  { host, block, keyword }: { host: KeywordSlot["host"]; block: Statement; keyword: Keyword },
): ReadonlyMap<string, string> {
  const blocks = counterpartsOf(view, host, block).flatMap((each) =>
    inside(each.block).filter(({ body, words }) => body && words[0]?.text === keyword.name),
  );
  const lines = blocks.flatMap(inside).filter(({ words: [, value] }) => value && !value.unknown);
  return new Map(
    lines.map(({ words: [name, value] }) => [`${keyword.name}/${name?.text}`, value?.text ?? ""]),
  );
}

/** A block of data with the lines that other hosts have there. */
function dataPieces(
  view: FileView,
  block: Statement,
  keyword: Keyword,
  slot: Omit<Parameters<typeof valuesFor>[1], "expected">,
): readonly Piece[] {
  const counterparts = counterpartsOf(view, slot.host, block).flatMap((each) =>
    inside(each.block).filter(({ words, body }) => body && words[0]?.text === keyword.name),
  );
  if (counterparts.length === 0 || !keyword.lines) return piecesOf(keyword);
  const lines = linesFor(view, block, keyword, slot, counterparts);
  return lines.length === 0 ? piecesOf(keyword) : piecesWithLines(keyword, lines);
}

/** As if the block stood here already, without lines. */
function linesFor(
  view: FileView,
  block: Statement,
  keyword: Keyword,
  slot: Omit<Parameters<typeof valuesFor>[1], "expected">,
  [like]: readonly Statement[],
): readonly string[] {
  if (!like) return [];
  const empty = { open: undefined, close: undefined, statements: [] };
  const here: Statement = { ...like, entry: keyword, parent: block, body: empty };
  const expected = { args: [], options: [] };
  return valuesFor(view, { ...slot, block: here, keyword: undefined, expected })
    .filter((each) => each.rank === rank.best)
    .map(({ text }) => text);
}

/** What is no keyword of the schema. */
function otherItems({ host, block }: KeywordSlot): readonly Item[] {
  const item = (label: string, detail: string, snippet: readonly Piece[], index: number): Item => ({
    label,
    kind: "reference",
    detail,
    text: label,
    snippet,
    deprecated: false,
    sort: sortText(order.other, index),
  });
  const hole = (text: string): Piece => ({ text, choices: [], path: "" });
  const conditions = host.configIds.map((id, index) =>
    item(`@${id}`, `The line counts only on the host with the config-id ${id}.`, [`@${id} `], index + 2),
  );
  return [
    item("include", "Reads other files here, by name or pattern.", ["include ", hole("conf.d/*.conf")], 0),
    ...(block
      ? []
      : [
          item(
            "$NAME=",
            "Defines a variable, which counts below.",
            ["$", hole("NAME"), "=", hole("value")],
            1,
          ),
        ]),
    ...(conditions.length > 0 || block
      ? conditions
      : [item("@id", "A line for one host only.", ["@", hole("id"), " "], 2)]),
  ];
}
