import { strays } from "./across/mesh.ts";
import { peersOf, teams } from "./across/teams.ts";
import { omissions, ownAddresses } from "./across/unicast.ts";
import { file, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const host = (priority: number, source: string, ...addresses: readonly string[]) =>
  file(
    instance(
      `priority ${priority}`,
      `unicast_src_ip ${source}`,
      `unicast_peer {\n${addresses.map((address) => `    ${address}\n`).join("")}}`,
    ),
  );

export const xhUnicastPeerUnknownHost: FleetRule = {
  id: "xh-unicast-peer-unknown-host",
  severity: "info",
  over: "fleet",
  summary: "A unicast peer is none of the hosts that are checked here.",
  why: "Adverts go to an address that no known host has: a host that was removed, a typing mistake, or one whose file was not given.",
  basis: "keepalived.conf(5), unicast_peer.",
  bad: () => [
    {
      input: {
        "a.conf": host(150, "10.0.0.1", "10.0.0.2", "«10.0.0.9»"),
        "b.conf": host(100, "10.0.0.2", "10.0.0.1"),
      },
    },
  ],
  good: () => [
    { "a.conf": host(150, "10.0.0.1", "10.0.0.2"), "b.conf": host(100, "10.0.0.2", "10.0.0.1") },
    {
      "a.conf": host(150, "10.0.0.1", "10.0.0.2", "10.0.0.9"),
      "b.conf": host(100, "10.0.0.2", "10.0.0.1").replace("    unicast_src_ip 10.0.0.2\n", ""),
    },
  ],
  check(fleet, report) {
    if (!fleet.complete || fleet.hosts.some((host) => host.uncertain)) return;
    const own = ownAddresses(fleet);
    if (fleet.hosts.every((host) => [...peersOf(host)].every((address) => own.has(address)))) return;
    for (const team of teams(fleet)) {
      if (team.every((member) => strays(fleet, member).length === 0)) continue;
      const sources = team.map(({ instance }) => instance.source?.value);
      if (sources.includes(undefined) || new Set(sources).size < team.length || omissions(team).length > 0)
        continue;
      for (const member of team)
        for (const peer of strays(fleet, member))
          report(
            peer.at,
            `${peer.address} is the unicast_src_ip of none of the files checked here. If the host is gone, delete the line; if it exists, check its file together with these.`,
          );
    }
  },
};
