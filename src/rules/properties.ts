/** What `vrrp-lint --explore` holds a fleet to: properties of what hosts do in time, told like rules. */
import type { Severity } from "../diagnostic.ts";
import { block, file, instance, named, script, secured } from "./examples.ts";
import type { Example } from "./types.ts";

export interface Property {
  readonly id: PropertyId;
  readonly severity: Severity;
  /** What goes wrong, in one line. */
  readonly summary: string;
  /** What that means on the network. */
  readonly why: string;
  /** Where the promise comes from. */
  readonly basis: string;
  /** Files that break it; none where only a mistake in keepalived itself could. */
  readonly bad?: Example;
}

export type PropertyId =
  | "explore-two-holders"
  | "explore-no-holder"
  | "explore-failed-holder"
  | "explore-check-ignored"
  | "explore-check-missing"
  | "explore-wrong-holder"
  | "explore-group-apart"
  | "explore-flapping"
  | "explore-lost-advert"
  | "explore-nopreempt"
  | "explore-not-heard"
  | "explore-not-announced"
  | "explore-several-takeovers"
  | "explore-late-takeover";

const check = block("track_script", "chk");
const low = "priority 100";
const inside = (...lines: readonly string[]) => named("INSIDE", ...lines);
const outside = (...lines: readonly string[]) =>
  named(
    "OUTSIDE",
    "interface eth1",
    "virtual_router_id 52",
    ...lines,
    block("virtual_ipaddress", "192.0.2.10/24"),
  );
const group = block("vrrp_sync_group BOTH", block("group", "INSIDE", "OUTSIDE"));
const peers = (...hosts: readonly number[]) =>
  block("unicast_peer", ...hosts.map((host) => `10.0.0.${host}`));
const unicast = (own: number, ...lines: readonly string[]) =>
  instance(`unicast_src_ip 10.0.0.${own}`, ...lines);

