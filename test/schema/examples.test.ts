/** Every example of the schema, in the block where its keyword stands, is read without any finding. */
import { describe, expect, test } from "vitest";
import { checkStatements } from "../../src/schema/check.ts";
import { everyKeyword, findKeyword, rootKeywords } from "../../src/schema/index.ts";
import { walk } from "../../src/schema/statement.ts";
import { buildTree, type Tree } from "../../src/schema/tree.ts";
import { expand } from "../../src/syntax/expand.ts";
import { parseSource } from "../../src/syntax/parse.ts";

/** The opening line of a block, as its own example writes it. */
function header(path: string): string {
  const entry = findKeyword(path);
  const line = entry?.example.split("\n").find((text) => text.trim().startsWith(entry.name));
  if (!line?.endsWith("{")) throw new Error(`The example of ${path} opens no block`);
  return line.trim();
}

/** An example with the blocks around it that its path names. */
function inPlace(path: string, example: string): string {
  const blocks = path.split("/").slice(0, -1);
  const headers = blocks.map((_, index) => header(blocks.slice(0, index + 1).join("/")));
  return [...headers, example, ...headers.map(() => "}"), ""].join("\n");
}

function read(text: string): { readonly tree: Tree; readonly findings: readonly string[] } {
  const expansion = expand(parseSource("example.conf", text));
  const tree = buildTree(expansion, rootKeywords);
  const found = [...expansion.findings, ...tree.findings, ...checkStatements(tree.statements)];
  const findings = found.map(({ kind, at }) => `${kind}: ${text.slice(at.span.start, at.span.end)}`);
  return { tree, findings };
}

describe("every example", () => {
  test.each(everyKeyword().map(({ path, keyword }) => [path, keyword.example]))("%s", (path, example) => {
    const { tree, findings } = read(inPlace(path, example));
    expect(findings).toEqual([]);
    const shown = [...walk(tree.statements)].some((statement) => statement.entry === findKeyword(path));
    expect(shown).toBe(true);
  });
});

test("all examples of whole blocks stand in one file", () => {
  const text = rootKeywords.map(({ example }) => `${example}\n`).join("\n");
  const { tree, findings } = read(text);
  expect(findings).toEqual([]);
  expect(tree.statements.map(({ entry }) => entry?.name)).toEqual(rootKeywords.map(({ name }) => name));
});
