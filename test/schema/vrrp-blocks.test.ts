/**
 * The schema of the VRRP side: its entries' shapes, and keepalived as the judge of its examples, ranges, words,
 * flags and repetitions. That all paths are known is the matter of schema.test.ts.
 */
import { beforeAll, describe, expect, it, test } from "vitest";
import { everyKeyword } from "../../src/schema/index.ts";
import type { Keyword } from "../../src/schema/types.ts";
import { faultOf } from "../../src/schema/values.ts";
import { judge, keepalivedRelease, needsPeer } from "../support/keepalived.ts";
import { type Entry, fileWith, sampleLines } from "./vrrp-file.ts";

const blocks =
  /^(static_\w+|track_(file|group)|vrrp_(instance|script|sync_group|track_file|track_process))(\/|$)/;

const entries = everyKeyword().filter(({ path }) => blocks.test(path));

/** The paths of entries that break a law, so that a failure names them. */
function breaking(law: (keyword: Keyword) => boolean): readonly string[] {
  return entries.filter(({ keyword }) => !law(keyword)).map(({ path }) => path);
}

describe("every entry", () => {
  test("is one of 126", () => expect(entries.length).toBe(126));

  test("begins its explanation with a sentence short enough for completion", () => {
    expect(breaking(({ doc }) => (doc.split(/\. /)[0] as string).length < 120)).toEqual([]);
  });

  test("names its source with a release or a section of the manual", () => {
    const place = /^keepalived(\.conf\(5\), \w|\/[a-z]+\/\w+\.c:\d+ \(v2\.\d\.\d\))/;
    expect(breaking(({ source }) => place.test(source))).toEqual([]);
  });

  test("has an example of its own shape", () => {
    const isBlock = ({ keywords, lines }: Keyword) => keywords !== undefined || lines !== undefined;
    expect(breaking(({ name, example }) => example.split(/[\s{]/)[0] === name)).toEqual([]);
    expect(breaking((keyword) => /^.*\{\n[\s\S]*\n\}$/.test(keyword.example) === isBlock(keyword))).toEqual(
      [],
    );
    expect(breaking(({ example }) => !/\t|[ \n]$/m.test(example))).toEqual([]);
  });

  test("has explained options, none of them twice", () => {
    const sets = ({ options = [], lines }: Keyword) => [options, lines?.options ?? []];
    const differ = (names: readonly string[]) => new Set(names).size === names.length;
    expect(
      breaking((keyword) => sets(keyword).every((options) => differ(options.map(({ name }) => name)))),
    ).toEqual([]);
    expect(
      breaking((keyword) =>
        sets(keyword).every((options) => options.every(({ doc }) => /^[A-Z].*\.$/.test(doc))),
      ),
    ).toEqual([]);
  });

  test("says what keepalived does with a bad value, where a rule speaks about bad values", () => {
    expect(breaking(({ rule, lines, onInvalid }) => !rule || !!lines || !!onInvalid)).toEqual([]);
  });
});

interface Case {
  readonly about: string;
  readonly text: string;
}

/** What keepalived says about a set of files, all judged in one go before the first test. */
function verdictsOn(cases: readonly Case[]): (about: string) => readonly string[] {
  const complaints = new Map<string, readonly string[]>();
  beforeAll(async () => {
    const inputs = cases.map(({ text }) => ({ text }));
    const verdicts = await judge(inputs, { interfaces: ["eth0", "eth1"] });
    for (const [at, { about }] of cases.entries()) {
      complaints.set(about, verdicts[at]?.complaints.map(({ message }) => message) ?? ["not judged"]);
    }
  }, 60_000);
  return (about) => complaints.get(about) ?? ["not judged"];
}

/** First releases of a keyword and of the blocks around it. */
function releasesOf(path: string): readonly string[] {
  return entries
    .filter((entry) => `${path}/`.startsWith(`${entry.path}/`))
    .map(({ keyword }) => keyword.since ?? "");
}

/** Complaints about what the schema takes, with the reason. */
const otherComplaints = new Map([
  ["vrrp_script/interval: interval 0.001", "fractions came with 2.3.2"],
  ["vrrp_script/timeout: timeout 0.001", "fractions came with 2.3.2"],
  ["vrrp_instance/advert_int: advert_int 255", "version 3 ends at 40.95, and that needs a rule of its own"],
  ["vrrp_instance/garp_extra_if: garp_extra_if all", "a number must follow in either place"],
  ["vrrp_instance/use_ipvlan: use_ipvlan", "an IPv4 instance needs an address, an IPv6 one does not"],
]);

/** What the schema does not take and keepalived does in silence, with the reason. */
const silences = new Map([
  ["vrrp_instance/mcast_src_ip: mcast_src_ip 192.0.2.77/33", "cut off at the slash unread"],
  ["vrrp_instance/unicast_src_ip: unicast_src_ip 192.0.2.77/33", "cut off at the slash unread"],
  ["vrrp_instance/unicast_peer: unicast_peer { 192.0.2.77/33 }", "cut off at the slash unread"],
  ["vrrp_instance/version: version 3 version 3", "both lines say the same"],
  ["track_file/weight: weight 1 weight 1", "1 is the default"],
]);

// A VRF cannot be made in every kernel; deprecated keywords are complained about by design.
const known = entries.filter(
  ({ path, keyword }) =>
    !keyword.deprecated &&
    path !== "vrrp_instance/vrf" &&
    !path.startsWith("vrrp_track_file") &&
    releasesOf(path).every((release) => !/^2\.(2\.8|[34])/.test(release)),
);

describe.runIf(needsPeer() && keepalivedRelease() === "2.2.7")("against keepalived 2.2.7", () => {
  describe("an example is accepted", () => {
    const complaintsOn = verdictsOn(
      known.map((entry) => ({ about: entry.path, text: fileWith(entry, entry.keyword.example) })),
    );
    it.each(known)("$path", ({ path }) => expect(complaintsOn(path)).toEqual([]));
  });

  describe("a word is a fault where keepalived complains", () => {
    const sampled = new Set<unknown>();
    // Blocks that share their lines (virtual_ipaddress and its excluded sister) are sampled once.
    const isNew = ({ keyword }: Entry) =>
      !keyword.lines || (!sampled.has(keyword.lines) && sampled.add(keyword.lines));
    const cases = known.filter(isNew).flatMap((entry) =>
      sampleLines(entry).map(({ word, value, text }) => ({
        about: aboutOf(entry, text),
        text: fileWith(entry, text),
        fault: faultOf(value, word) !== undefined,
      })),
    );
    const complaintsOn = verdictsOn(cases);
    test("in many cases", () => expect(cases.length).toBeGreaterThan(350));
    it.each(cases)("$about", ({ about, fault }) => {
      expectComplaint(complaintsOn(about), about, fault);
    });
  });

  describe("a flag takes any word in silence", () => {
    const flags = known.filter(({ keyword }) => keyword.flag);
    const complaintsOn = verdictsOn(
      flags.map((entry) => ({ about: entry.path, text: fileWith(entry, `${entry.keyword.name} off`) })),
    );
    it.each(flags)("$path", ({ path }) => expect(complaintsOn(path)).toEqual([]));
  });

  describe("a keyword alone is a complaint unless its words are optional", () => {
    const plain = known.filter(
      ({ keyword }) => keyword.args.length > 0 && !keyword.keywords && !keyword.lines,
    );
    const cases = plain.map((entry) => ({
      about: aboutOf(entry, entry.keyword.name),
      text: fileWith(entry, entry.keyword.name),
      needed: !entry.keyword.args[0]?.optional,
    }));
    const complaintsOn = verdictsOn(cases);
    it.each(cases)("$about", ({ about, needed }) => expectComplaint(complaintsOn(about), about, needed));
  });

  describe("a second line is a complaint where the first one wins", () => {
    const single = known.filter(({ path, keyword }) => path.includes("/") && keyword.times === "once");
    const twice = ({ keyword }: Entry) => `${keyword.example}\n${keyword.example}`;
    const cases = single.map((entry) => ({
      about: aboutOf(entry, twice(entry)),
      text: fileWith(entry, twice(entry)),
      first: entry.keyword.wins === "first",
    }));
    const complaintsOn = verdictsOn(cases);
    it.each(cases)("$about", ({ about, first }) => expectComplaint(complaintsOn(about), about, first));
  });
});

/** keepalived complains where the schema does, the named exceptions aside. */
function expectComplaint(complaints: readonly string[], about: string, expected: boolean): void {
  if ((expected || otherComplaints.has(about)) && !silences.has(about)) expect(complaints).not.toEqual([]);
  else expect(complaints).toEqual([]);
}

function aboutOf({ path }: Entry, text: string): string {
  return `${path}: ${text.replaceAll(/\s+/g, " ")}`;
}
