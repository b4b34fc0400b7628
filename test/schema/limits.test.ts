/**
 * Every number, yes-or-no and choice in the schema against keepalived itself: the words at and just beyond each limit,
 * and words written in ways that look right. The check and `keepalived -t` must agree on each of them.
 */
import { describe, expect, test } from "vitest";
import { everyKeyword, findKeyword } from "../../src/schema/index.ts";
import type { Choice, Keyword, Value } from "../../src/schema/types.ts";
import { faultOf } from "../../src/schema/values.ts";
import { judge, keepalivedRelease, needsPeer } from "../support/keepalived.ts";

/** One word for one position of one keyword. */
interface Trial {
  readonly path: string;
  readonly word: string;
  readonly line: string;
  readonly faulty: boolean;
}

/** Where the check and keepalived 2.2.7 differ on purpose. */
const onPurpose: readonly (readonly [RegExp, string])[] = [
  [/^global_defs\/(vrrp_strict|vrrp_skip_check_adv_addr) /, "2.2.7 ignores the word, 2.3.0 reads it"],
  [/^global_defs\/vrrp_garp_extra_if all$/, "accepted beside a number"],
  [/_cpu_affinity .*1023"?$/, "depends on the machine's processors"],
  [/^global_defs\/vrrp_rx_bufs_policy /, "keepalived reads the first word in place of the second"],
  [/track_file\/init_file (\+254|"")$/, "a number here must begin with a digit or minus"],
  [/^vrrp_script\/(interval|timeout) 0?(0\.001|4294\.000)$/, "fractions came with 2.3.2"],
  [/^virtual_server\/ip_family inet6$/, "the block around it is IPv4"],
  [/^virtual_server\/sorry_server_lvs_method /, "stands without its sorry_server"],
  [
    /^virtual_server\/persistence_granularity (0x10|\+?0?128(\.5)?|129|" 128"|"")$/,
    "for IPv4 keepalived reads a number as an address with parts left out, which nobody means",
  ],
];

/** Words for a kind of value: both limits, one step beyond them, and number-like text that is no number. */
function wordsFor(value: Value, release: string): readonly string[] {
  switch (value.is) {
    case "int":
      return integerWords(value.min, value.max);
    case "seconds":
      return secondsWords(value.min, value.max, value.resolution ?? 0.000001);
    case "bool":
      return ["on", "off", "true", "false", "yes", "no", "On", "1", '""'];
    case "word":
      return choiceWords(value.of.filter(({ since }) => !newerThan(release, since)));
    case "either":
      return value.of.flatMap((one) => wordsFor(one, release));
    default:
      return [];
  }
}

function choiceWords(choices: readonly Choice[]): readonly string[] {
  const words = choices.map(({ word }) => word);
  return [...words, ...words.slice(0, 1).map((word) => word.toUpperCase()), "xyzzy"];
}

function integerWords(min: number, max: number): readonly string[] {
  const limits = [min, max, min - 1, max + 1].map(String);
  return [...limits, `+${max}`, `0${max}`, `" ${max}"`, `${max}x`, "0x10", `${max}.5`, '""'];
}

function secondsWords(min: number, max: number, resolution: number): readonly string[] {
  const digits = Math.max(0, Math.round(-Math.log10(resolution)));
  const limits = [min, max, max + resolution].map((number) => number.toFixed(digits));
  const below = min > 0 ? [(min - resolution).toFixed(digits)] : ["-1"];
  return [...limits, ...below, `0${max.toFixed(digits)}`, `${max.toFixed(0)}s`, "1,5", "0x10"];
}

/** The words of the line of an entry's example that shows it; undefined when quotes make them unclear. */
function shownWords({ name, example }: Keyword): readonly string[] | undefined {
  const shown = example.split("\n").map((line) => line.trim().split(" "));
  const words = shown.find((line) => line[0] === name);
  return words?.some((word) => word.includes('"')) ? undefined : words;
}

function trialsOf(path: string, keyword: Keyword, release: string): readonly Trial[] {
  const words = shownWords(keyword);
  if (!words || keyword.keywords || keyword.lines) return [];
  return keyword.args.flatMap((arg, index) =>
    wordsFor(arg.value, release).map((word) => {
      const before = words.slice(0, index + 1);
      const after = words.slice(index + 2);
      const faulty = faultOf(arg.value, word.replaceAll('"', "")) !== undefined;
      return { path, word, line: [...before, word, ...after].join(" "), faulty };
    }),
  );
}

function newerThan(release: string, since: string | undefined): boolean {
  return since !== undefined && since.localeCompare(release, undefined, { numeric: true }) > 0;
}

/** What the installed keepalived, as Debian builds it, cannot judge. */
function beyond(release: string, path: string, keyword: Keyword): boolean {
  if (keyword.build?.includes("iptables") || keyword.deprecated) return true;
  // Without a url inside they crash 2.2.7.
  if (/\/(HTTP_GET|SSL_GET)\//.test(path)) return true;
  const parts = path.split("/");
  return parts.some((_, index) =>
    newerThan(release, findKeyword(parts.slice(0, index + 1).join("/"))?.since),
  );
}

/** The opening line of a block, as its own example writes it. */
function header(path: string): string {
  const { name, example } = findKeyword(path) as Keyword;
  const line = example.split("\n").find((text) => text.trim().startsWith(name));
  return (line as string).trim();
}

/** A file in which a keyword stands without its value. */
function bareFile(path: string, { name, keywords, lines }: Keyword): string {
  const line = keywords || lines ? `${name} {\n}` : name;
  return fileOf(blockOf(path), [line]).text;
}

/** The path of the block that a keyword stands in, empty for the top level. */
function blockOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** A file with lines in a block; `first` is the number of the first of them. */
function fileOf(block: string, inside: readonly string[]): { readonly text: string; readonly first: number } {
  const parts = block === "" ? [] : block.split("/");
  const headers = parts.map((_, index) => header(parts.slice(0, index + 1).join("/")));
  const lines = [...headers, ...inside, ...headers.map(() => "}")];
  return { text: `${lines.join("\n")}\n`, first: headers.length + 1 };
}

/** Trials that can share a file: the same block, one per keyword. */
function shared(trials: readonly Trial[]): readonly (readonly Trial[])[] {
  const rounds = new Map<string, Trial[]>();
  const used = new Map<string, number>();
  for (const trial of trials) {
    const round = used.get(trial.path) ?? 0;
    used.set(trial.path, round + 1);
    const key = `${blockOf(trial.path)} ${round}`;
    rounds.set(key, [...(rounds.get(key) ?? []), trial]);
  }
  return [...rounds.values()];
}

describe.runIf(needsPeer())("limits as keepalived draws them", () => {
  const release = keepalivedRelease() ?? "";

  test("the check and keepalived agree on every word", { timeout: 120_000 }, async () => {
    const trials = everyKeyword()
      .filter(({ path, keyword }) => !beyond(release, path, keyword))
      .flatMap(({ path, keyword }) => trialsOf(path, keyword, release));
    expect(trials.length).toBeGreaterThan(1000);
    const rounds = shared(trials);
    const files = rounds.map((round) =>
      fileOf(
        blockOf(round[0]?.path ?? ""),
        round.map(({ line }) => line),
      ),
    );
    const verdicts = await judge(
      files.map(({ text }) => ({ text })),
      { interfaces: ["eth0", "eth1"] },
    );
    const differing = rounds.flatMap((round, at) =>
      round.filter((trial, index) => {
        const line = (files[at]?.first ?? 0) + index;
        const refused = verdicts[at]?.complaints.some((complaint) => complaint.line === line);
        return (
          refused !== trial.faulty && !onPurpose.some(([where]) => where.test(`${trial.path} ${trial.word}`))
        );
      }),
    );
    expect(
      verdicts.filter(({ crashed, timedOut, exitCode }) => crashed || timedOut || exitCode === 2),
    ).toEqual([]);
    expect(
      differing.map(({ path, line, faulty }) => `${path}: ${line}: ${faulty ? "accepted" : "refused"}`),
    ).toEqual([]);
  });

  test("a line without its value ends the reading, unless the entry says that it is skipped", {
    timeout: 120_000,
  }, async () => {
    const needing = everyKeyword().filter(
      ({ path, keyword }) => keyword.args.some((arg) => !arg.optional) && !beyond(release, path, keyword),
    );
    expect(needing.length).toBeGreaterThan(200);
    const verdicts = await judge(
      needing.map(({ path, keyword }) => ({ text: bareFile(path, keyword) })),
      { interfaces: ["eth0", "eth1"] },
    );
    const differing = needing.filter(({ keyword }, at) => {
      const { crashed, exitCode } = verdicts[at] ?? { crashed: true, exitCode: 0 };
      return !crashed && (exitCode === 2) === (keyword.withoutValue === "skipped");
    });
    expect(differing.map(({ path }) => path)).toEqual([]);
  });

  test("examples and flags with a word after them are accepted", { timeout: 120_000 }, async () => {
    const outside = /^(global_defs|garp_group|bfd_instance|SSL)\/|^[^/]+$/;
    const known = everyKeyword().filter(
      ({ path, keyword }) => outside.test(path) && !beyond(release, path, keyword),
    );
    const lines = known.flatMap(({ path, keyword }) => [
      { path, line: keyword.example },
      ...(keyword.flag ? [{ path, line: `${keyword.name} off` }] : []),
    ]);
    expect(lines.length).toBeGreaterThan(150);
    const files = lines.map(({ path, line }) => fileOf(blockOf(path), [line]));
    const verdicts = await judge(
      files.map(({ text }) => ({ text })),
      { interfaces: ["eth0", "eth1"] },
    );
    const differing = lines.filter(({ line }, at) => {
      const first = files[at]?.first ?? 0;
      const last = first + line.split("\n").length - 1;
      return verdicts[at]?.complaints.some(
        (complaint) => complaint.line !== undefined && complaint.line >= first && complaint.line <= last,
      );
    });
    expect(differing).toEqual([]);
  });
});
