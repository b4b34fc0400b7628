import { eachInstance } from "./each.ts";
import { fix, replaceWord } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { isUnwanted } from "./support.ts";
import type { FileRule } from "./types.ts";

export const vrrpNopreemptOwner: FileRule = {
  id: "vrrp-nopreempt-owner",
  severity: "warning",
  over: "file",
  summary: "nopreempt has no effect with priority 255.",
  why: "Priority 255 says that the host owns the addresses, and an owner always takes them. keepalived clears nopreempt, so the host takes the addresses back as soon as it returns, a second interruption.",
  basis: "RFC 9568 section 6.1 (Preempt_Mode); keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7).",
  bad: () => [
    {
      input: file(instance("priority 255", "«nopreempt»")),
      fixed: file(instance("priority 254", "nopreempt")),
    },
  ],
  good: () => [file(instance("priority 254", "nopreempt"))],
  check: eachInstance(({ nopreempt, priority, state }, report) => {
    const cleared = nopreempt.written && nopreempt.statement?.words[0]?.text === "nopreempt";
    if (!cleared || isUnwanted(nopreempt) || priority.value !== 255 || !priority.written || priority.unknown)
      return;
    // With state MASTER written, the rule for that combination reports it.
    if (state.written && state.value === "MASTER") return;
    report(
      nopreempt.at,
      "keepalived ignores nopreempt because priority 255 makes the host owner of the addresses: it takes them back as soon as it returns. Write a priority of at most 254.",
      {
        related: [{ at: priority.at, message: "priority 255" }],
        fixes: fix("Write priority 254", false, replaceWord(priority.statement?.words[1], "254")),
      },
    );
  }),
};
