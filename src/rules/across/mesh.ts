/** Reports of hosts that leave each other out of unicast_peer. */
import type { Edit, Fix, Place } from "../../diagnostic.ts";
import type { Fleet, Member, UnicastPeer } from "../../model/host.ts";
import { fix, insertAfter, replaceWord } from "../edits.ts";
import { linesOf, listed } from "../support.ts";
import type { Report } from "../types.ts";
import { hostNames } from "./claims.ts";
import { keywordOrHeader } from "./edits.ts";
import { type Omission, ownAddresses } from "./unicast.ts";

/**
 * Reports omissions once for each host involved: at its peers when it leaves somebody out, else at its own address,
 * which others leave out.
 */
export function reportOmissions(
  fleet: Fleet,
  found: readonly Omission[],
  report: Report,
  consequence: string,
): void {
  const involved = [...new Set(found.flatMap(({ by, of }) => [by, of]))];
  const placeOf = (member: Member) => place(fleet, member, found);
  const fixes = completion(fleet, found);
  for (const own of involved) {
    const related = involved
      .filter((other) =>
        found.some(({ by, of }) => (by === own && of === other) || (by === other && of === own)),
      )
      .map((other) => ({ at: placeOf(other), message: tell(other, own, found) }));
    report(placeOf(own), `${describe(own, found)} ${consequence}`, { related, fixes });
  }
}

function describe(own: Member, found: readonly Omission[]): string {
  const left = found.filter(({ by }) => by === own);
  const leavers = found.filter(({ of }) => of === own).map(({ by }) => by);
  const out = left.map(({ address, of }) => `${address} (${of.host.shownAs})`);
  const here =
    out.length > 0 ? [`unicast_peer lacks ${listed(out)}, so that host gets no adverts from here`] : [];
  const there =
    leavers.length > 0
      ? [`${hostNames(leavers)} ${leavers.length > 1 ? "do" : "does"} not list this host`]
      : [];
  const text = [...here, ...there].join(", and ");
  return `${out.length > 1 ? text.replace("that host gets", "those hosts get") : text}.`;
}

function tell(other: Member, own: Member, found: readonly Omission[]): string {
  const left = found.find(({ by, of }) => by === other && of === own);
  if (left) return `${other.host.shownAs} does not list ${left.address}`;
  return `${other.host.shownAs} has the address ${other.instance.source?.value}`;
}

/** The peers that no host of the fleet has as its own. */
export function strays(fleet: Fleet, { instance }: Member): readonly UnicastPeer[] {
  const own = ownAddresses(fleet);
  return instance.peers.filter(({ address }) => !own.has(address));
}

/** The one stray peer that stands where the one missing address should. */
function mistaken(fleet: Fleet, member: Member, found: readonly Omission[]): UnicastPeer | undefined {
  const missing = found.filter(({ by }) => by === member);
  const stray = strays(fleet, member);
  return missing.length === 1 && stray.length === 1 ? stray[0] : undefined;
}

function place(fleet: Fleet, member: Member, found: readonly Omission[]): Place {
  const { instance } = member;
  if (!found.some(({ by }) => by === member)) return instance.source?.at ?? instance.at;
  return mistaken(fleet, member, found)?.at ?? keywordOrHeader(instance, "unicast_peer");
}

/** Adds the missing peers, or puts the right address in the place of a stray one. Adding alone cannot be wrong. */
function completion(fleet: Fleet, found: readonly Omission[]): readonly Fix[] {
  const hosts = [...new Set(found.map(({ by }) => by))];
  const wrong = hosts.map((by) => mistaken(fleet, by, found));
  const edits = hosts.map((by, index): Edit | undefined => {
    const missing = found.filter((omission) => omission.by === by).map(({ address }) => address);
    const stray = wrong[index];
    if (stray) return replaceWord(stray.statement.words[0], missing.join(""));
    const last = linesOf(by.instance, "unicast_peer").at(-1);
    return last && insertAfter(by.host, last, missing.join("\n"));
  });
  const what = listed([...new Set(found.map(({ address }) => address))]);
  const safe = wrong.every((stray) => stray === undefined);
  return fix(`${safe ? "Add" : "List"} ${what} in unicast_peer of ${hostNames(hosts)}`, safe, ...edits);
}
