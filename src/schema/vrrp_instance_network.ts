/** vrrp_instance, part two: how adverts travel, virtual MACs, and how neighbours learn about a change. */

import { unicastPeerLines } from "./addresses.ts";
import { optionalBool } from "./common.ts";
import type { Keyword } from "./types.ts";

/** Adverts: source, destination and what is accepted. */
export const adverts: readonly Keyword[] = [
  {
    name: "mcast_src_ip",
    args: [{ name: "address", value: { is: "address", prefix: "allowed" } }],
    times: "once",
    onInvalid: "ignores the line and sends from the interface's first address",
    doc: "The source address of multicast adverts. By default the interface's first address; write it where the order of addresses may change. A prefix is cut off.",
    example: "mcast_src_ip 192.0.2.10",
    source: "keepalived/vrrp/vrrp_parser.c:907 (v2.2.7)",
  },
  {
    name: "mcast_dst_ip",
    args: [{ name: "address", value: { is: "address", prefix: "allowed", multicast: true } }],
    times: "once",
    since: "2.2.7",
    onInvalid: "ignores the line and uses the standard group",
    doc: "The multicast group of the adverts, the same on all hosts; for IPv6 a link-local one (ff02::). It separates clusters in one network that use the same VRID. Ignored with unicast peers.",
    example: "mcast_dst_ip 224.0.0.118",
    source: "keepalived/vrrp/vrrp_parser.c:943 (v2.2.7)",
  },
  {
    name: "unicast_src_ip",
    args: [{ name: "address", value: { is: "address", prefix: "allowed" } }],
    times: "once",
    onInvalid: "ignores the line and sends from the interface's first address",
    doc: "This host's own address as source of unicast adverts. The peers list exactly this address in their unicast_peer. A prefix is cut off.",
    example: "unicast_src_ip 192.0.2.10",
    source: "keepalived/vrrp/vrrp_parser.c:933 (v2.2.7)",
  },
  {
    name: "unicast_peer",
    args: [],
    lines: unicastPeerLines,
    times: "many",
    rule: "vrrp-unicast-peer-invalid",
    doc: "The other hosts' addresses, one a line; adverts go to them directly instead of to a multicast group. For networks that do not carry multicast, such as clouds. Every host must list all others.",
    example: "unicast_peer {\n    192.0.2.11\n}",
    source: "keepalived/vrrp/vrrp_data.c:970 (v2.2.7)",
  },
  {
    name: "unicast_ttl",
    args: [{ name: "ttl", value: { is: "int", min: 0, max: 255 } }],
    times: "once",
    default: "255",
    since: "2.2.4",
    onInvalid: "ignores the line",
    doc: "The TTL or hop limit of unicast adverts. Ignored without unicast peers.",
    example: "unicast_ttl 255",
    source: "keepalived/vrrp/vrrp_parser.c:992 (v2.2.7)",
  },
  {
    name: "unicast_fault_no_peer",
    args: [],
    flag: true,
    times: "once",
    since: "2.2.7",
    doc: "Goes to FAULT when there is no unicast peer. Without it keepalived falls back to multicast, and hosts that use unicast do not hear it.",
    example: "unicast_fault_no_peer",
    source: "keepalived/vrrp/vrrp_parser.c:737 (v2.2.7)",
  },
  {
    name: "check_unicast_src",
    args: [],
    flag: true,
    times: "once",
    since: "2.2.4",
    doc: "Accepts unicast adverts only from addresses in unicast_peer. The global vrrp_check_unicast_src switches it on for all instances.",
    example: "check_unicast_src",
    source: "keepalived/vrrp/vrrp_parser.c:746 (v2.2.7)",
  },
  {
    name: "track_src_ip",
    args: [],
    flag: true,
    times: "once",
    doc: "Goes to FAULT while the configured source address is not on the interface.",
    example: "track_src_ip",
    source: "keepalived/vrrp/vrrp_parser.c:972 (v2.2.7)",
  },
  {
    name: "skip_check_adv_addr",
    args: optionalBool,
    times: "once",
    default: "off",
    onInvalid: "ignores the line",
    doc: "Checks the addresses in an advert only when it comes from a new master. It saves time with many addresses. keepalived switches it on even for off, so leave the line out to keep the check; the global vrrp_skip_check_adv_addr sets the default.",
    example: "skip_check_adv_addr on",
    source: "keepalived/vrrp/vrrp_parser.c:1044 (v2.2.7)",
  },
  {
    name: "old_unicast_checksum",
    args: [
      {
        name: "never",
        value: { is: "word", of: [{ word: "never", doc: "Does not look for the old checksum at all." }] },
        optional: true,
      },
    ],
    times: "once",
    onInvalid: "ignores the line",
    doc: "Uses the checksum that keepalived up to 1.3.6 computed for version 3 unicast adverts. Only for peers as old as that; all hosts must agree.",
    example: "old_unicast_checksum never",
    source: "keepalived/vrrp/vrrp_parser.c:756 (v2.2.7)",
  },
  {
    name: "v3_checksum_as_v2",
    args: optionalBool,
    times: "once",
    default: "off",
    since: "2.2.8",
    onInvalid: "ignores the line",
    doc: "Leaves the pseudo header out of the checksum of version 3 adverts over IPv4. Some routers of Cisco and Juniper expect that; all hosts must agree.",
    example: "v3_checksum_as_v2 on",
    source: "keepalived/vrrp/vrrp_parser.c:915 (v2.4.3)",
  },
  {
    name: "kernel_rx_buf_size",
    args: [{ name: "bytes", value: { is: "int", min: 0, max: 4294967295 } }],
    withoutValue: "skipped",
    times: "once",
    onInvalid: "ignores the line",
    doc: "The size of the socket's receive buffer in bytes. Only for hosts that lose adverts under load; the global vrrp_rx_bufs_policy is the general setting.",
    example: "kernel_rx_buf_size 65536",
    source: "keepalived/vrrp/vrrp_parser.c:1410 (v2.2.7)",
  },
];

