import { eachInstance } from "./each.ts";
import { deleteLines, fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { isUnwanted, keywordPlace, lineOf } from "./support.ts";
import type { FileRule } from "./types.ts";

export const vrrpPreemptDelayWithNopreempt: FileRule = {
  id: "vrrp-preempt-delay-with-nopreempt",
  severity: "warning",
  over: "file",
  summary: "preempt_delay and nopreempt exclude each other.",
  why: "An instance that never preempts has nothing to delay, so keepalived clears the delay. A wait before the takeover, for slow services or routing to settle, does not happen.",
  basis: "keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7).",
  bad: () => [
    {
      input: file(instance("nopreempt", "«preempt_delay» 60")),
      fixed: file(instance("nopreempt")),
    },
  ],
  good: () => [file(instance("preempt_delay 60")), file(instance("nopreempt"))],
  check: eachInstance((instance, report, host) => {
    const { nopreempt, strict } = instance;
    const delay = lineOf(instance, "preempt_delay");
    if (!delay || Number(delay.words[1]?.text) === 0 || delay.words[1]?.unknown || strict.value) return;
    if (!nopreempt.value || nopreempt.unknown || isUnwanted(nopreempt)) return;
    report(
      keywordPlace(delay),
      "With nopreempt this host never takes over from a living master, so keepalived ignores preempt_delay. Delete the line, or delete nopreempt when a delayed takeover is meant.",
      {
        related: [{ at: nopreempt.at, message: "nopreempt" }],
        fixes: fix("Delete preempt_delay", true, deleteLines(host, delay)),
      },
    );
  }),
};
