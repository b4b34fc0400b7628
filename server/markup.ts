/** Texts for readers, in Markdown where the client shows it. */
import { type MarkupContent, MarkupKind } from "vscode-languageserver";

/** A text in a format that the client accepts; the first one it names is the one it likes best. */
export function markup(value: string, formats: readonly MarkupKind[] | undefined): MarkupContent {
  return formats?.includes(MarkupKind.Markdown)
    ? { kind: MarkupKind.Markdown, value }
    : { kind: MarkupKind.PlainText, value: plain(value) };
}

/** Markdown without the signs that only dress it. */
function plain(text: string): string {
  return text
    .replaceAll(/^```\w*\n?/gm, "")
    .replaceAll(/^\|[\s|:-]+\|\n/gm, "")
    .replaceAll("**", "")
    .replaceAll("`", "");
}
