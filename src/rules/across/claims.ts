/** What hosts say about a value on which they should agree, and the one way to report that they do not. */
import type { Edit, Fix, Place, Related } from "../../diagnostic.ts";
import type { Instance, Member, Spot } from "../../model/host.ts";
import { fix } from "../edits.ts";
import { listed } from "../support.ts";
import type { Report } from "../types.ts";
import { agree, type Team } from "./teams.ts";

/** A value that no part that could not be read may change: it is written here, or the host's files are complete. */
export function certain(member: Member, spot: Spot<unknown>): boolean {
  return !spot.unknown && (spot.written || !member.host.uncertain);
}

/** What one host says. */
export interface Claim {
  readonly member: Member;
  readonly at: Place;
  /** Equal keys are equal claims. */
  readonly key: string;
  /** As messages show it. */
  readonly says: string;
}

/** The claims of a team about one value of the model; members whose value is not certain make none. */
export function claims<T>(
  team: Team,
  spotOf: (instance: Instance) => Spot<T> | undefined,
  show: (value: T, spot: Spot<T>) => string = String,
): readonly Claim[] {
  return team.flatMap((member) => {
    const spot = spotOf(member.instance);
    if (!spot || !certain(member, spot)) return [];
    return [{ member, at: spot.at, key: String(spot.value), says: show(spot.value, spot) }];
  });
}

/** The host in words, by its file as a rule. */
export function hostName(of: { readonly member: Member }): string {
  return of.member.host.shownAs;
}

/** Hosts in words, for a sentence. */
export function hostNames(members: readonly Member[]): string {
  return listed([...new Set(members.map((member) => member.host.shownAs))]);
}

/** The claim that most hosts make; among equals the first host's. */
function majority<C extends Claim>(all: readonly C[]): C | undefined {
  const votes = (claim: C) => all.filter((other) => other.key === claim.key).length;
  const best = Math.max(...all.map(votes));
  return all.find((claim) => votes(claim) === best);
}

/** The differing claims of other hosts in words: `52 in b.conf and c.conf, 53 in d.conf`. */
export function elsewhere(own: Claim, all: readonly Claim[]): string {
  const differing = all.filter((other) => other.key !== own.key);
  const first = differing.filter(
    (other, index) => differing.findIndex(({ key }) => key === other.key) === index,
  );
  const hostsOf = ({ key }: Claim) => listed(differing.filter((other) => other.key === key).map(hostName));
  return first.map((claim) => `${claim.says} in ${hostsOf(claim)}`).join(", ");
}

/** How hosts that disagree are told. */
export interface Difference<C extends Claim> {
  /** The message for one host; `others` is what `elsewhere` gives. */
  readonly message: (own: C, others: string) => string;
  /** What a related place says about another host; by default its file and what it says. */
  readonly related?: (claim: C) => string;
  /** The edit that makes a host say what the wanted claim says; without it no fix is offered. */
  readonly edit?: (of: C, wanted: C) => Edit | undefined;
  /** What the fix does, without the file: `Set advert_int 1`. */
  readonly title?: (wanted: C) => string;
}

/** Reports hosts that disagree, at every host's own place, with the others as related places. */
export function reportDifference<C extends Claim>(
  report: Report,
  all: readonly C[],
  difference: Difference<C>,
): void {
  if (agree(all, (claim) => claim.key)) return;
  const fixes = alignment(all, difference);
  const tell = difference.related ?? ((claim: C) => `${hostName(claim)} says ${claim.says} here`);
  for (const own of uniquePlaces(all)) {
    const others = all.filter((other) => other.key !== own.key);
    const related: readonly Related[] = uniquePlaces(others).map((claim) => ({
      at: claim.at,
      message: tell(claim),
    }));
    report(own.at, difference.message(own, elsewhere(own, all)), { related, fixes });
  }
}

function alignment<C extends Claim>(all: readonly C[], { edit, title }: Difference<C>): readonly Fix[] {
  const wanted = majority(all);
  if (!wanted || !edit || !title) return [];
  const changed = all.filter((claim) => claim.key !== wanted.key);
  const name = `${title(wanted)} in ${listed(changed.map(hostName))}, as in ${hostName(wanted)}`;
  return fix(name, false, ...changed.map((claim) => edit(claim, wanted)));
}

/** The same place once; an included file may be read by several hosts. */
export function uniquePlaces<T extends { readonly at: Place }>(items: readonly T[]): readonly T[] {
  const key = ({ at }: T) => `${at.file}\0${at.span.start}\0${at.span.end}`;
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
