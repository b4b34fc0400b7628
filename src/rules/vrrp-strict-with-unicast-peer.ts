import type { Severity } from "../diagnostic.ts";
import { deleteLines, fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { keywordPlace, lineOf, olderThan } from "./support.ts";
import type { FileRule } from "./types.ts";

const peers = ["unicast_src_ip 10.0.0.1", block("unicast_peer", "10.0.0.2")];

export const vrrpStrictWithUnicastPeer: FileRule = {
  id: "vrrp-strict-with-unicast-peer",
  severity: "error",
  over: "file",
  summary: "Strict mode does not allow unicast peers.",
  why: "From release 2.4.0 on keepalived refuses to start: its VRRP process ends for good, and every virtual address of the host is down. Older releases accept the file, so the failure comes with the upgrade.",
  basis: "keepalived commit 29a89e4f (first in 2.4.0); seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: file(instance("«strict_mode»", ...peers)),
      fixed: file(instance(...peers)),
    },
    {
      input: file(block("global_defs", "router_id a", "«vrrp_strict»"), instance(...peers)),
      fixed: file(block("global_defs", "router_id a"), instance(...peers)),
      target: "2.4.3",
    },
  ],
  good: () => [file(block("global_defs", "vrrp_strict"), instance()), file(instance(...peers))],
  check(host, report) {
    const reported = new Set<number>();
    for (const instance of host.instances) {
      const { strict, unicast } = instance;
      if (!strict.value || strict.unknown || !unicast || reported.has(strict.at.span.start)) continue;
      reported.add(strict.at.span.start);
      const harmless = olderThan(host.target, "2.4.0");
      const severity: { severity?: Severity } = harmless ? { severity: "info" } : {};
      const block = lineOf(instance, "unicast_peer");
      report(strict.at, messageFor(host.target, harmless, instance.name), {
        related: block
          ? [{ at: keywordPlace(block), message: `${instance.name} sends to unicast peers` }]
          : [],
        fixes: strict.statement ? fix("Delete strict mode", false, deleteLines(host, strict.statement)) : [],
        ...severity,
      });
    }
  },
};

function messageFor(target: string | undefined, harmless: boolean, name: string): string {
  const start = `${name} uses unicast_peer, which strict mode does not allow.`;
  const refused =
    "does not start with this file: every virtual address of the host is down. Delete the line.";
  if (harmless) return `${start} keepalived ${target} accepts that, but from 2.4.0 on it ${refused}`;
  if (target !== undefined) return `${start} keepalived ${target} ${refused}`;
  return `${start} keepalived 2.4.0 and later ${refused} Older releases accept the file.`;
}
