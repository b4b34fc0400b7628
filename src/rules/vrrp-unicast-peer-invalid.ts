import type { Fleet, Host, Instance, UnicastPeer } from "../model/host.ts";
import { isMulticast, parseAddress } from "../schema/address.ts";
import type { Word } from "../syntax/tree.ts";
import { inInstances } from "./each.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import { linesOf } from "./support.ts";
import type { FleetRule, Report } from "./types.ts";
import { isHostAddress } from "./xh-vip-is-peer-host-address.ts";

const id = "vrrp-unicast-peer-invalid";
const peers = (...lines: string[]) =>
  file(instance("unicast_src_ip 10.0.0.1", block("unicast_peer", ...lines)));
const advice = "Write the other host's own address, without prefix length.";

export const vrrpUnicastPeerInvalid: FleetRule = {
  id,
  severity: "error",
  over: "fleet",
  summary: "A unicast peer is not the address of another host.",
  why: "Adverts for that peer go nowhere, or back to the master itself. The other host hears nothing and becomes master as well: the addresses are on both.",
  basis:
    "keepalived/vrrp/vrrp_data.c, alloc_vrrp_unicast_peer (v2.2.7); keepalived -t; seen with running daemons.",
  bad: () => [
    { input: peers("10.0.0.2", "«host-b.example.com»") },
    { input: peers("10.0.0.2", "«2001:db8::2»") },
    { input: peers("«224.0.0.18»") },
    { input: peers("10.0.0.2", "«10.0.0.100»") },
    { input: peers("«10.0.0.2/24»"), fixed: peers("10.0.0.2") },
  ],
  good: () => [
    peers("10.0.0.2"),
    {
      "a.conf": peers("10.0.0.100"),
      "b.conf": file(instance("unicast_src_ip 10.0.0.100", block("unicast_peer", "10.0.0.1"))),
    },
  ],
  check(fleet, report) {
    for (const host of fleet.hosts) {
      reportUnreadable(host, report);
      for (const each of suspects(host)) reportPeers(fleet, host, each, report);
    }
  },
};

/** Instances with a peer that may be worth a word. */
const suspects = inInstances((each) => {
  const strange = each.peers.some(
    (peer) => problem(each, peer, false) || peer.statement.words[0]?.text.includes("/"),
  );
  return strange || otherFamily(each).length > 0 ? [each] : [];
});

function reportUnreadable(host: Host, report: Report): void {
  for (const { word, at, kind, statement, expected } of findingsFor(host, id)) {
    if (!word) continue;
    if (kind !== "bad-address" || word !== statement?.words[0])
      report(
        at,
        `keepalived does not take ${word.text} here; expected is ${expected}. It ignores the option, and the peer is checked in another way than written. Correct it.`,
      );
    else
      report(
        at,
        `keepalived skips ${word.text}, because it is not an IP address; names are not looked up. That host hears no adverts and becomes master as well. ${advice}`,
      );
  }
}

function reportPeers(fleet: Fleet, host: Host, each: Instance, report: Report): void {
  for (const peer of each.peers) {
    // A machine's address among the virtual ones is their mistake, which xh-vip-is-peer-host-address reports.
    const wrong = problem(each, peer, isHostAddress(fleet, host, peer.address));
    if (wrong) report(peer.at, `${wrong} ${advice}`);
    else if (peer.statement.words[0]?.text.includes("/"))
      // It works, so it is worth no more than a hint.
      report(peer.at, `keepalived cuts the prefix length off: a peer is one host. ${advice}`, {
        severity: "hint",
        fixes: fix(`Write ${peer.address}`, true, replaceWord(peer.statement.words[0], peer.address)),
      });
  }
  for (const word of otherFamily(each))
    report(
      word.at,
      `keepalived skips ${word.text}, because this instance is IPv${each.family}: that host hears no adverts and becomes master as well. ${advice}`,
    );
}

function problem(instance: Instance, { address }: UnicastPeer, real: boolean): string | undefined {
  const parsed = parseAddress(address);
  if (parsed && isMulticast(parsed)) return `${address} is a multicast group and no host.`;
  if (!real && [...instance.addresses, ...instance.excluded].some((virtual) => virtual.address === address))
    return `${address} is a virtual address of this instance: adverts for it go to the master itself, and the other host hears none.`;
  return undefined;
}

function otherFamily(instance: Instance): readonly Word[] {
  return linesOf(instance, "unicast_peer").flatMap(({ words: [word] }) => {
    const family = word && !word.unknown ? parseAddress(word.text)?.family : undefined;
    return word && family !== undefined && family !== instance.family ? [word] : [];
  });
}
