/** The house rules of CONTRIBUTING.md, held by machine. */
import path from "node:path";
import { describe, expect, test } from "vitest";
import { codeOf, filesBelow, importsOf, textOf } from "./support/project.ts";

const sources = [...filesBelow("src"), ...filesBelow("server")].filter((file) => file.endsWith(".ts"));

/** Rooms from the ground up: a file imports from its own room and from lower rows only. */
const rows: readonly (readonly string[])[] = [
  ["ground", "vrrp"],
  ["syntax"],
  ["schema"],
  ["model"],
  ["rules"],
  ["generate", "simulate", "wire"],
  ["language", "run"],
  ["cli"],
  // The server reads files as the command line does.
  ["server"],
];

/** Files at the top of src/ are the ground that every room stands on. */
function roomOf(file: string): string {
  const [top, ...rest] = file.split("/");
  if (top === "server") return "server";
  return rest.length > 1 ? (rest[0] as string) : "ground";
}

const rowOf = (room: string) => rows.findIndex((row) => row.includes(room));

/** The project file behind a relative import; undefined for a package. */
function target(file: string, imported: string): string | undefined {
  return imported.startsWith(".") ? path.posix.join(path.posix.dirname(file), imported) : undefined;
}

function mayImport(from: string, to: string): boolean {
  return from === to || rowOf(to) < rowOf(from);
}

/** Which packages a room may import; no other room imports any. */
const packages: Readonly<Record<string, readonly string[]>> = {
  generate: ["yaml"],
  run: ["koffi", "nodemailer", "raw-socket"],
  cli: ["@inquirer/prompts", "commander", "diff", "picocolors", "sarif", "tinyglobby"],
  server: [
    "picomatch/posix.js",
    "tinyglobby",
    "vscode-languageserver",
    "vscode-languageserver-textdocument",
    "vscode-languageserver/browser",
    "vscode-languageserver/node",
  ],
};

/** The daemon's plan and life are pure; only its shells touch the machine. */
const mayUseNode = (file: string) =>
  /^src\/(cli|run)\/|^server\/(main|disk|whole-messages)\.ts$/.test(file) &&
  !/^src\/run\/(plan|daemon)\//.test(file);

/** `file: what` for everything that a law finds in the sources. */
function found(law: (file: string, text: string) => readonly string[]): string[] {
  return sources.flatMap((file) => law(file, textOf(file)).map((what) => `${file}: ${what}`));
}

describe("sources", () => {
  test("lie in a known room", () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.filter((file) => rowOf(roomOf(file)) === -1)).toEqual([]);
  });

  test("import in one direction", () => {
    const wrong = found((file, text) =>
      importsOf(text).filter((imported) => {
        const to = target(file, imported);
        if (to === undefined) return false;
        if (to.startsWith("grammar/")) return file !== "src/syntax/parse.ts";
        return !mayImport(roomOf(file), roomOf(to));
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("import only the packages of their room, and Node only where files and processes are", () => {
    const wrong = found((file, text) =>
      importsOf(text).filter((imported) => {
        if (target(file, imported) !== undefined) return false;
        if (imported.startsWith("node:")) return !mayUseNode(file);
        return !(packages[roomOf(file)] ?? []).includes(imported);
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("import themselves neither straight nor through others", () => {
    const edges = new Map(
      sources.map((file) => [
        file,
        importsOf(withoutTypes(textOf(file))).flatMap((to) => target(file, to) ?? []),
      ]),
    );
    expect(sources.flatMap((file) => cycleFrom(file, edges) ?? [])).toEqual([]);
  });

  test("know no clock, no timer and no chance outside run/ and the entries of the server", () => {
    const clocks = /\b(setTimeout|setInterval|setImmediate|Date|performance|Math\.random)\b/g;
    const hasClock = (file: string) => roomOf(file) === "run" || /^server\/(main|browser)\.ts$/.test(file);
    const wrong = found((file, text) => (hasClock(file) ? [] : (codeOf(text).match(clocks) ?? [])));
    expect(wrong).toEqual([]);
  });

  test("leave nothing unfinished and heed compiler and linter", () => {
    const marks = /@ts-(ignore|expect-error|nocheck)|biome-ignore|\bTODO\b|\bFIXME\b/g;
    expect(found((_, text) => text.match(marks) ?? [])).toEqual([]);
  });

  test("are no longer than 300 lines, tables aside", () => {
    const long = sources.filter((file) => textOf(file).split("\n").length > 301);
    expect(long.filter((file) => !tables.includes(file))).toEqual([]);
    expect(tables.filter((file) => !sources.includes(file))).toEqual([]);
  });
});

/** Files that are one table each; splitting them would hide what belongs together. */
const tables: readonly string[] = [
  "src/rules/index.ts",
  "src/schema/checkers.ts",
  "src/schema/routes.ts",
  "src/schema/virtual_server.ts",
  "src/schema/vrrp_instance_election.ts",
  "src/schema/vrrp_instance_network.ts",
];

function withoutTypes(text: string): string {
  return text.replaceAll(/^import type [^;]*;/gm, "");
}

/** A way back to the file over its imports, as one line. */
function cycleFrom(file: string, edges: ReadonlyMap<string, readonly string[]>): string | undefined {
  const seen = new Set<string>();
  const stack = (edges.get(file) ?? []).map((next) => [file, next]);
  for (let way = stack.pop(); way; way = stack.pop()) {
    const here = way.at(-1) as string;
    if (here === file) return way.join(" -> ");
    if (seen.has(here)) continue;
    seen.add(here);
    for (const next of edges.get(here) ?? []) stack.push([...way, next]);
  }
  return undefined;
}

describe("the whole project", () => {
  const texts = filesBelow(".").filter((file) => /\.(ts|mjs|js|json|md|conf|ohm|txt)$|^\.ci\//.test(file));

  test("names no path of one machine", () => {
    const machine = new RegExp(`(?<![\\w.])/(${["work", "root", "home/\\w+", "Users/\\w+"].join("|")})/`);
    const named = texts.filter((file) => machine.test(textOf(file)));
    expect(named).toEqual([]);
  });

  test("the lock file names no registry", () => {
    const lock = textOf("package-lock.json");
    expect(lock).not.toContain('"resolved"');
    expect(lock).not.toMatch(/https?:\/\/[^"]*\/-\//);
  });

  test("test, scripts and every room of src explain themselves", () => {
    const rooms = new Set(filesBelow("src").flatMap((file) => file.match(/^src\/[^/]+(?=\/)/)?.[0] ?? []));
    const silent = [...rooms, "test", "scripts"].filter(
      (room) => !filesBelow(room).includes(`${room}/README.md`),
    );
    expect(silent).toEqual([]);
  });

  test("tests neither wait nor hide", () => {
    const hidden = filesBelow("test").filter(
      (file) =>
        file.endsWith(".ts") && /\.(only|skip|todo)\(|setTimeout|passWithNoTests/.test(codeOf(textOf(file))),
    );
    expect(hidden.filter((file) => file !== "test/house.test.ts")).toEqual([]);
  });
});
