import type { Host, Instance, SyncGroup } from "../model/host.ts";
import { fix, moveBefore } from "./edits.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import { definitionBelow } from "./support.ts";
import type { FileRule } from "./types.ts";

const tracking = instance(block("track_script", "«chk»"));

export const vrrpDeclaredAfterUse: FileRule = {
  id: "vrrp-declared-after-use",
  severity: "error",
  over: "file",
  summary: "Something tracked is defined below the instance that tracks it.",
  why: "keepalived reads the file once from top to bottom. At the line that tracks the name it does not know it yet, ignores the line and runs without the check: the service can die and the addresses stay.",
  basis:
    "keepalived/vrrp/vrrp_track.c, alloc_track_script (v2.2.7); seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: file(secured, tracking, script()),
      fixed: `${file(secured, script(), instance(block("track_script", "chk")))}\n`,
    },
  ],
  good: () => [file(secured, script(), instance(block("track_script", "chk")))],
  check(host, report) {
    for (const user of [...host.instances, ...host.groups])
      for (const tracker of user.trackers) {
        if (tracker.ignored !== "undefined-name") continue;
        const definition = definitionBelow(host, tracker);
        if (!definition) continue;
        const before = firstUser(host, definition.block)?.block ?? user.block;
        report(
          tracker.at,
          `${tracker.name} is defined below this line, and keepalived knows only what stands above: it ignores the line and runs without the check, so the service can die and the addresses stay. Move the definition above the first block that tracks it.`,
          {
            related: [{ at: definition.at, message: "defined here" }],
            fixes: fix("Move the definition up", true, ...moveBefore(host, definition.block, before)),
          },
        );
      }
  },
};

/** The first block of the file that tracks what a block defines. */
function firstUser(host: Host, definition: Instance["block"]): Instance | SyncGroup | undefined {
  const uses = (user: Instance | SyncGroup) =>
    user.trackers.some((tracker) => definitionBelow(host, tracker)?.block === definition);
  const order = (user: Instance | SyncGroup) => host.statements.indexOf(user.block);
  return [...host.instances, ...host.groups].filter(uses).sort((one, other) => order(one) - order(other))[0];
}
