import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkStatements } from "../../src/schema/check.ts";
import { rootKeywords } from "../../src/schema/index.ts";
import { buildTree } from "../../src/schema/tree.ts";
import type { Keyword, Value } from "../../src/schema/types.ts";
import { faultOf } from "../../src/schema/values.ts";
import { virtualServerBlock } from "../../src/schema/virtual_server.ts";
import { virtualServerGroupBlock } from "../../src/schema/virtual_server_group.ts";
import { expand } from "../../src/syntax/expand.ts";
import { parseSource } from "../../src/syntax/parse.ts";
import { judge, keepalivedRelease, needsPeer, type Verdict } from "../support/keepalived.ts";

interface Entry {
  readonly path: string;
  readonly keyword: Keyword;
}

function entriesOf(keyword: Keyword, above = ""): Entry[] {
  const path = `${above}${keyword.name}`;
  return [{ path, keyword }, ...(keyword.keywords ?? []).flatMap((inner) => entriesOf(inner, `${path}/`))];
}

const entries = [virtualServerGroupBlock, virtualServerBlock].flatMap((block) => entriesOf(block));

/** The paths that keepalived knows and the release each came in, absent for those older than all. */
const known = new Map<string, string | undefined>(
  readFileSync(new URL("keywords.tsv", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => /^virtual_server(?:_group)?(?:\/|\t)/.test(line))
    .map((line) => line.split("\t"))
    .map(([path = "", since = ""]) => [path, since.startsWith("<=") ? undefined : since]),
);

describe("the blocks of the LVS side", () => {
  it("have exactly the keywords that keepalived has", () => {
    expect(known.size).toBeGreaterThan(200);
    expect(entries.map(({ path }) => path).sort()).toEqual([...known.keys()].sort());
  });

  it.each(entries)("$path: since, words and sources", ({ path, keyword }) => {
    expect(keyword.since).toBe(known.get(path));
    expect(keyword.doc).toMatch(/^[A-Z].*\.$/s);
    expect(keyword.source).toMatch(/\(v\d+\.\d+\.\d+\)/);
    expect(keyword.example.split("\n").map((line) => line.trim().split(/\s+/)[0])).toContain(keyword.name);
    const names = (keyword.keywords ?? []).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    if (keyword.flag) expect(keyword.args).toEqual([]);
    for (const arg of keyword.args.slice(0, -1)) expect(arg.rest).toBeUndefined();
  });
});

/** Lines that a block needs beside the line under test, unless that line gives them. */
const needs: Readonly<Record<string, readonly string[]>> = {
  virtual_server: ["protocol TCP", "lvs_sched rr", "lvs_method NAT"],
  HTTP_GET: ["url {\npath /\n}"],
  SSL_GET: ["url {\npath /\n}"],
  url: ["path /"],
  MISC_CHECK: ["misc_path /bin/true"],
  BFD_CHECK: ["name peer1"],
  FILE_CHECK: ["track_file load"],
};

const headers: Readonly<Record<string, string>> = {
  virtual_server: "virtual_server 192.0.2.1 80",
  real_server: "real_server 192.0.2.10 80",
};

const elsewhere = `global_defs {
enable_script_security
script_user root
}
track_file load {
file /run/load
}
bfd_instance peer1 {
neighbor_ip 192.0.2.10
source_ip 192.0.2.2
}
`;

/** A whole file in which `text` stands inside the blocks of `path`, and the line on which it starts. */
function fileAround(path: string, text: string): { text: string; line: number } {
  const blocks = path.split("/").slice(0, -1);
  const name = path.split("/").at(-1) ?? "";
  let before = elsewhere;
  let after = "\n";
  for (const [at, block] of blocks.entries()) {
    before += `${headers[block] ?? block} {\n`;
    const inner = blocks[at + 1] ?? name;
    for (const line of needs[block] ?? []) if (!line.startsWith(inner)) before += `${line}\n`;
    after = `\n}${after}`;
    if (block === "virtual_server" && inner !== "real_server") {
      after = `\nreal_server 192.0.2.30 80 {\nTCP_CHECK {\n}\n}${after}`;
    }
  }
  return { text: `${before}${text}${after}`, line: before.split("\n").length };
}

/** The words of the line of a keyword's example that shows the keyword, the lines above it, and a trailing brace. */
function shown(keyword: Keyword): { above: string; words: string[] } {
  const lines = keyword.example.split("\n");
  const at = lines.findIndex((line) => line.split(" ")[0] === keyword.name);
  const above = lines.slice(0, at).map((line) => `${line}\n`);
  const words = (lines[at] ?? "").match(/"[^"]*"|\S+/g) ?? [];
  return { above: above.join(""), words: words.filter((word) => word !== "{") };
}

interface Trial {
  readonly path: string;
  readonly written: string;
  readonly good: boolean;
  readonly text: string;
  readonly line: number;
}

/** Values at and beyond the borders of what the schema says. */
function borders(value: Value): { good: string[]; bad: string[] } {
  switch (value.is) {
    case "int":
      return {
        good: [String(value.min), String(value.max), `0${value.max}`],
        bad: [String(value.min - 1), String(value.max + 1), "0x1", "1s", "x"],
      };
    case "seconds": {
      const good = [String(value.min), "1", "0.5", "0.000001", String(Math.floor(value.max))];
      return { good, bad: ["-1", String(Math.ceil(value.max) + 1), "1s", ...(value.min > 0 ? ["0"] : [])] };
    }
    case "bool":
      return { good: ["on", "off", "true", "false", "yes", "no"], bad: ["1", "0", "On", "enable"] };
    case "word": {
      const words = value.of.map(({ word }) => word);
      const lower = value.anyCase ? words.map((word) => word.toLowerCase()) : [];
      const miscased = value.anyCase ? [] : words.map(swapCase).filter((word) => !words.includes(word));
      return { good: [...words, ...lower], bad: ["nonsense", ...miscased] };
    }
    case "address":
      return {
        good: ["192.0.2.77", "192.0.2.77/24", "192.0.2.70-80"],
        bad: ["192.0.2.256", "192.0.2.77:80", "www.example.com", "fe80::1%eth0"],
      };
    default:
      return { good: [], bad: [] };
  }
}

function swapCase(word: string): string {
  return word === word.toLowerCase() ? word.toUpperCase() : word.toLowerCase();
}

/** keepalived only logs mistakes in these, or judges them together with something else. */
function judgedOtherwise({ path, keyword }: Entry): boolean {
  return keyword.build === "--enable-regex" || path === "virtual_server/ip_family";
}

function newerThan(release: string, other: string): boolean {
  return release.localeCompare(other, "en", { numeric: true }) > 0;
}

const installedRelease = keepalivedRelease() ?? "0";
const here = entries.filter(({ keyword }) => !newerThan(keyword.since ?? "0", installedRelease));

function trialsOf({ path, keyword }: Entry): Trial[] {
  const { above, words } = shown(keyword);
  return keyword.args.flatMap((arg, at) => {
    const { good, bad } = borders(arg.value);
    return [...good, ...bad].map((value) => {
      const line = [...words.slice(0, at + 1), value, ...words.slice(at + 2)].join(" ");
      const written = keyword.keywords ? `${line} {\nTCP_CHECK {\n}\n}` : line;
      const file = fileAround(path, above + written);
      const row = file.line + above.split("\n").length - 1;
      return { path, written: line, good: good.includes(value), text: file.text, line: row };
    });
  });
}

/** Entries of different blocks that are read by the same code are tried once. */
function oncePerReader(all: readonly Entry[]): Entry[] {
  return [...new Map(all.map((entry) => [`${entry.keyword.name} ${entry.keyword.source}`, entry])).values()];
}

function complaintsOn(line: number, verdict: Verdict | undefined): string[] {
  return (verdict?.complaints ?? []).filter((one) => one.line === line).map(({ message }) => message);
}

describe("the check of values", () => {
  it.each(entries.filter(({ keyword }) => keyword.args.length > 0))("$path: borders", ({ keyword }) => {
    for (const { value } of keyword.args) {
      const { good, bad } = borders(value);
      expect(good.filter((text) => faultOf(value, text) !== undefined)).toEqual([]);
      expect(bad.filter((text) => faultOf(value, text) === undefined)).toEqual([]);
    }
  });
});

describe.runIf(needsPeer())("keepalived and the blocks of the LVS side", () => {
  it("accepts every example", { timeout: 60_000 }, async () => {
    const verdicts = await judge(
      here.map(({ path, keyword }) => ({ text: fileAround(path, keyword.example).text })),
    );
    const complaints = here.flatMap(({ path, keyword }, at) =>
      (verdicts[at]?.complaints ?? [])
        .filter(({ message }) => !(keyword.deprecated && message.includes("deprecated")))
        .map(({ message }) => `${path}: ${message}`),
    );
    expect(complaints).toEqual([]);
    expect(verdicts.filter(({ crashed, timedOut }) => crashed || timedOut)).toEqual([]);
  });

  it("agrees on every border of numbers, times, words, switches and addresses", {
    timeout: 120_000,
  }, async () => {
    const trials = oncePerReader(here)
      .filter((entry) => !judgedOtherwise(entry))
      .flatMap(trialsOf);
    expect(trials.length).toBeGreaterThan(400);
    const verdicts = await judge(trials.map(({ text }) => ({ text })));
    const disagreements = trials.flatMap(({ path, written, good, line }, at) => {
      const complaints = complaintsOn(line, verdicts[at]);
      const deprecated = complaints.every((message) => message.includes("deprecated"));
      return deprecated === good
        ? []
        : [`${path}: ${written}: ${good ? complaints.join("; ") : "no complaint"}`];
    });
    expect(disagreements).toEqual([]);
  });

  it("agrees on the options of tunnels, in any order", { timeout: 60_000 }, async () => {
    const lines = ["", "type ipip", "type gue", "type gre", "type nonsense", "type"].flatMap((type) =>
      ["", "port 5"].flatMap((port) =>
        ["", "nocsum", "csum", "remcsum", "nonsense"].flatMap((checksum) => {
          const words = [checksum, port, type];
          const all = type === "type" ? [words] : [words, words.toReversed()];
          return all.map((each) => ["lvs_method TUN", ...each].join(" "));
        }),
      ),
    );
    const files = lines.map((line) => fileAround("virtual_server/lvs_method", line));
    const verdicts = await judge(files);
    const disagreements = files.flatMap(({ text, line }, at) => {
      const { statements } = buildTree(expand(parseSource("a.conf", text)), rootKeywords);
      const refused = complaintsOn(line, verdicts[at]).length > 0;
      return checkStatements(statements).length > 0 === refused ? [] : [`${lines[at]}: ${refused}`];
    });
    expect(disagreements).toEqual([]);
  });

  it("reads no value after a flag", { timeout: 60_000 }, async () => {
    const flags = here.filter(({ keyword }) => keyword.flag);
    const inputs = flags.map(({ path, keyword }) => {
      const { above } = shown(keyword);
      return { text: fileAround(path, `${above}${keyword.name} off`).text };
    });
    const verdicts = await judge(inputs);
    expect(verdicts.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
