import { eachInstance } from "./each.ts";
import { fix, insertAfter } from "./edits.ts";
import { file } from "./examples.ts";
import { isWhole, mentions } from "./support.ts";
import type { FileRule } from "./types.ts";

const start = "vrrp_instance VI_1 {\n    interface eth0\n    virtual_router_id 51\n";
const rest = "    virtual_ipaddress {\n        10.0.0.100/24\n    }\n}";

export const vrrpStateMasterWithoutPriority: FileRule = {
  id: "vrrp-state-master-without-priority",
  severity: "warning",
  over: "file",
  summary: "state MASTER without a priority makes the host address owner with priority 255.",
  why: "An address owner takes the addresses at once, ignores every weighted tracker and never yields. Two hosts written this way both claim to own the addresses and fight for them.",
  basis:
    "keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7); seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: file(`${start}    state «MASTER»\n${rest}`),
      fixed: file(`${start}    state MASTER\n    priority 150\n${rest}`),
    },
  ],
  good: () => [
    file(`${start}    state MASTER\n    priority 150\n${rest}`),
    file(`${start}    state BACKUP\n${rest}`),
  ],
  check: eachInstance((instance, report, host) => {
    const { state, priority } = instance;
    if (state.value !== "MASTER" || !isWhole(host, instance) || mentions(instance, "priority")) return;
    if (priority.value !== 255) return;
    report(
      state.at,
      "There is no priority, and with state MASTER keepalived then uses 255: the host counts as owner of the addresses, ignores weighted trackers and always takes over. Write a priority between 1 and 254, the highest on the host that should be master.",
      {
        fixes: fix(
          "Insert priority 150",
          false,
          state.statement && insertAfter(host, state.statement, "priority 150"),
        ),
      },
    );
  }),
};
