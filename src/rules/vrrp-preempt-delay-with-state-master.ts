import { eachInstance } from "./each.ts";
import { fix, replaceWord } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { keywordPlace, lineOf } from "./support.ts";
import type { FileRule } from "./types.ts";

export const vrrpPreemptDelayWithStateMaster: FileRule = {
  id: "vrrp-preempt-delay-with-state-master",
  severity: "warning",
  over: "file",
  summary: "preempt_delay has no effect with state MASTER.",
  why: "keepalived clears the delay for an instance that starts as MASTER. When the host comes back after a failure it takes the addresses back at once, before its services are ready.",
  basis: "keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7).",
  bad: () => [
    {
      input: file(instance("state MASTER", "«preempt_delay» 60")),
      fixed: file(instance("state BACKUP", "preempt_delay 60")),
    },
  ],
  good: () => [
    file(instance("state BACKUP", "preempt_delay 60")),
    file(instance("state MASTER", "preempt_delay 0")),
  ],
  check: eachInstance((instance, report) => {
    const { state, strict, priority } = instance;
    const delay = lineOf(instance, "preempt_delay");
    if (!delay || Number(delay.words[1]?.text) === 0 || delay.words[1]?.unknown || strict.value) return;
    if (state.value !== "MASTER" || !state.written || state.unknown) return;
    report(
      keywordPlace(delay),
      "keepalived ignores preempt_delay because the instance has state MASTER: when this host comes back, it takes the addresses back at once. Write state BACKUP; the priority alone decides who becomes master.",
      {
        related: [{ at: state.at, message: "preempt_delay needs state BACKUP here" }],
        fixes: fix("Write state BACKUP", priority.written, replaceWord(state.statement?.words[1], "BACKUP")),
      },
    );
  }),
};
