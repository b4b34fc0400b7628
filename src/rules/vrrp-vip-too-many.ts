import { eachInstance } from "./each.ts";
import { block, file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

const many = (count: number, mark = "") =>
  Array.from({ length: count }, (_, index) => {
    const address = `fe80::${(index + 1).toString(16)}/64`;
    return index === 88 + 1 && mark ? `«${address}»` : address;
  });

export const vrrpVipTooMany: FileRule = {
  id: "vrrp-vip-too-many",
  severity: "warning",
  over: "file",
  summary: "More virtual addresses than an advert can carry.",
  why: "An advert holds 255 IPv4 addresses, or 89 IPv6 ones at the usual MTU. keepalived treats the rest as excluded addresses, in the order of the file; hosts with another order advertise other addresses and may reject each other's adverts.",
  basis: "RFC 9568 section 5.2.5; keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7).",
  bad: () => [{ input: file(instance(block("virtual_ipaddress", ...many(90, "marked")))) }],
  good: () => [file(instance(block("virtual_ipaddress", ...many(89))))],
  check: eachInstance(({ excluded, addresses, name }, report) => {
    const surplus = excluded.filter(({ moved }) => moved);
    if (!surplus[0]) return;
    report(
      surplus[0].at,
      `An advert of ${name} has room for ${addresses.length} addresses; keepalived does not advertise ${surplus.length > 1 ? `this one and ${surplus.length - 1} more` : "this one"}. Hosts whose files have another order then disagree. Move the surplus to virtual_ipaddress_excluded on every host.`,
    );
  }),
};
