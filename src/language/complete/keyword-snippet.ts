/** What a keyword brings with it: the values and lines that the other hosts have, and names and numbers that are free. */
import type { Host } from "../../model/host.ts";
import { freeName } from "../../rules/support.ts";
import { inside, type Statement } from "../../schema/statement.ts";
import type { Keyword } from "../../schema/types.ts";
import type { FileView } from "../file-view.ts";
import { counterpartsOf, routedAt } from "../neighbours.ts";
import type { KeywordSlot } from "../slot.ts";
import { type Piece, piecesOf, piecesWith, piecesWithLines } from "../snippet.ts";
import { namesOn, namesToDefine } from "./names.ts";
import { type Around, vridValues } from "./router-values.ts";
import { rank } from "./suggestion.ts";
import { type ValueSlot, valuesFor } from "./values.ts";

/** The snippet of a keyword in a slot. `likely`: other hosts have it there, or the block needs it. */
export function snippetFor(
  view: FileView,
  { host, block }: KeywordSlot,
  keyword: Keyword,
  likely: boolean,
): readonly Piece[] {
  if (!block) return piecesWith(keyword, freshValues({ view, host, routed: undefined }, keyword));
  if (!likely) return piecesOf(keyword);
  const slot = { host, block, statement: undefined, keyword, lines: keyword.lines, before: [] };
  if (keyword.lines) return dataPieces(view, slot);
  if (keyword.keywords) return piecesWith(keyword, valuesElsewhere(view, slot));
  const [arg] = keyword.args;
  if (!arg || !routedAt(view, block)) return piecesOf(keyword);
  const expected = { args: [{ arg, option: undefined }], options: [] };
  const likeliest = valuesFor(view, { ...slot, expected }).filter((each) => each.rank <= rank.peer);
  const [best] = likeliest.toSorted((one, other) => one.rank - other.rank);
  return piecesWith(keyword, new Map(best ? [[keyword.name, best.text]] : []));
}

/** A name that is wanted or at least free, and for an instance a free VRID. */
function freshValues(around: Around, keyword: Keyword): ReadonlyMap<string, string> {
  const { name, args } = keyword;
  const kind = args[0]?.value.is === "name" ? args[0].value.defines : undefined;
  if (kind === undefined) return new Map();
  const example = piecesOf(keyword).find((piece) => typeof piece !== "string")?.text ?? "";
  const taken = new Set(namesOn(around.host, kind).map(({ words }) => words[1]?.text ?? ""));
  const [wanted] = namesToDefine(around, kind);
  const [vrid] = kind === "instance" ? vridValues(around) : [];
  return new Map([
    [name, wanted?.text ?? freeName(example, taken)],
    ...(vrid ? [[`${name}/virtual_router_id`, vrid.text] as const] : []),
  ]);
}

type LikelySlot = Omit<ValueSlot, "expected"> & { readonly host: Host; readonly keyword: Keyword };

/** The same inner blocks of the other hosts. */
function blocksElsewhere(view: FileView, { host, block, keyword }: LikelySlot): readonly Statement[] {
  return counterpartsOf(view, host, block).flatMap((each) =>
    inside(each.block).filter(({ body, words }) => body && words[0]?.text === keyword.name),
  );
}

/** The values in the same inner block of the other hosts, by their paths. */
function valuesElsewhere(view: FileView, slot: LikelySlot): ReadonlyMap<string, string> {
  const lines = blocksElsewhere(view, slot).flatMap(inside);
  const known = lines.filter(({ words: [, value] }) => value && !value.unknown);
  return new Map(
    known.map(({ words: [name, value] }) => [`${slot.keyword.name}/${name?.text}`, value?.text ?? ""]),
  );
}

/** A block of data with the lines that other hosts have there, as if it stood here already without lines. */
function dataPieces(view: FileView, slot: LikelySlot): readonly Piece[] {
  const { keyword, block } = slot;
  const [like] = blocksElsewhere(view, slot);
  if (!like) return piecesOf(keyword);
  const body = { open: undefined, close: undefined, statements: [] };
  const here: Statement = { ...like, entry: keyword, parent: block, body };
  const expected = { args: [], options: [] };
  const lines = valuesFor(view, { ...slot, block: here, keyword: undefined, expected }).filter(
    (each) => each.rank === rank.best,
  );
  if (lines.length === 0) return piecesOf(keyword);
  return piecesWithLines(
    keyword,
    lines.map(({ text }) => text),
  );
}
