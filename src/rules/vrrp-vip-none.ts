import type { Instance } from "../model/host.ts";
import { eachInstance } from "./each.ts";
import { block, file, instance } from "./examples.ts";
import { isWhole, mentions } from "./support.ts";
import type { FileRule } from "./types.ts";

const empty = block("«vrrp_instance VI_1»", "interface eth0", "virtual_router_id 51", "priority 150");

export const vrrpVipNone: FileRule = {
  id: "vrrp-vip-none",
  severity: "error",
  over: "file",
  summary: "An instance has no virtual address.",
  why: "The host becomes master and takes over nothing: a failover ends in an outage. In VRRP version 3 and in strict mode keepalived does not even start, and every other instance of the host is down too.",
  basis: "keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7); seen with running daemons.",
  bad: () => [
    { input: file(empty) },
    { input: file(empty.replace(/}$/, "    virtual_ipaddress {\n    }\n}")) },
    { input: file(empty.replace(/}$/, "    virtual_ipaddress_excluded {\n        10.0.0.100/24\n    }\n}")) },
  ],
  good: () => [file(instance()), file(instance("no_virtual_ipaddress", block("virtual_ipaddress")))],
  check: eachInstance((instance, report, host) => {
    const { addresses, refused, excluded } = instance;
    const none = addresses.length === 0 && !mentions(instance, "no_virtual_ipaddress");
    if (
      !none ||
      !isWhole(host, instance) ||
      refused.some((each) => !isExcluded(each.statement.parent?.words[0]?.text))
    )
      return;
    const only = excluded.length > 0 ? " that its adverts can name, only excluded ones" : "";
    report(
      instance.at,
      `${instance.name} has no virtual address${only}. ${effect(instance)} Add the addresses in a virtual_ipaddress block, or write no_virtual_ipaddress (from release 2.2.8 on) when that is meant.`,
    );
  }),
};

function effect({ version, strict }: Instance): string {
  return version.value === 3 || strict.value
    ? "keepalived does not start then, and all instances of this host are down."
    : "Whoever becomes master takes over nothing, so a failover ends in an outage.";
}

const isExcluded = (keyword: string | undefined) => keyword === "virtual_ipaddress_excluded";
