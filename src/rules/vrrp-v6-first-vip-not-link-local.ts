import { isLinkLocal, parseAddress } from "../schema/address.ts";
import { eachInstance } from "./each.ts";
import { block, file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

const addresses = (...lines: string[]) => instance(block("virtual_ipaddress", ...lines));

export const vrrpV6FirstVipNotLinkLocal: FileRule = {
  id: "vrrp-v6-first-vip-not-link-local",
  severity: "info",
  over: "file",
  summary: "The first IPv6 virtual address is not a link-local one.",
  why: "IPv6 hosts use a router by its link-local address, so the standard wants it first in every advert. keepalived works without it; other products may reject the adverts.",
  basis: "RFC 9568 section 5.2.9; keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7).",
  bad: () => [{ input: file(addresses("«2001:db8::100/64»")) }],
  good: () => [file(addresses("fe80::100/64", "2001:db8::100/64")), file(instance())],
  check: eachInstance(({ addresses: advertised, family, unicast }, report) => {
    const [first] = advertised;
    const parsed = first && parseAddress(first.address);
    if (family !== 6 || unicast || !first || !parsed || isLinkLocal(parsed)) return;
    report(
      first.at,
      "The first address of an IPv6 instance should be a link-local one (fe80::/10): other VRRP products may reject the adverts otherwise. Put an address such as fe80::100/64 first, the same on every host.",
    );
  }),
};
