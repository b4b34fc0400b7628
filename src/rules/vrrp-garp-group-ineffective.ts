import { inside, named, type Statement } from "../schema/statement.ts";
import type { Word } from "../syntax/tree.ts";
import { block, file, instance } from "./examples.ts";
import { keywordPlace, mentions } from "./support.ts";
import type { FileRule } from "./types.ts";

const group = (...lines: readonly string[]) => block("garp_group", ...lines);
const pauses = ["garp_interval", "gna_interval"];

export const vrrpGarpGroupIneffective: FileRule = {
  id: "vrrp-garp-group-ineffective",
  severity: "warning",
  over: "file",
  summary: "A garp_group without a pause, or an interface that is in a group already.",
  why: "keepalived drops the group or the interface. After a takeover the messages that tell where the addresses are go out at full speed, and the switch for which they should be slowed down may lose them.",
  basis:
    "keepalived/vrrp/vrrp_parser.c, garp_group_end_handler and garp_group_interface_handler (v2.2.7); keepalived -t.",
  bad: () => [
    { input: file("«garp_group» {\n    interface eth0\n}", instance()) },
    {
      input: file(
        group("garp_interval 0.01", "interface eth0"),
        group("garp_interval 0.02", block("interfaces", "eth1 «eth0»")),
        instance(),
      ),
    },
  ],
  good: () => [
    file(group("garp_interval 0.01", "interface eth0"), group("gna_interval 0.01", "interface eth1")),
  ],
  check(host, report) {
    const groups = named(host.statements, "garp_group").filter(isWhole);
    const kept = groups.filter((one) => pauses.some((pause) => mentions({ block: one }, pause)));
    for (const one of host.uncertain ? [] : groups) {
      if (kept.includes(one)) continue;
      report(
        keywordPlace(one),
        "This group sets no pause, so keepalived drops it, and its interfaces follow the global settings. Add garp_interval or gna_interval.",
      );
    }
    for (const [word, first] of repeated(kept)) {
      report(
        word.at,
        `${word.text} is in a garp_group already, and keepalived ignores it here. Name each interface once.`,
        { related: [{ at: first.at, message: `${word.text} is in a group here` }] },
      );
    }
  },
};

/** Whether all of a block is known: no word from an unset variable, no line under a condition. */
function isWhole(block: Statement): boolean {
  const lines = [block, ...inside(block), ...inside(block).flatMap(inside)];
  return lines.every(
    ({ damaged, line, words }) =>
      !damaged && line.condition === undefined && !words.some((word) => word.unknown),
  );
}

/** The names of interfaces that stand in a group before, with their first place. */
function repeated(groups: readonly Statement[]): readonly (readonly [Word, Word])[] {
  const first = new Map<string, Word>();
  const again: (readonly [Word, Word])[] = [];
  for (const one of groups) {
    for (const word of interfacesOf(one)) {
      const known = first.get(word.text);
      if (known) again.push([word, known]);
      else first.set(word.text, word);
    }
  }
  return again;
}

function interfacesOf(group: Statement): readonly Word[] {
  return inside(group).flatMap((statement) => {
    const keyword = statement.words[0]?.text;
    if (keyword === "interface") return statement.words.slice(1, 2);
    return keyword === "interfaces" ? inside(statement).flatMap(({ words }) => words) : [];
  });
}
