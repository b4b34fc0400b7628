import type { Fix } from "../diagnostic.ts";
import type { Definition, Host, Tracker } from "../model/host.ts";
import { deleteWithBlock, fix, replaceWord } from "./edits.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import { definitionBelow, nearestDefinition } from "./support.ts";
import type { FileRule, Report } from "./types.ts";

const tracked = (line: string) => instance(block("track_script", line));
const defining = {
  script: "vrrp_script",
  process: "vrrp_track_process",
  bfd: "bfd_instance",
  file: "track_file",
};

export const vrrpTrackUndefined: FileRule = {
  id: "vrrp-track-undefined",
  severity: "error",
  over: "file",
  summary: "A tracker names something that is not defined.",
  why: "keepalived ignores the line and runs without the check. The service can die on the master, and the addresses stay there.",
  basis: "keepalived/vrrp/vrrp_track.c, alloc_track_script (v2.2.7); seen with running daemons.",
  bad: () => [
    {
      input: file(secured, script(), tracked("«chek»")),
      fixed: file(secured, script(), tracked("chk")),
    },
    { input: file(secured, script(), tracked("«chk,»")), fixed: file(secured, script(), tracked("chk")) },
    { input: file(instance(block("track_process", "«haproxy»"))), fixed: file(instance()) },
    {
      input: file(secured, script(), tracked("chk\n        «other» weight 2")),
      fixed: file(secured, script(), tracked("chk")),
    },
    { input: file(secured, block("vrrp_script chk", "interval 2"), tracked("«chk»")) },
  ],
  good: () => [file(secured, script(), tracked("chk")), file(instance(block("track_interface", "eth1")))],
  check(host, report) {
    if (host.uncertain) return;
    for (const { trackers } of [...host.instances, ...host.groups])
      for (const tracker of trackers) {
        const { kind, ignored, at } = tracker;
        if (ignored !== "undefined-name" || kind === "file" || kind === "interface") continue;
        if (definitionBelow(host, tracker)) continue;
        const empty = host.definitions.find((each) => each.kind === kind && each.name === tracker.name);
        if (empty?.uncertain) continue;
        if (empty) reportEmpty(tracker, empty, report);
        else
          report(
            at,
            `No ${defining[kind]} named ${tracker.name} is defined, so ${effect} ${hint(host, tracker)}`,
            { fixes: repair(host, tracker) },
          );
      }
  },
};

const effect =
  "keepalived ignores the line and runs without the check: the service can die and the addresses stay.";

/** keepalived removes a definition that does not say what to run or to look for. */
function reportEmpty({ at, name, kind }: Tracker, empty: Definition, report: Report): void {
  const missing = kind === "process" ? "process" : "script";
  report(
    at,
    `${name} has no line that says which ${missing} it is about, and keepalived removes it. So ${effect} Add the ${missing} line.`,
    {
      related: [{ at: empty.at, message: `${name} without a ${missing} line` }],
    },
  );
}

function hint(host: Host, tracker: Tracker): string {
  const meant = nearestDefinition(host, tracker);
  return meant === undefined
    ? "Define it above this line."
    : `Is ${meant} meant? Otherwise define it above this line.`;
}

/** The name that is meant, or to go without. */
export function repair(host: Host, tracker: Tracker): readonly Fix[] {
  const { name, statement } = tracker;
  const meant = nearestDefinition(host, tracker) ?? "";
  // A comma or semicolon behind the name is a habit from elsewhere; another name may be another mistake.
  const safe = meant !== "" && /^[,;]$/.test(name.slice(meant.length));
  return [
    ...(meant === "" ? [] : fix(`Write ${meant}`, safe, replaceWord(statement.words[0], meant))),
    ...fix(`Go without ${name}: delete it here`, false, deleteWithBlock(host, statement)),
  ];
}
