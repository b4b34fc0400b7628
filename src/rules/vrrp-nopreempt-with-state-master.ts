import { eachInstance } from "./each.ts";
import { fix, replaceWord } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { isUnwanted } from "./support.ts";
import type { FileRule } from "./types.ts";

export const vrrpNopreemptWithStateMaster: FileRule = {
  id: "vrrp-nopreempt-with-state-master",
  severity: "error",
  over: "file",
  summary: "nopreempt has no effect with state MASTER.",
  why: "keepalived clears nopreempt for an instance that starts as MASTER. When the host comes back after a failure it takes the addresses back, a second interruption, which nopreempt was written to avoid.",
  basis: "keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7); keepalived.conf(5), nopreempt.",
  bad: () => [
    {
      input: file(instance("state MASTER", "«nopreempt»")),
      fixed: file(instance("state BACKUP", "nopreempt")),
    },
  ],
  good: () => [
    file(instance("state BACKUP", "nopreempt")),
    file(instance("state MASTER")),
    file(instance("nopreempt")),
    file(instance("state MASTER", "nopreempt off")),
  ],
  check: eachInstance(({ nopreempt, state, priority }, report) => {
    const cleared =
      nopreempt.written && !nopreempt.value && nopreempt.statement?.words[0]?.text === "nopreempt";
    if (!cleared || isUnwanted(nopreempt) || state.value !== "MASTER" || !state.written || state.unknown)
      return;
    report(
      nopreempt.at,
      "keepalived ignores nopreempt because the instance has state MASTER: when this host comes back, it takes the addresses away from the host that works. Write state BACKUP; the priority alone decides who becomes master.",
      {
        related: [{ at: state.at, message: "nopreempt needs state BACKUP here" }],
        // Without a priority, state MASTER also means priority 255, so the edit would change more.
        fixes: fix("Write state BACKUP", priority.written, replaceWord(state.statement?.words[1], "BACKUP")),
      },
    );
  }),
};
