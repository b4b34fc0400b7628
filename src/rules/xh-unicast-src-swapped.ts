import type { Place } from "../diagnostic.ts";
import type { Fleet, Member } from "../model/host.ts";
import { uniquePlaces } from "./across/claims.ts";
import { addressesOf, teams } from "./across/teams.ts";
import { file, instance } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const host = (priority: number, source: string, peer: string) =>
  file(instance(`priority ${priority}`, `unicast_src_ip ${source}`, `unicast_peer {\n    ${peer}\n}`));

export const xhUnicastSrcSwapped: FleetRule = {
  id: "xh-unicast-src-swapped",
  severity: "error",
  over: "fleet",
  summary: "Two hosts claim the same source address for their adverts.",
  why: "A host can send only from an address it has. keepalived 2.2.7 goes to FAULT on the wrong host; 2.4.3 sends all the same, and the host whose address it is takes the adverts for its own. In both cases the hosts do not work as a pair.",
  basis: "keepalived.conf(5), unicast_src_ip; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": host(150, "«10.0.0.1»", "10.0.0.2"),
        "b.conf": host(100, "«10.0.0.1»", "10.0.0.2"),
      },
    },
  ],
  good: () => [{ "a.conf": host(150, "10.0.0.1", "10.0.0.2"), "b.conf": host(100, "10.0.0.2", "10.0.0.1") }],
  check(fleet, report) {
    const found = conflicts(fleet);
    for (const own of uniquePlaces(found.flat())) {
      const rivals = uniquePlaces(
        found
          .filter((pair) => pair.some(({ at }) => at === own.at))
          .flatMap((pair) => pair.filter(({ at }) => at !== own.at)),
      );
      report(
        own.at,
        `${own.address} is also the address of ${rivals.map(({ name }) => name).join(", ")}. A host can send only from its own address: the wrong one goes to FAULT, or the other takes its adverts for its own. Write each host's own address.`,
        { related: rivals.map(({ at, name }) => ({ at, message: `${name} has ${own.address} here` })) },
      );
    }
  },
};

interface Source {
  readonly address: string;
  readonly at: Place;
  readonly name: string;
}

/** Sources of one router that another of its hosts claims too, each with the other's line. */
function conflicts(fleet: Fleet): readonly (readonly [Source, Source])[] {
  const claimed = new Map<string, number>();
  for (const host of fleet.hosts)
    for (const address of addressesOf(host)) claimed.set(address, (claimed.get(address) ?? 0) + 1);
  if ([...claimed.values()].every((hosts) => hosts === 1)) return [];
  const suspects = teams(fleet).filter((team) =>
    team.some(({ host, instance: { source } }) =>
      team.some((other) => other.host !== host && source && addressesOf(other.host).has(source.value)),
    ),
  );
  return suspects.flatMap((team) =>
    team.flatMap((one) =>
      team.flatMap((other) => {
        const source = sourceOf(one);
        if (one === other || !source) return [];
        if (!addressesOf(other.host).has(source.address)) return [];
        const own = other.host.ownAddresses.find(({ address }) => address === source.address);
        return own ? [[source, { ...own, name: other.host.shownAs }] as const] : [];
      }),
    ),
  );
}

function sourceOf({ host, instance }: Member): Source | undefined {
  const { source } = instance;
  return source && !source.unknown ? { address: source.value, at: source.at, name: host.shownAs } : undefined;
}
