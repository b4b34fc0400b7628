/** What a keyword brings with it: the values and lines that the other hosts have, and names and numbers that are free. */
import type { Host } from "../../model/host.ts";
import { freeName } from "../../rules/support.ts";
import { inside, type Statement } from "../../schema/statement.ts";
import type { DataLines, Keyword } from "../../schema/types.ts";
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
  const slot = { host, block, statement: undefined, keyword, lines: keyword.lines, before: [] };
  if (keyword.lines) return (likely && dataPieces(view, slot)) || namePieces(view, slot, keyword.lines);
  if (!likely) return piecesOf(keyword);
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

/** A block of data as if it stood here already without lines. */
function emptyBlock({ host, keyword, block }: LikelySlot): Statement | undefined {
  const [like] = [...(block ? inside(block) : []), ...host.statements];
  const body = { open: undefined, close: undefined, statements: [] };
  const [word] = like?.words ?? [];
  if (!like || !word) return undefined;
  const words = [{ ...word, text: keyword.name }];
  return { ...like, words, entry: keyword, parent: block, body, data: false };
}

/** A block of data with the lines that other hosts have there. */
function dataPieces(view: FileView, slot: LikelySlot): readonly Piece[] | undefined {
  const { keyword } = slot;
  if (blocksElsewhere(view, slot).length === 0) return undefined;
  const here = emptyBlock(slot);
  const expected = { args: [], options: [] };
  const lines = valuesFor(view, { ...slot, block: here, keyword: undefined, expected }).filter(
    (each) => each.rank === rank.best,
  );
  if (lines.length === 0) return undefined;
  return piecesWithLines(
    keyword,
    lines.map(({ text }) => text),
  );
}

/** A block of names: all that the host has where several stand together, else one to choose. */
function namePieces(view: FileView, slot: LikelySlot, { args, severalPerLine }: DataLines): readonly Piece[] {
  const { keyword } = slot;
  const expected = { args: args.slice(0, 1).map((arg) => ({ arg, option: undefined })), options: [] };
  const around = { ...slot, block: emptyBlock(slot), keyword: undefined, expected };
  const all = valuesFor(view, around).filter((each) => each.kind === "name" && each.rank === rank.here);
  const names = all.map(({ text }) => text);
  const [first] = names;
  if (first === undefined) return piecesOf(keyword);
  if (severalPerLine) return piecesWithLines(keyword, names);
  return piecesWithLines(keyword, [first], names);
}
