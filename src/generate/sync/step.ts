/** What one mend of a drifted fleet is, and who is right when hosts disagree. */
import type { Edit, Fix } from "../../diagnostic.ts";
import type { Fleet, Host, Member } from "../../model/host.ts";
import { type Claim, hostName } from "../../rules/across/claims.ts";
import type { Team } from "../../rules/across/teams.ts";
import { listed } from "../../rules/support.ts";
import type { Rule } from "../../rules/types.ts";

/** A change of one host's files, with its reason as title. A fix that is not safe takes something away. */
export interface Step extends Fix {
  readonly host: Host;
}

/** One respect in which hosts must agree. */
export interface Facet {
  /** The rules whose reports it settles; where they are silent, nothing is changed. */
  readonly settles: readonly Rule[];
  /** The steps for the teams that these rules report. Steps of one round do not wait for one another. */
  readonly find: (fleet: Fleet, reported: readonly Team[]) => readonly Step[];
}

/** A step made of these edits, or none when one of them cannot be made. */
export function step(
  host: Host,
  title: string,
  edits: readonly (Edit | undefined)[],
  removes = false,
): readonly Step[] {
  const made = edits.filter((edit) => edit !== undefined);
  return made.length > 0 && made.length === edits.length
    ? [{ host, title, safe: !removes, edits: made }]
    : [];
}

/**
 * The claim that counts: what more than half of three or more hosts say, else what the first host says. The hosts come
 * in the order in which the user named them.
 */
export function prevailing<C extends Pick<Claim, "key">>(all: readonly C[]): C | undefined {
  const votes = (claim: C) => all.filter((other) => other.key === claim.key).length;
  return all.find((claim) => all.length > 2 && 2 * votes(claim) > all.length) ?? all[0];
}

/** Where a value was taken from, for a title: `as in a.conf` or `as in a.conf and c.conf`. */
export function asIn(wanted: Claim, all: readonly Claim[]): string {
  const agreeing = all.filter(({ key }) => key === wanted.key);
  return `as in ${listed([...new Set((all.length > 2 ? agreeing : [wanted]).map(hostName))])}`;
}

/** An instance in words, for titles. */
export function nameOf({ instance }: Member): string {
  return instance.name;
}
