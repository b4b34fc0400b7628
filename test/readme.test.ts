/**
 * What README.md shows after `$ vrrp-lint …`, `$ vrrp-gen …` and `$ vrrp-run …` is what the command says.
 * `UPDATE=1 npx vitest run test/readme.test.ts` writes it anew.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runGen, runLint, runRun } from "./support/command.ts";
import { folderOf } from "./support/folder.ts";
import { root, textOf } from "./support/project.ts";

const block = /^```console\n\$ (vrrp-lint|vrrp-gen|vrrp-run) ((?:.*\\\n)*.*)\n[\s\S]*?^```$/gm;

const runs: Readonly<Record<string, typeof runLint>> = { "vrrp-gen": runGen, "vrrp-run": runRun };

/** Words as a shell takes them: single quotes keep blanks, a backslash ends a line. */
function wordsOf(written: string): readonly string[] {
  const words = written.match(/(?:'[^']*'|[^\s\\'])+/g) ?? [];
  return words.map((word) => word.replaceAll("'", ""));
}

test("the README shows what the commands say", () => {
  const readme = textOf("README.md");
  const current = readme.replaceAll(block, (_, command: string, written: string) => {
    const words = wordsOf(written);
    const reads = command !== "vrrp-gen" || words.includes("--sync") || words.includes("--from");
    const cwd = reads ? root : folderOf({}).path;
    const { out, err } = (runs[command] ?? runLint)(words, { cwd });
    return `\`\`\`console\n$ ${command} ${written}\n${out}${err}\`\`\``;
  });
  expect([...readme.matchAll(block)].length).toBeGreaterThan(2);
  if (process.env["UPDATE"]) writeFileSync(path.join(root, "README.md"), current);
  expect(textOf("README.md")).toBe(current);
});

test("every option of the help is in the README, and every link leads somewhere", () => {
  const readme = textOf("README.md");
  const help = [runLint, runGen, runRun].map((run) => run(["--help"]).out).join("");
  const options = [...help.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option as string);
  const known = options.filter((option) => !["--help", "--version"].includes(option));
  expect(known.filter((option) => !readme.includes(`\`${option}`))).toEqual([]);
  for (const [, link] of readme.matchAll(/\]\(([^)#]+)/g)) expect(textOf(link as string)).not.toBe("");
});
