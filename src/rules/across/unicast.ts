/** Who sends adverts to whom among the unicast members of a virtual router. */
import type { Fleet, Member } from "../../model/host.ts";
import { lineOf } from "../support.ts";
import { addressesOf, listsAsPeer, type Team } from "./teams.ts";

/** A host that does not send to another, although both are unicast and the other's address is known. */
export interface Omission {
  readonly by: Member;
  readonly of: Member;
  /** The address that is missing in the list. */
  readonly address: string;
}

/** The omissions of a team. Hosts that claim one address are another rule's business. */
export function omissions(team: Team): readonly Omission[] {
  return team.flatMap((by) =>
    team.flatMap((of) => {
      const source = of.instance.source;
      if (by === of || !source || source.unknown || !by.instance.unicast || !of.instance.unicast) return [];
      if (by.instance.source?.value === source.value || listsAsPeer(by, of)) return [];
      return [{ by, of, address: source.value }];
    }),
  );
}

/** Whether a host takes adverts only from its listed peers, so that an omission makes it deaf, not only silent. */
export function checksSources({ instance }: Member): boolean {
  const limits = instance.peers.some(({ statement }) =>
    statement.words.some(({ text }) => text === "min_ttl" || text === "max_ttl"),
  );
  return instance.checkUnicastSource.value || limits || lineOf(instance, "auth_hmac") !== undefined;
}

const known = new WeakMap<Fleet, ReadonlySet<string>>();

/** Every address that some host says is its own. */
export function ownAddresses(fleet: Fleet): ReadonlySet<string> {
  const before = known.get(fleet);
  if (before) return before;
  const found = new Set<string>();
  for (const host of fleet.hosts) {
    for (const { source } of host.instances) if (source?.unknown) found.add(source.value);
    for (const address of addressesOf(host)) found.add(address);
  }
  known.set(fleet, found);
  return found;
}
