/** An open document: what the client says of it, and its text, which is edited by lines and columns of the protocol. */
import { TextDocument, type TextDocumentContentChangeEvent } from "vscode-languageserver-textdocument";
import { lineMap } from "../src/lines.ts";
import { EditedText } from "../src/text.ts";

export interface Document {
  readonly uri: string;
  readonly text: EditedText;
}

/** What keeps documents as the connection tells of them. */
export const documents = {
  create: (uri: string, _language: string, _version: number, content: string): Document => ({
    uri,
    text: EditedText.of(content),
  }),
  update: ({ uri, text }: Document, changes: TextDocumentContentChangeEvent[]): Document => ({
    uri,
    text: changes.reduce(changed, text),
  }),
};

function changed(text: EditedText, change: TextDocumentContentChangeEvent): EditedText {
  if (!("range" in change)) return EditedText.of(change.text);
  // To the protocol a CR alone ends a line, to keepalived and all the rest of this server it does not.
  if (hasLoneReturn(text)) return changedByLibrary(text, change);
  const lines = lineMap(text);
  const offsets = [change.range.start, change.range.end].map(({ line, character }) => {
    if (line < 0) return 0;
    if (line >= lines.count) return text.length;
    const { start, end } = lines.lineSpan(line + 1);
    return Math.min(start + Math.max(character, 0), end);
  });
  return text.replaced(Math.min(...offsets), Math.max(...offsets), change.text);
}

function hasLoneReturn({ chunks }: EditedText): boolean {
  return chunks.some((chunk) => chunk.includes("\r") && /\r(?!\n)/.test(chunk.text));
}

function changedByLibrary(text: EditedText, change: TextDocumentContentChangeEvent): EditedText {
  const document = TextDocument.create("", "", 0, text.toString());
  return EditedText.of(TextDocument.update(document, [change], 0).getText());
}