/** Virtual MACs: interfaces that keepalived makes. */
export const virtualMacs: readonly Keyword[] = [
  {
    name: "use_vmac",
    args: [
      {
        name: "interface, MAC",
        value: {
          is: "either",
          of: [
            {
              is: "word",
              of: [
                {
                  word: "name",
                  doc: "Stands before the interface name, for a name that is an option too.",
                  since: "2.3.0",
                },
                {
                  word: "group",
                  doc: "Stands before the interface group of the new interface, a name or number.",
                  since: "2.3.0",
                },
                {
                  word: "netlink_notify_msg",
                  doc: "Makes the kernel announce the change of the interface below.",
                  since: "2.3.0",
                },
              ],
            },
            { is: "text" },
          ],
        },
        optional: true,
        rest: true,
      },
    ],
    times: "once",
    wins: "first",
    rule: "vrrp-use-vmac-problem",
    onInvalid: "ignores the word",
    doc: "Puts the addresses on an interface of their own with the virtual MAC of the VRRP standard. Neighbours keep one MAC for the address through a failover. A name of at most 15 bytes and a MAC may follow; with unicast peers vmac_xmit_base is needed too.",
    example: "use_vmac vrrp.51",
    source: "keepalived/vrrp/vrrp_parser.c:481 (v2.2.7), :505 (v2.4.3)",
  },
  {
    name: "use_vmac_addr",
    args: [],
    flag: true,
    times: "once",
    since: "2.2.4",
    doc: "Makes a virtual MAC interface for addresses on other interfaces (dev) or of the other family too.",
    example: "use_vmac_addr",
    source: "keepalived/vrrp/vrrp_parser.c:583 (v2.2.7)",
  },
  {
    name: "vmac_xmit_base",
    args: [],
    flag: true,
    times: "once",
    doc: "Sends and receives adverts on the real interface instead of the virtual MAC's. Needed for use_vmac with unicast peers.",
    example: "vmac_xmit_base",
    source: "keepalived/vrrp/vrrp_parser.c:590 (v2.2.7)",
  },
  {
    name: "use_ipvlan",
    args: [
      {
        name: "interface, address, mode",
        value: {
          is: "either",
          of: [
            {
              is: "word",
              of: [
                { word: "bridge", doc: "Mode bridge, the default." },
                { word: "private", doc: "Mode private." },
                { word: "vepa", doc: "Mode VEPA." },
                {
                  word: "name",
                  doc: "Stands before the interface name, for a name that is an option too.",
                  since: "2.3.0",
                },
                {
                  word: "group",
                  doc: "Stands before the interface group of the new interface, a name or number.",
                  since: "2.3.0",
                },
              ],
            },
            { is: "text" },
          ],
        },
        optional: true,
        rest: true,
      },
    ],
    times: "once",
    wins: "first",
    onInvalid: "ignores the word",
    doc: "Runs the instance on an ipvlan interface that keepalived makes. For networks that allow one MAC a port only. An IPv4 instance needs an address here.",
    example: "use_ipvlan ipvl51 192.0.2.20/24",
    source: "keepalived/vrrp/vrrp_parser.c:599 (v2.2.7)",
  },
];

const garpWait = { is: "int", min: 0, max: 4294 } as const;

