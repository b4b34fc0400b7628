/** Completion: what may be written at an offset, the most likely first. */
import type { Place } from "../../diagnostic.ts";
import { findRule } from "../../rules/index.ts";
import { findKeyword } from "../../schema/index.ts";
import type { IncludeAnswer } from "../../syntax/include.ts";
import { lineOf } from "../cursor.ts";
import type { FileView } from "../file-view.ts";
import { keywordMarkdown, releaseNote } from "../keyword-text.ts";
import { baseName, beside, folderOf } from "../paths.ts";
import { type Slot, slotAt, type WordSlot } from "../slot.ts";
import { definitionsOn, meaningOf, standardVariables } from "../variables.ts";
import { written } from "../written.ts";
import { commentItems } from "./comments.ts";
import { type Completion, type Item, type Subject, sortText } from "./item.ts";
import { keywordItems, tooNewFor } from "./keywords.ts";
import { rank } from "./suggestion.ts";
import { valuesFor } from "./values.ts";

/**
 * What may stand at an offset. `typed` is the character that made the client ask, if one did: a blank asks for values
 * only, for at the start of a line it is indentation, and a slash for files only, for addresses have one too.
 */
export function completionAt(view: FileView, offset: number, typed = ""): Completion | undefined {
  const slot = slotAt(view, offset);
  if (slot.is === "nothing" || (typed === " " && slot.is === "keyword")) return undefined;
  if (typed === "/" && slot.is !== "include") return undefined;
  return { span: slot.span, items: itemsFor(view, slot, offset) };
}

function itemsFor(
  view: FileView,
  slot: Exclude<Slot, { readonly is: "nothing" }>,
  offset: number,
): readonly Item[] {
  switch (slot.is) {
    case "keyword":
      return keywordItems(view, slot);
    case "word":
      return wordItems(view, slot);
    case "variable":
      return variableItems(view, slot);
    case "config-id":
      return configIdItems(view);
    case "include":
      return includeItems(view, slot, offset);
    case "comment":
      return commentItems(view, slot);
  }
}

/** Documentation of an item that was offered without it. */
export function documentationOf(subject: Subject): string | undefined {
  if ("keyword" in subject) {
    const keyword = findKeyword(subject.keyword);
    return keyword && keywordMarkdown(keyword);
  }
  const rule = findRule(subject.rule);
  return rule && `${rule.summary}\n\n${rule.why}`;
}

function wordItems(view: FileView, slot: WordSlot): readonly Item[] {
  return valuesFor(view, slot).flatMap((each, index): Item[] => {
    const { text, kind, deprecated, doc } = each;
    const isLine = kind === "line";
    // Of a whole line only the datum fits where more stands behind it.
    const wanted = isLine && slot.followed ? (text.split(" ")[0] ?? text) : text;
    const inserted = isLine ? wanted : written(wanted, slot.quoted);
    if (inserted === undefined) return [];
    const tooNew = tooNewFor(slot.host, each);
    const notes = [tooNew ?? "", releaseNote(each), each.detail];
    return [
      {
        label: text,
        kind,
        detail: notes.filter((note) => note !== "").join(" · "),
        text: inserted,
        ...(inserted !== text && { filter: inserted }),
        ...(doc !== undefined && { doc }),
        deprecated: deprecated !== undefined,
        sort: sortText(tooNew ? rank.default + 3 : each.rank, index),
      },
    ];
  });
}

/** Variables of the hosts that read the file; braces where something follows without a blank. */
function variableItems(
  view: FileView,
  { span, braced, startsLine }: Slot & { is: "variable" },
): readonly Item[] {
  const behind = view.text.slice(span.end, span.end + 1) || "\n";
  const inserted = (name: string) => {
    if (braced) return behind === "}" ? name : `${name}}`;
    return /\s/.test(behind) ? name : `{${name}}`;
  };
  // A definition counts below itself only.
  const line = lineOf(view, span.start).span;
  const isAbove = (at: Place) => at.file !== view.file || at.span.start < line.start;
  const own = new Map<string, string[]>();
  for (const host of view.hosts)
    for (const definition of definitionsOn(host)) {
      if (!isAbove(definition.at)) continue;
      const values = own.get(definition.name) ?? [];
      const shown = `${meaningOf(host, definition)}${view.hosts.length > 1 ? ` on ${host.name}` : ""}`;
      own.set(definition.name, values.includes(shown) ? values : [...values, shown]);
    }
  const item = (name: string, detail: string, index: number): Item => ({
    label: name,
    kind: "variable",
    detail,
    text: inserted(name),
    filter: name,
    deprecated: false,
    sort: sortText(index < own.size ? rank.here : rank.plain, index),
  });
  const all = [
    ...[...own].map(([name, values]): [string, string] => [name, values.join(", ")]),
    ...standardVariables,
  ];
  const items = all.map(([name, detail], index) => item(name, detail, index));
  if (!startsLine) return items;
  const hole = (text: string) => ({ text, choices: [], path: "" });
  const definition = { ...item("NAME=", "Defines a variable, which counts below.", own.size), text: "NAME=" };
  return [{ ...definition, snippet: [hole("NAME"), "=", hole("value")] }, ...items];
}

/** Every config-id that files of the cluster name, and the hosts' names. */
function configIdItems({ fleet, hosts }: FileView): readonly Item[] {
  const ids = [...hosts, ...fleet.hosts].flatMap(({ configIds }) => configIds);
  const names = fleet.hosts.map(({ configId, name }) => configId ?? name);
  return [...new Set([...ids, ...names])].map((id, index) => {
    const held = fleet.hosts.filter(({ configId }) => configId === id).map(({ name }) => name);
    return {
      label: id,
      kind: "reference",
      detail: held.length > 0 ? `host ${held.join(", ")}` : "",
      text: id,
      deprecated: false,
      sort: sortText(ids.includes(id) ? rank.here : rank.plain, index),
    };
  });
}

/** Files and folders beside this file and in its workspace folder; what lies elsewhere on the machine is not looked at. */
function includeItems(view: FileView, { span }: Slot & { is: "include" }, offset: number): readonly Item[] {
  const typed = view.text.slice(span.start, offset);
  const folder = /^.*\//.exec(typed)?.[0] ?? "";
  const isHere = `${beside(folderOf(view.file), folder)}/`.startsWith(view.root);
  if (!isHere || /[*?[{$"]/.test(folder)) return [];
  const found = view.include(`${folder}*`, view.file) ?? configurationsIn(view, folder);
  const files = found.files.flatMap(({ path }) => (path === view.file ? [] : [baseName(path)]));
  const folders = found.directories.map((path) => `${baseName(path.replace(/\/$/, ""))}/`);
  return [...files, ...folders].map((name, index) => ({
    label: folder + name,
    kind: "file",
    detail: "",
    text: folder + name,
    deprecated: false,
    sort: sortText(rank.plain, index),
  }));
}

/** Where only configurations are known, as in a browser: those in a folder, and the folders that have some. */
function configurationsIn(view: FileView, folder: string): IncludeAnswer {
  const matching = (pattern: string) =>
    ["conf", "keepalived"].flatMap((ending) => {
      const found = view.include(`${folder}${pattern}.${ending}`, view.file);
      return found?.files ?? [];
    });
  const below = [1, 2, 3].flatMap((depth) =>
    matching(`${"*/".repeat(depth)}*`).map(({ path }) => path.split("/").slice(0, -depth).join("/")),
  );
  return { files: matching("*"), directories: [...new Set(below)].sort() };
}
