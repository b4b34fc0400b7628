/** Completion: lists, and documentation when an item is looked at. */
import {
  type ClientCapabilities,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionParams,
  InsertTextFormat,
  InsertTextMode,
  type MarkupKind,
  type Range,
} from "vscode-languageserver";
import { completionAt, documentationOf } from "../../src/language/complete/complete.ts";
import type { Item, Subject } from "../../src/language/complete/item.ts";
import { snippetText } from "../../src/language/snippet.ts";
import { offsetOf, rangeOf } from "../convert.ts";
import { markup } from "../markup.ts";
import type { Session } from "../session.ts";
import type { Feature } from "./index.ts";

export const completion: Feature = (session) => {
  const { connection, guard } = session;
  const client = abilitiesOf(session.client.capabilities);
  connection.onCompletion((params, token) =>
    guard.run("completion", [], () => itemsAt(session, client, params), token),
  );
  connection.onCompletionResolve((item) =>
    guard.run("completion item", item, () => documented(item, client)),
  );
  return {
    completionProvider: { resolveProvider: true, triggerCharacters: [" ", "$", "{", "@", '"', "/"] },
  };
};

/** What the client can show. */
interface Abilities {
  readonly snippets: boolean;
  readonly formats: readonly MarkupKind[] | undefined;
  readonly tags: boolean;
  readonly insertReplace: boolean;
  readonly indents: boolean;
}

function abilitiesOf({ textDocument }: ClientCapabilities): Abilities {
  const item = textDocument?.completion?.completionItem;
  return {
    snippets: item?.snippetSupport ?? false,
    formats: item?.documentationFormat,
    tags: item?.tagSupport?.valueSet.includes(CompletionItemTag.Deprecated) ?? false,
    insertReplace: item?.insertReplaceSupport ?? false,
    indents: item?.insertTextModeSupport?.valueSet.includes(InsertTextMode.adjustIndentation) ?? false,
  };
}

function itemsAt(
  { workspace, uris }: Session,
  client: Abilities,
  { textDocument, position, context }: CompletionParams,
): CompletionItem[] {
  const view = workspace.view(uris.fileOf(textDocument.uri));
  if (!view) return [];
  const offset = offsetOf(view.lines, position);
  const found = completionAt(view, offset, context?.triggerCharacter);
  if (!found) return [];
  const replace = rangeOf(view.lines, found.span);
  const insert = { start: replace.start, end: rangeOf(view.lines, { start: offset, end: offset }).end };
  return found.items.map((item) => converted(item, client, insert, replace));
}

function converted(item: Item, client: Abilities, insert: Range, replace: Range): CompletionItem {
  const { label, kind, detail, filter, doc, subject, deprecated, sort } = item;
  const isSnippet = item.snippet !== undefined && client.snippets;
  const newText = item.snippet && isSnippet ? snippetText(item.snippet) : item.text;
  return {
    label,
    kind: kinds[kind],
    ...(detail !== "" && { detail }),
    sortText: sort,
    ...(filter !== undefined && { filterText: filter }),
    ...(doc !== undefined && { documentation: doc }),
    ...(subject && { data: subject }),
    ...(deprecated && (client.tags ? { tags: [CompletionItemTag.Deprecated] } : { deprecated: true })),
    ...(isSnippet && { insertTextFormat: InsertTextFormat.Snippet }),
    ...(isSnippet && client.indents && { insertTextMode: InsertTextMode.adjustIndentation }),
    textEdit: client.insertReplace ? { newText, insert, replace } : { newText, range: replace },
  };
}

const kinds: Readonly<Record<Item["kind"], CompletionItemKind>> = {
  keyword: CompletionItemKind.Property,
  block: CompletionItemKind.Class,
  value: CompletionItemKind.Value,
  choice: CompletionItemKind.EnumMember,
  name: CompletionItemKind.Reference,
  interface: CompletionItemKind.Interface,
  option: CompletionItemKind.Keyword,
  line: CompletionItemKind.Value,
  variable: CompletionItemKind.Variable,
  rule: CompletionItemKind.Event,
  file: CompletionItemKind.File,
  reference: CompletionItemKind.Snippet,
};

function documented(item: CompletionItem, { formats }: Abilities): CompletionItem {
  const subject = subjectOf(item.data);
  const value = subject && documentationOf(subject);
  return value === undefined ? item : { ...item, documentation: markup(value, formats) };
}

/** Clients hand back what they were given, but nothing makes them. */
function subjectOf(data: unknown): Subject | undefined {
  if (data === null || typeof data !== "object") return undefined;
  if ("keyword" in data && typeof data.keyword === "string") return { keyword: data.keyword };
  return "rule" in data && typeof data.rule === "string" ? { rule: data.rule } : undefined;
}
