/** Gratuitous ARP and its IPv6 twin, the unsolicited neighbour advert: what tells switches where an address is now. */
import { optionalBool } from "../common.ts";
import type { Arg, Keyword, Value } from "../types.ts";
import { maxMicroseconds, maxUnsigned, microsecond, wholeSeconds } from "./args.ts";

const messages = { name: "messages", value: { is: "int", min: 1, max: maxUnsigned } } as const;

const interval = {
  name: "seconds",
  value: { is: "seconds", min: microsecond, max: maxMicroseconds, resolution: microsecond },
} as const;

/** keepalived takes `all` before or after the number. */
const allOrSeconds: Value = {
  is: "either",
  of: [
    { is: "int", min: 1, max: 86400 },
    {
      is: "word",
      of: [{ word: "all", doc: "On every interface the instance uses, not only on virtual MAC interfaces." }],
    },
  ],
};

const extraInterface: readonly Arg[] = [
  { name: "seconds or all", value: allOrSeconds },
  { name: "seconds or all", value: allOrSeconds, optional: true },
];

export const garpKeywords: readonly Keyword[] = [
  {
    name: "vrrp_garp_master_repeat",
    args: [messages],
    times: "once",
    default: "5",
    rule: "vrrp-garp-value",
    onInvalid: "sends one message for 0 and ignores other values out of range",
    doc: "How many gratuitous ARP messages a new master sends at a time for each address.",
    example: "vrrp_garp_master_repeat 5",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:851 (v2.2.7)",
  },
  {
    name: "vrrp_garp_master_delay",
    args: [wholeSeconds],
    times: "once",
    default: "5",
    rule: "vrrp-garp-value",
    onInvalid: "ignores the line",
    doc: "Whole seconds until a new master sends its gratuitous ARP a second time. With 0 there is no second time.",
    example: "vrrp_garp_master_delay 5",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:839 (v2.2.7)",
  },
  {
    name: "vrrp_garp_lower_prio_repeat",
    args: [{ name: "messages", value: { is: "int", min: 0, max: 2147483647 } }],
    times: "once",
    default: "as vrrp_garp_master_repeat, 0 in strict mode",
    rule: "vrrp-garp-value",
    onInvalid: "ignores the line",
    doc: "How many gratuitous ARP messages a master sends when it hears a lower priority. Somebody else may have been master for a moment and switches may have learnt the wrong port.",
    example: "vrrp_garp_lower_prio_repeat 1",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:917 (v2.2.7)",
  },
  {
    name: "vrrp_garp_lower_prio_delay",
    args: [wholeSeconds],
    times: "once",
    default: "as vrrp_garp_master_delay, 0 in strict mode",
    rule: "vrrp-garp-value",
    onInvalid: "ignores the line",
    doc: "Whole seconds until the messages of vrrp_garp_lower_prio_repeat are sent a second time. With 0 there is no second time.",
    example: "vrrp_garp_lower_prio_delay 10",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:905 (v2.2.7)",
  },
  {
    name: "vrrp_garp_master_refresh",
    args: [{ name: "seconds", value: { is: "int", min: 0, max: maxUnsigned } }],
    times: "once",
    default: "0",
    rule: "vrrp-garp-value",
    onInvalid: "does not refresh",
    doc: "Whole seconds between the gratuitous ARP messages that a master repeats for as long as it is master. With 0 it does not repeat them.",
    example: "vrrp_garp_master_refresh 60",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:871 (v2.2.7)",
  },
  {
    name: "vrrp_garp_master_refresh_repeat",
    args: [messages],
    times: "once",
    default: "1",
    rule: "vrrp-garp-value",
    onInvalid: "sends one message for 0 and ignores other values out of range",
    doc: "How many messages each repetition of vrrp_garp_master_refresh sends for each address.",
    example: "vrrp_garp_master_refresh_repeat 2",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:885 (v2.2.7)",
  },
  {
    name: "vrrp_garp_interval",
    args: [interval],
    times: "once",
    default: "no pause",
    rule: "vrrp-garp-value",
    onInvalid: "ignores the line",
    doc: "Pause between two gratuitous ARP messages on one interface, in seconds with up to six decimals. For switches that drop messages when many arrive at once; a garp_group can say it per interface. For no pause leave the line out: 0 is refused.",
    example: "vrrp_garp_interval 0.001",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:941 (v2.2.7)",
  },
  {
    name: "vrrp_gna_interval",
    args: [interval],
    times: "once",
    default: "no pause",
    rule: "vrrp-garp-value",
    onInvalid: "ignores the line",
    doc: "Pause between two unsolicited neighbour adverts (IPv6) on one interface, in seconds with up to six decimals. For no pause leave the line out: 0 is refused.",
    example: "vrrp_gna_interval 0.001",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:954 (v2.2.7)",
  },
  {
    name: "vrrp_min_garp",
    args: optionalBool,
    times: "once",
    default: "off",
    onInvalid: "ignores the line",
    doc: "Sends a single gratuitous ARP message after a takeover instead of five, and no second time. Enough for switches that do not lose it. Values that were set above this line stay.",
    example: "vrrp_min_garp on",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:967 (v2.2.7)",
  },
  {
    name: "vrrp_garp_extra_if",
    args: extraInterface,
    withoutValue: "skipped",
    times: "once",
    since: "2.2.4",
    rule: "vrrp-garp-value",
    onInvalid: "ignores the line",
    doc: "Seconds between gratuitous ARP messages on interfaces that carry virtual addresses but are not the interface of the instance, so that switches do not forget them. A third of the switch's ageing time is sensible, 100 for the usual 300 seconds. Only virtual MAC interfaces unless `all` is given.",
    example: "vrrp_garp_extra_if all 100",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:995 (v2.2.7)",
  },
  {
    name: "vrrp_vmac_garp_intvl",
    args: extraInterface,
    withoutValue: "skipped",
    times: "once",
    since: "2.2.4",
    deprecated: { since: "2.2.3", use: "vrrp_garp_extra_if" },
    rule: "vrrp-garp-value",
    onInvalid: "ignores the line",
    doc: "Old name of vrrp_garp_extra_if. It still works, but `keepalived -t` reports it.",
    example: "vrrp_vmac_garp_intvl 100",
    source: "keepalived/core/global_parser.c:995 (v2.2.7)",
  },
];
