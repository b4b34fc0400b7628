/** The lines that hold addresses: virtual_ipaddress, virtual_ipaddress_excluded, static_ipaddress, unicast_peer. */
import type { Arg, DataLines, Option } from "./types.ts";

const address: Arg = { name: "address", value: { is: "address", prefix: "allowed" } };

const device: Option = {
  name: "dev",
  args: [{ name: "interface", value: { is: "interface" } }],
  doc: "The interface that gets the address. Without it the instance's interface does, for a static address the global default_interface.",
};

/** `use_vmac` is understood on virtual addresses only. */
const ownMac: Option = {
  name: "use_vmac",
  args: [],
  doc: "Puts the address on a virtual MAC of its own on the interface named by dev.",
  since: "2.2.4",
};

/** `track_group` is understood on static addresses only. */
const trackGroup: Option = {
  name: "track_group",
  args: [{ name: "group", value: { is: "name" } }],
  doc: "The instances of this track_group go to FAULT when the interface of the address is down.",
};

const scope: Option = {
  name: "scope",
  args: [
    {
      name: "scope",
      value: {
        is: "either",
        of: [
          {
            is: "word",
            of: [
              { word: "global", doc: "Valid everywhere." },
              { word: "site", doc: "Valid inside the site.", family: 4 },
              { word: "link", doc: "Valid on this link.", family: 4 },
              { word: "host", doc: "Valid inside this host.", family: 4 },
              { word: "nowhere", doc: "Valid nowhere.", family: 4 },
            ],
          },
          { is: "named-number", max: 255 },
        ],
      },
    },
  ],
  doc: "How far an IPv4 address is valid, as in `ip address add`. Ignored with a message on IPv6 addresses.",
};

const broadcastArgs: readonly Arg[] = [
  {
    name: "broadcast",
    value: {
      is: "either",
      of: [
        {
          is: "word",
          of: [
            { word: "+", doc: "Sets all host bits." },
            { word: "-", doc: "Clears all host bits." },
          ],
        },
        { is: "address", family: 4, prefix: "refused" },
      ],
    },
  },
];

const sharedOptions: readonly Option[] = [
  scope,
  {
    name: "brd",
    args: broadcastArgs,
    doc: "The broadcast address of an IPv4 address; + sets and - clears the host bits. A bad one removes the whole address.",
    family: 4,
  },
  {
    name: "broadcast",
    args: broadcastArgs,
    doc: "The same as brd.",
    family: 4,
  },
  {
    name: "label",
    args: [{ name: "label", value: { is: "text", maxBytes: 15 } }],
    doc: "A name for an IPv4 address that ifconfig shows, such as eth0:1. A longer one removes the address.",
    family: 4,
  },
  {
    name: "peer",
    args: [{ name: "address", value: { is: "address", prefix: "refused" } }],
    doc: "The far end of a point-to-point link, of the same family and without prefix.",
  },
  { name: "home", args: [], doc: "Marks an IPv6 address as Mobile IPv6 home address." },
  {
    name: "-nodad",
    args: [],
    doc: "Written with its minus: runs duplicate address detection for this IPv6 address.",
  },
  {
    name: "mngtmpaddr",
    args: [],
    doc: "Lets the kernel derive temporary privacy addresses from this IPv6 address.",
  },
  { name: "noprefixroute", args: [], doc: "Adds no route for the address's prefix." },
  { name: "autojoin", args: [], doc: "Joins the multicast group that the address names, on this interface." },
  {
    name: "no_track",
    args: [],
    doc: "Does not watch the address: when someone deletes it, keepalived neither reacts nor puts it back.",
  },
  {
    name: "preferred_lft",
    args: [
      {
        name: "seconds",
        value: {
          is: "either",
          of: [
            { is: "word", of: [{ word: "forever", doc: "Never deprecated." }] },
            { is: "int", min: 0, max: 4294967295 },
          ],
        },
      },
    ],
    doc: "How long the address stays preferred as source. IPv6 addresses with /128 default to 0, so the host does not send from them by itself.",
  },
];

/** Lines of virtual_ipaddress and virtual_ipaddress_excluded: one address each, then options in any order. */
export const virtualAddressLines: DataLines = {
  what: "address",
  args: [address],
  options: [device, ownMac, ...sharedOptions],
  oneFamily: true,
  rule: "vrrp-vip-invalid",
};

/** Lines of static_ipaddress. */
export const staticAddressLines: DataLines = {
  what: "address",
  args: [address],
  options: [device, ...sharedOptions, trackGroup],
  oneFamily: true,
  rule: "vrrp-vip-invalid",
};

/**
 * Lines of unicast_peer. keepalived cuts a prefix off silently and the peer works, so it is allowed here.
 */
export const unicastPeerLines: DataLines = {
  what: "unicast peer",
  args: [address],
  options: [
    {
      name: "min_ttl",
      args: [{ name: "ttl", value: { is: "int", min: 0, max: 255 } }],
      doc: "Drops adverts of this peer that arrive with a lower TTL or hop limit. Also switches check_unicast_src on.",
      since: "2.2.4",
    },
    {
      name: "max_ttl",
      args: [{ name: "ttl", value: { is: "int", min: 0, max: 255 } }],
      doc: "Drops adverts of this peer that arrive with a higher TTL or hop limit. Also switches check_unicast_src on.",
      since: "2.2.4",
    },
  ],
  rule: "vrrp-unicast-peer-invalid",
};
