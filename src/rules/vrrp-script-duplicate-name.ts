import { deleteLines, fix } from "./edits.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import type { FileRule } from "./types.ts";

const tracking = instance(block("track_script", "chk"));

export const vrrpScriptDuplicateName: FileRule = {
  id: "vrrp-script-duplicate-name",
  severity: "warning",
  over: "file",
  summary: "Two vrrp_script blocks have the same name, and only the first counts.",
  why: "For most settings the last one wins, here the first does, without a message. Whoever edits the second block changes nothing, and the host checks something else than the file seems to say.",
  basis: "keepalived/vrrp/vrrp_track.c, find_script_by_name (v2.2.7); seen with running daemons.",
  bad: () => [
    {
      input: file(secured, script(), script("interval 2").replace("chk", "«chk»"), tracking),
      fixed: `${file(secured, script())}\n\n${file(tracking)}`,
    },
  ],
  good: () => [file(secured, script(), tracking)],
  check(host, report) {
    for (const { kind, name, at, ignored, block: second } of host.definitions) {
      if (kind !== "script" || ignored !== "duplicate") continue;
      const first = host.definitions.find(
        (each) => each.kind === kind && each.name === name && !each.ignored,
      );
      report(
        at,
        `A vrrp_script ${name} is defined above already, and keepalived uses that one: nothing in this block counts. Delete one of the two, or give this one a name of its own.`,
        {
          related: first ? [{ at: first.at, message: "the one that counts" }] : [],
          fixes: fix("Delete this block", false, deleteLines(host, second)),
        },
      );
    }
  },
};
