import { fix, replaceWord } from "./edits.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import { definitionBelow, nearestDefinition } from "./support.ts";
import type { FileRule } from "./types.ts";

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
  bad: [
    {
      input: file(secured, script(), tracked("«chek»")),
      fixed: file(secured, script(), tracked("chk")),
    },
    { input: file(secured, script(), tracked("«chk,»")), fixed: file(secured, script(), tracked("chk")) },
    { input: file(instance(block("track_process", "«haproxy»"))) },
  ],
  good: [file(secured, script(), tracked("chk")), file(instance(block("track_interface", "eth1")))],
  check(host, report) {
    if (host.uncertain) return;
    for (const { trackers } of [...host.instances, ...host.groups])
      for (const tracker of trackers) {
        const { kind, name, ignored, statement } = tracker;
        if (ignored !== "undefined-name" || kind === "file" || kind === "interface") continue;
        if (definitionBelow(host, tracker)) continue;
        const meant = nearestDefinition(host, tracker);
        const hint =
          meant === undefined
            ? "Define it above this line"
            : `Is ${meant} meant? Otherwise define it above this line`;
        report(
          tracker.at,
          `No ${defining[kind]} named ${name} is defined, so keepalived ignores the line and runs without the check: the service can die and the addresses stay. ${hint}.`,
          {
            fixes:
              meant === undefined
                ? []
                : fix(
                    `Write ${meant}`,
                    /^[,;]$/.test(name.slice(meant.length)),
                    replaceWord(statement.words[0], meant),
                  ),
          },
        );
      }
  },
};