/** Gratuitous ARP and unsolicited neighbour advertisements. */
export const announcements: readonly Keyword[] = [
  {
    name: "garp_master_delay",
    args: [{ name: "seconds", value: garpWait }],
    times: "once",
    default: "5",
    rule: "vrrp-garp-value",
    onInvalid: "ignores the line",
    doc: "Whole seconds after a takeover until the addresses are announced a second time. The global vrrp_garp_master_delay sets the default.",
    example: "garp_master_delay 5",
    source: "keepalived/vrrp/vrrp_parser.c:1234 (v2.2.7)",
  },
  {
    name: "garp_master_repeat",
    args: [{ name: "times", value: { is: "int", min: 1, max: 4294967295 } }],
    times: "once",
    default: "5",
    rule: "vrrp-garp-value",
    onInvalid: "uses 1 instead of 0 and ignores any other bad value",
    doc: "How many announcements of each address a takeover sends at a time. The global vrrp_garp_master_repeat sets the default.",
    example: "garp_master_repeat 5",
    source: "keepalived/vrrp/vrrp_parser.c:1261 (v2.2.7)",
  },
  {
    name: "garp_master_refresh",
    args: [{ name: "seconds", value: { is: "int", min: 0, max: 4294967295 } }],
    times: "once",
    default: "0",
    rule: "vrrp-garp-value",
    onInvalid: "switches the refresh off",
    doc: "Whole seconds between announcements while master, 0 for none. It repairs neighbours and switches that learnt a wrong place, for instance after a split. The global vrrp_garp_master_refresh sets the default.",
    example: "garp_master_refresh 60",
    source: "keepalived/vrrp/vrrp_parser.c:1247 (v2.2.7)",
  },
  {
    name: "garp_master_refresh_repeat",
    args: [{ name: "times", value: { is: "int", min: 1, max: 4294967295 } }],
    times: "once",
    default: "1",
    rule: "vrrp-garp-value",
    onInvalid: "uses 1 instead of 0 and ignores any other bad value",
    doc: "How many announcements each refresh sends. The global vrrp_garp_master_refresh_repeat sets the default.",
    example: "garp_master_refresh_repeat 2",
    source: "keepalived/vrrp/vrrp_parser.c:1281 (v2.2.7)",
  },
  {
    name: "garp_lower_prio_delay",
    args: [{ name: "seconds", value: garpWait }],
    times: "once",
    rule: "vrrp-garp-value",
    onInvalid: "ignores the line",
    doc: "Whole seconds until the second announcement after a lower priority was heard. By default what vrrp_garp_lower_prio_delay or vrrp_garp_master_delay says.",
    example: "garp_lower_prio_delay 10",
    source: "keepalived/vrrp/vrrp_parser.c:1302 (v2.2.7)",
  },
  {
    name: "garp_lower_prio_repeat",
    args: [{ name: "times", value: { is: "int", min: 0, max: 2147483647 } }],
    times: "once",
    rule: "vrrp-garp-value",
    onInvalid: "ignores the line",
    doc: "How many announcements a master sends after it heard a lower priority, 0 for none. The other host may have announced the address as its own meanwhile.",
    example: "garp_lower_prio_repeat 1",
    source: "keepalived/vrrp/vrrp_parser.c:1315 (v2.2.7)",
  },
  {
    name: "garp_extra_if",
    args: [
      {
        name: "seconds",
        value: {
          is: "either",
          of: [
            {
              is: "word",
              of: [{ word: "all", doc: "Every interface with an address, not only virtual MACs." }],
            },
            { is: "int", min: 0, max: 86400 },
          ],
        },
        rest: true,
      },
    ],
    withoutValue: "skipped",
    times: "once",
    since: "2.2.4",
    rule: "vrrp-garp-value",
    onInvalid: "ignores the line",
    doc: "Whole seconds between announcements on interfaces other than the instance's own, 0 for none, optionally after all. Adverts keep switches informed on the instance's interface only.",
    example: "garp_extra_if all 100",
    source: "keepalived/vrrp/vrrp_parser.c:1342 (v2.2.7)",
  },
  {
    name: "vmac_garp_intvl",
    args: [
      {
        name: "seconds",
        value: {
          is: "either",
          of: [
            {
              is: "word",
              of: [{ word: "all", doc: "Every interface with an address, not only virtual MACs." }],
            },
            { is: "int", min: 0, max: 86400 },
          ],
        },
        rest: true,
      },
    ],
    withoutValue: "skipped",
    times: "once",
    since: "2.2.4",
    deprecated: { since: "2.2.3", use: "garp_extra_if" },
    rule: "vrrp-garp-value",
    onInvalid: "ignores the line",
    doc: "The old name of garp_extra_if. keepalived accepts it with a message.",
    example: "vmac_garp_intvl all 100",
    source: "keepalived/vrrp/vrrp_parser.c:1342 (v2.2.7)",
  },
];
