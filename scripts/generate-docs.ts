/**
 * The generated pages of docs/: the rules' and the keywords' own words, put into Markdown. `npm run docs` writes them,
 * test/docs.test.ts holds that they are current.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { clusterSchemaText } from "../src/generate/spec-shape.ts";
import { keywordsPage } from "./docs/keywords-page.ts";
import { rulesPage } from "./docs/rules-page.ts";
import { settingsSchemaText } from "./editor/settings-schema.ts";
import { snippetsText } from "./editor/snippets.ts";
import { textmateText } from "./editor/textmate.ts";

/** The text of every generated page, by its path in the project. */
export function pages(): ReadonlyMap<string, string> {
  return new Map([
    ["docs/rules.md", rulesPage()],
    ["docs/keywords.md", keywordsPage()],
    ["docs/cluster.schema.json", clusterSchemaText()],
    ["docs/settings.schema.json", settingsSchemaText()],
    ["syntaxes/keepalived.tmLanguage.json", textmateText()],
    ["client/snippets.json", snippetsText()],
  ]);
}

/** Writes the pages into a project folder. */
export function writePages(root: string): void {
  for (const [file, text] of pages()) writeFileSync(path.join(root, file), text);
}
