/** Real editors with the configuration that the README shows: Neovim, Emacs with eglot, Vim with ALE. */
import { execFile, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { CompletionItem, Hover } from "vscode-languageserver-protocol";
import { withEditor } from "../support/editor.ts";
import { type Folder, folderOf } from "../support/folder.ts";
import { canRun } from "../support/keepalived.ts";
import { root, textOf } from "../support/project.ts";
import { installServer } from "../support/server-command.ts";

const run = promisify(execFile);
const pair = {
  "host-a.conf": textOf("examples/tutorial/host-a.conf"),
  "host-b.conf": textOf("examples/tutorial/host-b.conf"),
};

/** Why an editor cannot be tried; undefined when it can. */
function whyNot(program: string, ...words: readonly string[]): string | undefined {
  const found = spawnSync(program, words, { encoding: "utf8" });
  return found.status === 0 ? undefined : `${program} or what it needs is not installed`;
}

/** The first block of a language under a heading of the README. */
function configurationOf(heading: string, language: string): string {
  const section = textOf("README.md").split(`\n### ${heading}\n`)[1]?.split("\n### ")[0] ?? "";
  const block = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(section)?.[1];
  if (block === undefined) throw new Error(`The README shows no ${language} for ${heading}.`);
  return block;
}

/** A folder `keepalived` with both hosts, and an environment in which an editor finds the command. */
function surroundings(): { folder: Folder; environment: NodeJS.ProcessEnv; seen: string } {
  const files = Object.entries(pair).map(([name, text]) => [`keepalived/${name}`, text]);
  const folder = folderOf(Object.fromEntries(files));
  const bin = installServer(folder.path);
  const [first, second] = Object.keys(pair).map((name) => path.join(folder.path, "keepalived", name));
  const seen = path.join(folder.path, "seen.json");
  const environment = {
    ...process.env,
    PATH: `${bin}:${process.env["PATH"]}`,
    HOME: folder.path,
    XDG_STATE_HOME: path.join(folder.path, "state"),
    XDG_CACHE_HOME: path.join(folder.path, "cache"),
    FIRST: first,
    SECOND: second,
    SEEN: seen,
  };
  return { folder, environment, seen };
}

const truncated = /auth_pass has 13 bytes/;

/** Line, column, severity and message, as Neovim has them. */
type Row = [number, number, number, string];

interface Seen {
  readonly filetype: string;
  readonly first: readonly Row[];
  readonly hover: Hover;
  readonly completion: CompletionItem[] | { items: CompletionItem[] };
  readonly renamed: readonly [string, string];
  readonly mended: readonly [string, string];
  readonly actions: readonly string[];
  readonly edited: string;
  readonly last: string;
  readonly peer: string;
  readonly diagnostics: readonly Row[];
  readonly problem?: string;
}

const neovim = canRun("the tests in Neovim", whyNot("nvim", "--version"));

describe.runIf(neovim)("Neovim with the README's configuration", () => {
  test("shows, completes, renames and mends in both files, keeps up with 500 edits and with the disk", async () => {
    const { folder, environment, seen: file } = surroundings();
    const init = path.join(folder.path, "init.lua");
    writeFileSync(init, configurationOf("Neovim", "lua"));
    const script = path.join(root, "test", "editors", "neovim.lua");
    const words = ["--headless", "-i", "NONE", "-n", "-u", init, "-c", `luafile ${script}`];
    const env = { ...environment, OLD: "ha-internal-1", SEED: process.env["SEED"] ?? "7" };
    await run("nvim", words, { cwd: folder.path, env, timeout: 120_000 }).catch(() => undefined);
    const seen = JSON.parse(readFileSync(file, "utf8")) as Seen;
    expect(seen.problem).toBeUndefined();
    expect(seen.filetype).toBe("keepalived");
    expect(seen.first.map(([, , , message]) => message).join("\n")).toMatch(truncated);
    expect(JSON.stringify(seen.hover.contents)).toContain("priority");
    const items = Array.isArray(seen.completion) ? seen.completion : seen.completion.items;
    expect(items.map(({ label }) => label)).toContain("virtual_router_id");
    for (const [index, text] of Object.values(pair).entries())
      expect(seen.renamed[index]).toBe(text.replaceAll("ha-internal-1", "renamed-here"));
    expect(seen.mended[0]).toContain("virtual_router_id 77");
    expect(seen.mended[1]).toContain("virtual_router_id 77");
    expect(await rowsOf(seen.last, seen.peer)).toEqual(sorted(seen.diagnostics));
  }, 180_000);
});

/** What a server that never saw another text says of host-a.conf. */
async function rowsOf(text: string, peer: string): Promise<readonly Row[]> {
  let rows: readonly Row[] = [];
  await withEditor({ "keepalived/host-a.conf": text, "keepalived/host-b.conf": peer }, async (editor) => {
    await editor.open("keepalived/host-a.conf");
    await editor.open("keepalived/host-b.conf");
    const found = await editor.problems("keepalived/host-a.conf", (all) =>
      all.some(({ message }) => String(message).includes("last_of_all")),
    );
    rows = found.map(({ range, severity, message }) => [
      range.start.line,
      range.start.character,
      severity ?? 0,
      String(message).replaceAll("keepalived/host", "host"),
    ]);
  });
  return sorted(rows);
}

function sorted(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
}

const eglot = canRun(
  "the tests in Emacs",
  whyNot("emacs", "--batch", "-q", "--eval", "(progn (package-initialize) (require 'eglot))"),
);

describe.runIf(eglot)("Emacs with the README's configuration", () => {
  test("shows what is wrong", async () => {
    const { folder, environment } = surroundings();
    const init = path.join(folder.path, "init.el");
    writeFileSync(init, `(package-initialize)\n${configurationOf("Emacs", "elisp")}`);
    const words = ["--batch", "-q", "-l", init, "-l", path.join(root, "test", "editors", "eglot.el")];
    const { stdout } = await run("emacs", words, { cwd: folder.path, env: environment, timeout: 120_000 });
    const seen = JSON.parse(stdout) as { mode: string; found: string[] };
    expect(seen.mode).toBe("keepalived-mode");
    expect(seen.found.join("\n")).toMatch(truncated);
  }, 180_000);
});

/** Where Debian keeps it. */
const aleFolder = "/usr/share/vim-ale/plugin/ale.vim";
const ale = canRun("the tests in Vim with ALE", whyNot("vim", "--version") ?? whyNot("ls", aleFolder));

describe.runIf(ale)("Vim with the README's configuration", () => {
  test("shows what is wrong", async () => {
    const { folder, environment } = surroundings();
    const init = path.join(folder.path, "vimrc");
    const before = "set nocompatible nomore\nset packpath^=/usr/share/vim/vimfiles\n";
    const load = "packadd! ale\nfiletype plugin on\nruntime plugin/ale.vim\n";
    writeFileSync(init, `${before}${load}${configurationOf("Vim", "vim")}`);
    const script = path.join(root, "test", "editors", "ale.vim");
    const words = ["-u", "NONE", "-N", "-n", "-es", "-S", init, "-S", script];
    await run("vim", words, { cwd: folder.path, env: environment, timeout: 120_000 }).catch(() => undefined);
    const seen = JSON.parse(folder.read("seen.json")) as { filetype: string; found: string[] };
    expect(seen.filetype).toBe("keepalived");
    expect(seen.found.join("\n")).toMatch(truncated);
  }, 180_000);
});
