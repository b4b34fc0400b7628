import type { Place } from "../diagnostic.ts";
import type { Host, Instance } from "../model/host.ts";
import { deleteLines, fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { lineOf, listed } from "./support.ts";
import type { FileRule, Report } from "./types.ts";

const strictly = block("global_defs", "«vrrp_strict»");

export const vrrpStrictBlocksVip: FileRule = {
  id: "vrrp-strict-blocks-vip",
  severity: "error",
  over: "file",
  summary: "Strict mode makes the virtual addresses unreachable.",
  why: "In strict mode only an address owner may answer for the virtual addresses. On every other host keepalived adds a firewall rule that drops all packets to them: failover works, and nobody can connect or even ping.",
  basis:
    "RFC 3768 section 6.4.3, RFC 9568 section 6.1 (Accept_Mode); seen with running daemons: every packet is lost.",
  bad: () => [
    { input: file(strictly, instance()), fixed: file(block("global_defs"), instance()) },
    { input: file(instance("«strict_mode»")), fixed: file(instance()) },
  ],
  good: () => [
    file(block("global_defs", "vrrp_strict"), instance("version 3", "accept")),
    file(block("global_defs", "vrrp_strict"), instance("priority 255")),
    file(instance("strict_mode off")),
  ],
  check(host, report) {
    const blocked = host.instances.filter(isBlocked);
    const places = new Map(
      blocked.map(({ strict }) => [`${strict.at.file}:${strict.at.span.start}`, strict.at]),
    );
    for (const at of places.values())
      reportAt(
        host,
        report,
        at,
        blocked.filter((each) => each.strict.at === at || same(each.strict.at, at)),
      );
  },
};

const same = (one: Place, other: Place) => one.file === other.file && one.span.start === other.span.start;

/** Version 3 allows `accept`; version 2 resets it. */
function isBlocked(instance: Instance): boolean {
  const { strict, priority, version } = instance;
  if (!strict.value || strict.unknown || priority.unknown || priority.value === 255) return false;
  return version.value === 2 || (!lineOf(instance, "accept") && !instance.uncertain);
}

function reportAt(host: Host, report: Report, at: Place, blocked: readonly Instance[]): void {
  const names = blocked.map((each) => each.name);
  const statement = blocked[0]?.strict.statement;
  const versionTwo = blocked.some((each) => each.version.value === 2);
  report(
    at,
    `In strict mode keepalived drops every packet to the virtual addresses of ${listed(names)}, because the host does not own them: after a failover nobody can connect or ping. Delete the line${versionTwo ? "" : ", or add accept to the instance"}; strict mode is for tests of RFC compliance.`,
    { fixes: statement ? fix("Delete strict mode", false, deleteLines(host, statement)) : [] },
  );
}