export const properties: readonly Property[] = [
  {
    id: "explore-two-holders",
    severity: "error",
    summary: "Two hosts that could hear each other have one address for good.",
    why: "Packets for the address go to whichever host announced it last: connections break, and what is written on one host is missing on the other.",
    basis: "RFC 9568 section 6.4.3: of two masters that hear each other one gives way.",
    bad: { "a.conf": file(instance()), "b.conf": file(instance("virtual_router_id 52", low)) },
  },
  {
    id: "explore-no-holder",
    severity: "error",
    summary: "Nobody has an address although a host that works is there for it.",
    why: "The service cannot be reached, and nothing in any log says so.",
    basis: "RFC 9568 section 6.4.2: a backup that hears no master becomes master.",
    bad: {
      "a.conf": file(instance(block("virtual_ipaddress", "10.0.0.100/24", "10.0.0.101/24"))),
      "b.conf": file(instance(low)),
    },
  },
  {
    id: "explore-failed-holder",
    severity: "error",
    summary: "A host keeps an address although it is stopped, or something it depends on has failed.",
    why: "The address leads to a host on which nothing answers.",
    basis: "keepalived.conf(5): a tracker without weight means FAULT, and FAULT has no address.",
  },
  {
    id: "explore-check-ignored",
    severity: "error",
    summary: "A check fails that the files promise to act on, and the address stays.",
    why: "The service is down on the host that has the address, while another host is well.",
    basis: "keepalived.conf(5), track_script and weight; RFC 9568 section 6.4.2.",
    bad: {
      "a.conf": file(secured, script("weight -20"), instance(check)),
      "b.conf": file(secured, script("weight -20"), instance(low, check)),
    },
  },
  {
    id: "explore-check-missing",
    severity: "warning",
    summary: "The address is on a host that does not look at what another host of the same router checks.",
    why: "When the service fails there, nobody notices: the address stays with a dead service.",
    basis: "keepalived.conf(5), track_script: a host knows only what it tracks itself.",
    bad: { "a.conf": file(secured, script(), instance(check)), "b.conf": file(instance(low)) },
  },
  {
    id: "explore-wrong-holder",
    severity: "error",
    summary: "Another host than the one with the highest priority has the address for good.",
    why: "The order of the hosts is not the one in the files; in a sync group the hosts block each other.",
    basis: "RFC 9568 section 6.4: the highest priority is master, unless nopreempt is set.",
    bad: {
      "a.conf": file(instance()),
      "b.conf": file(secured, script("weight 60"), instance(low, check)),
    },
  },
  {
    id: "explore-group-apart",
    severity: "error",
    summary: "A host has only a part of what another host's file keeps together in a sync group.",
    why: "Packets come in through one host and go out through another one, or nowhere.",
    basis: "keepalived.conf(5), vrrp_sync_group.",
    bad: {
      "a.conf": file(group, inside(), outside()),
      "b.conf": file(inside(low), outside(low)),
    },
  },
  {
    id: "explore-flapping",
    severity: "error",
    summary: "States change again and again without any new fault.",
    why: "Addresses move to and fro every few seconds: no connection lasts.",
    basis: "RFC 9568 section 6.4: after one election the states stay as they are.",
    bad: {
      "a.conf": file(group, inside(), outside(low)),
      "b.conf": file(group, inside(low), outside()),
    },
  },
  {
    id: "explore-lost-advert",
    severity: "error",
    summary: "A single advert that gets lost moves an address.",
    why: "Packets get lost on every network, above all under load: then two hosts have the address for a moment, and it moves back at once.",
    basis: "RFC 9568 section 6.1: a backup waits for three intervals and a skew.",
    bad: {
      "a.conf": file(instance("down_timer_adverts 1")),
      "b.conf": file(instance(low, "down_timer_adverts 1")),
    },
  },
  {
    id: "explore-nopreempt",
    severity: "error",
    summary: "A host takes an address from a live one although nopreempt is written to prevent that.",
    why: "After a repair the addresses move once more than wanted, and every connection breaks again.",
    basis: "RFC 9568 section 6.1, Preempt_Mode; keepalived.conf(5), nopreempt.",
    bad: {
      "a.conf": file(instance("state MASTER", "nopreempt")),
      "b.conf": file(instance("state BACKUP", "nopreempt", low)),
    },
  },
  {
    id: "explore-not-heard",
    severity: "warning",
    summary: "A host takes an address over without having heard the master, which is alive.",
    why: "It works only as long as the other host gives way; with nopreempt, preempt_delay or a check with a weight both hosts are master.",
    basis: "RFC 9568 section 6.4.2: a backup listens to the master's adverts.",
    bad: {
      "a.conf": file(unicast(1, peers(2))),
      "b.conf": file(unicast(2, low, peers(3))),
    },
  },
  {
    id: "explore-not-announced",
    severity: "error",
    summary: "A host takes an address and does not announce it.",
    why: "Routers and hosts on the network keep sending to the former master until their tables expire.",
    basis: "RFC 9568 section 6.4.1: a new master broadcasts gratuitous ARP or neighbour advertisements.",
  },
  {
    id: "explore-several-takeovers",
    severity: "warning",
    summary: "After one fault an address moves more than once.",
    why: "Every move breaks connections; one takeover is enough for one fault.",
    basis: "RFC 9568 section 6.1, Skew_Time: the best backup is the first.",
    bad: {
      "a.conf": file(instance()),
      "b.conf": file(instance("priority 120", "down_timer_adverts 6")),
      "c.conf": file(instance(low)),
    },
  },
  {
    id: "explore-late-takeover",
    severity: "warning",
    summary: "A takeover takes longer than the protocol's own time.",
    why: "Until then the address leads to a host on which the service has failed, or nowhere.",
    basis: "RFC 9568 section 6.1, Active_Down_Interval; keepalived.conf(5), preempt_delay.",
    bad: {
      "a.conf": file(secured, script("weight -60"), instance(check)),
      "b.conf": file(secured, script("weight -60"), instance(low, "preempt_delay 120", check)),
    },
  },
];

const byId: ReadonlyMap<string, Property> = new Map(properties.map((property) => [property.id, property]));

/** The property of this id, if there is one. */
export function findProperty(id: string): Property | undefined {
  return byId.get(id);
}

/** The property of an id that exists. */
export function propertyOf(id: PropertyId): Property {
  return byId.get(id) as Property;
}
