/** Folding, ever wider selections, and colours by meaning. */
import {
  FoldingRangeKind,
  type Range,
  type SelectionRange,
  type SemanticTokens,
  SemanticTokensBuilder,
} from "vscode-languageserver";
import type { FileView } from "../../src/language/file-view.ts";
import { foldsOf, selectionsAt } from "../../src/language/ranges.ts";
import { type Token, tokenKinds, tokensOf } from "../../src/language/tokens.ts";
import { offsetOf, positionOf, rangeOf, spanOf } from "../convert.ts";
import type { Feature } from "./index.ts";

export const ranges: Feature = ({ connection, workspace, uris, guard }) => {
  connection.onFoldingRanges(({ textDocument }, token) => {
    const work = () => {
      const view = workspace.view(uris.fileOf(textDocument.uri));
      return (view ? foldsOf(view) : []).map(({ from, to, comment }) => ({
        startLine: from - 1,
        endLine: to - 1,
        ...(comment && { kind: FoldingRangeKind.Comment }),
      }));
    };
    return guard.run("folding", [], work, token);
  });
  connection.onSelectionRanges(({ textDocument, positions }, token) => {
    const work = () => {
      const view = workspace.view(uris.fileOf(textDocument.uri));
      return view ? positions.map((position) => selectionAt(view, offsetOf(view.lines, position))) : [];
    };
    return guard.run("selection", [], work, token);
  });
  return { foldingRangeProvider: true, selectionRangeProvider: true };
};

/** Each range holds the wider one around it. */
function selectionAt(view: FileView, offset: number): SelectionRange {
  const spans = selectionsAt(view, offset).map((span) => rangeOf(view.lines, span));
  const around = spans.reduceRight<SelectionRange | undefined>(
    (parent, range) => ({ range, ...(parent && { parent }) }),
    undefined,
  );
  const position = positionOf(view.lines, offset);
  return around ?? { range: { start: position, end: position } };
}

const modifiers = ["definition", "deprecated"];

export const tokens: Feature = ({ connection, workspace, uris, guard }) => {
  const build = (uri: string, range?: Range) => {
    const view = workspace.view(uris.fileOf(uri));
    const builder = new SemanticTokensBuilder();
    if (!view) return builder.build();
    const span = range ? spanOf(view.lines, range) : { start: 0, end: view.text.length };
    for (const each of tokensOf(view)) {
      if (each.span.end < span.start || each.span.start > span.end) continue;
      const { line, character } = positionOf(view.lines, each.span.start);
      const length = each.span.end - each.span.start;
      builder.push(line, character, length, tokenKinds.indexOf(each.kind), modifiersOf(each));
    }
    return builder.build();
  };
  const empty: SemanticTokens = { data: [] };
  connection.languages.semanticTokens.on(({ textDocument }, token) =>
    guard.run("semantic tokens", empty, () => build(textDocument.uri), token),
  );
  connection.languages.semanticTokens.onRange(({ textDocument, range }, token) =>
    guard.run("semantic tokens", empty, () => build(textDocument.uri, range), token),
  );
  const legend = { tokenTypes: [...tokenKinds], tokenModifiers: modifiers };
  return { semanticTokensProvider: { legend, full: true, range: true } };
};

function modifiersOf({ defines, deprecated }: Token): number {
  return Number(defines) + 2 * Number(deprecated);
}
