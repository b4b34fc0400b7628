/** The keywords that may stand in a block, those that are missing first. */
import { isOlder } from "../../model/release.ts";
import { inside, pathOf } from "../../schema/statement.ts";
import type { Keyword } from "../../schema/types.ts";
import type { FileView } from "../file-view.ts";
import { firstSentence, releaseNote } from "../keyword-text.ts";
import { counterpartsOf } from "../neighbours.ts";
import type { KeywordSlot } from "../slot.ts";
import { type Piece, piecesOf } from "../snippet.ts";
import { type Item, sortText } from "./item.ts";
import { snippetFor } from "./keyword-snippet.ts";

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
    const isMissing = missing.has(name) && !present.has(name);
    const rankOf = () => {
      if (isPresent) return order.present;
      if (tooNew) return order.tooNew;
      if (deprecated) return order.deprecated;
      if (isMissing) return order.missing;
      // Outside of all blocks few want the daemon's own settings.
      return !block && keyword.keywords ? order.block : order.allowed;
    };
    const notes = [isPresent ? "stands here already" : "", tooNew ?? "", releaseNote(keyword)];
    const snippet = slot.followed ? undefined : snippetFor(view, slot, keyword, isMissing);
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
    item(
      "~SEQ",
      "Repeats the line, with a variable that counts.",
      ["~SEQ(", hole("N"), ", ", hole("1"), ", ", hole("3"), ") "],
      host.configIds.length + 3,
    ),
    item(
      "~LST",
      "Repeats the line, with a variable for each value of a list.",
      ["~LST(", hole("NAME"), ", ", hole("one"), ", ", hole("two"), ") "],
      host.configIds.length + 4,
    ),
    ...(conditions.length > 0 || block
      ? conditions
      : [item("@id", "A line for one host only.", ["@", hole("id"), " "], 2)]),
  ];
}
