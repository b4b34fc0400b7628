/**
 * The lines of routes, rules and server groups against keepalived itself: lines made from the schema, each of which the
 * check and `keepalived -t` must both take or both refuse.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkStatements } from "../../src/schema/check.ts";
import { findKeyword, rootKeywords } from "../../src/schema/index.ts";
import type { Finding } from "../../src/schema/statement.ts";
import { buildTree } from "../../src/schema/tree.ts";
import type { DataLines } from "../../src/schema/types.ts";
import { expand } from "../../src/syntax/expand.ts";
import { parseSource } from "../../src/syntax/parse.ts";
import { judge, keepalivedRelease, needsPeer } from "../support/keepalived.ts";
import { anyLine, eachWord, wordsFor } from "./line-samples.ts";

interface Block {
  readonly path: string;
  /** The block around the lines, and their place in it. */
  readonly file: (lines: readonly string[]) => string;
  /** Sound lines that words are added to. */
  readonly bases: readonly ((words: string) => string)[];
  /** What lines usually begin with. */
  readonly usual: readonly string[];
}

const group = "track_group g {\ngroup {\nV\n}\n}\n";

function within(header: string): Block["file"] {
  return (lines) => `${header} {\n${lines.join("\n")}\n}\n`;
}

function inInstance(header: string): Block["file"] {
  const before = "vrrp_instance V {\ninterface eth0\nvirtual_router_id 5\n";
  const after = "virtual_ipaddress {\n192.0.2.90/24\n}\n}\n";
  return (lines) => `${before}${within(header)(lines)}${after}`;
}

const routes = {
  bases: [
    (words: string) => `192.0.2.0/24 dev eth0 ${words}`,
    (words: string) => `${words} 2001:db8::/32`,
    (words: string) => words,
  ],
  usual: ["192.0.2.0/24", "default", "to 2001:db8::/32", "blackhole 192.0.2.0/24", "6 192.0.2.0/24"],
};

const rules = {
  bases: [
    (words: string) => `from 192.0.2.0/24 table 5 preference 100 ${words}`,
    (words: string) => `${words} to 2001:db8::/32 preference 100`,
    (words: string) => words,
  ],
  usual: ["from 192.0.2.0/24 table 5", "lookup 5 preference 9", "to 2001:db8::/32", "blackhole", "7"],
};

const blocks: readonly Block[] = [
  { path: "static_routes", file: (lines) => group + within("static_routes")(lines), ...routes },
  { path: "static_rules", file: (lines) => group + within("static_rules")(lines), ...rules },
  { path: "vrrp_instance/virtual_routes", file: inInstance("virtual_routes"), ...routes },
  { path: "vrrp_instance/virtual_rules", file: inInstance("virtual_rules"), ...rules },
  {
    path: "virtual_server_group",
    file: within("virtual_server_group G"),
    bases: [(words) => words, (words) => `${words} 80`],
    usual: ["192.0.2.1", "fwmark 5", "fwmark", "192.0.2.1 80", "fwmark 5 inet", "fwmark 5 ipv4"],
  },
];

/** What keepalived says of lines that it takes: some it takes otherwise than written, and rules without a place. */
const taken =
  /^Warning - cannot track route|is not RTPROT_KEEPALIVED|has no preference specified|is deprecated|MPLS only/;

/** A name that another host may know: an interface, or one in the files of iproute2. The rest of its line goes unread. */
const foreignName =
  /interface \S+ for|VROUTE|(table|protocol|scope|TOS value|suppress_group|realms|ipproto) [a-z]/i;

/** Lines that keepalived only half reads, or judges by its build: `or` takes an address of either family. */
const outside = /\bor\b.*\b(default|any|all)\b|\bor\b.*:|:.*\bor\b|\bvrf\b|\bencap (mpls|ila)\b/;

function findingsOf(text: string): readonly Finding[] {
  const { statements } = buildTree(expand(parseSource("a.conf", text)), rootKeywords);
  return checkStatements(statements).filter(({ kind }) => kind !== "extra-words");
}

const stops = ({ kind, expected }: Finding) =>
  kind === "missing-value" || (kind === "bad-option" && expected?.includes(" after "));

interface Sheet {
  readonly text: string;
  readonly lines: readonly string[];
  /** The number of the first line. */
  readonly first: number;
}

/** Files of many lines each; a line that makes keepalived stop has one of its own. */
function sheetsOf({ file }: Block, lines: readonly string[]): readonly Sheet[] {
  const sheet = (of: readonly string[]): Sheet => {
    const text = file(of);
    return { text, lines: of, first: file(["\0"]).split("\0")[0]?.split("\n").length ?? 0 };
  };
  // Behind a bad encapsulation keepalived loses count of the words.
  const alone = lines.filter((line) => / encap /.test(line) || findingsOf(file([line])).some(stops));
  const together = lines.filter((line) => !alone.includes(line));
  const sheets = alone.map((line) => sheet([line]));
  for (let from = 0; from < together.length; from += 40) sheets.push(sheet(together.slice(from, from + 40)));
  return sheets;
}

function linesFor(lines: DataLines, { bases, usual }: Block): readonly string[] {
  const words = [...eachWord(lines.options ?? []), ...lines.args.flatMap(({ value }) => wordsFor(value))];
  const systematic = words.flatMap((word) => bases.map((base) => base(word).trim()));
  const mixed = fc.sample(anyLine(lines, usual), { seed: 7, numRuns: 600 });
  return [...new Set([...systematic, ...mixed])].filter((line) => !outside.test(line));
}

describe.runIf(needsPeer() && keepalivedRelease() === "2.2.7")("against keepalived 2.2.7", () => {
  test.each(blocks)("lines of $path", { timeout: 240_000 }, async (block) => {
    const schema = findKeyword(block.path)?.lines as DataLines;
    const lines = linesFor(schema, block);
    expect(lines.length).toBeGreaterThan(300);
    const sheets = sheetsOf(block, lines);
    const verdicts = await judge(sheets, { interfaces: ["eth0", "eth1"] });
    const differing = sheets.flatMap((sheet, at) => {
      const { complaints = [], exitCode, crashed } = verdicts[at] ?? {};
      expect(crashed).toBe(false);
      const ended = exitCode === 2 && sheet.lines.length === 1;
      if (exitCode === 2 && !ended) return [`keepalived stopped: ${complaints.at(-1)?.message}`];
      return sheet.lines.flatMap((line, index) => {
        const told = complaints.filter((one) => one.line === sheet.first + index && !taken.test(one.message));
        if (told.some(({ message }) => foreignName.test(message))) return [];
        const refused = ended || told.length > 0;
        if (refused === findingsOf(block.file([line])).length > 0) return [];
        return [`${line}: ${refused ? `refused: ${told[0]?.message}` : "taken"}`];
      });
    });
    expect(differing).toEqual([]);
  });
});
