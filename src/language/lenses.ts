/** A line above each instance: which role it has, and on which hosts its partners are. */
import type { Place } from "../diagnostic.ts";
import type { FileView } from "./file-view.ts";
import { inSeconds, isSamePlace, type Standing, standingsIn } from "./standing.ts";

export interface Lens {
  /** The instance's header. */
  readonly at: Place;
  readonly title: string;
  /** The partner's header that it speaks of; absent for the instance itself. */
  readonly partner: Place | undefined;
}

/** One lens for each instance itself and one for each partner, in the order of takeover. */
export function lensesIn(view: FileView): readonly Lens[] {
  return standingsIn(view).flatMap((standing) => [ownLens(view, standing), ...partnerLenses(standing)]);
}

function ownLens(view: FileView, { member, takeover, rank, turn }: Standing): Lens {
  const { host, instance } = member;
  const readers = view.hosts.filter((each) => each.instances.some((other) => isSamePlace(other, instance)));
  const name = readers.length > 1 ? ` on ${host.name}` : "";
  const { turns } = takeover;
  const role =
    turns.length === 1
      ? "no partner in these files"
      : rank === 0
        ? `master while all is well, priority ${turn.priority}`
        : `takes over after ${inSeconds(turn.seconds)} as number ${rank + 1} of ${turns.length}`;
  const isUnsure = turn.uncertain && turns.length > 1;
  return { at: instance.at, title: `${isUnsure ? "probably " : ""}${role}${name}`, partner: undefined };
}

function partnerLenses({ member, takeover }: Standing): readonly Lens[] {
  return takeover.turns.flatMap((turn, rank) => {
    const { host, instance } = turn.member;
    if (turn.member === member) return [];
    const state = rank === 0 ? "MASTER" : "BACKUP";
    const tied = turn.tied ? ", the same priority" : "";
    const title = `${state} on ${host.name}, priority ${turn.priority}${tied}`;
    return [{ at: member.instance.at, title, partner: instance.at }];
  });
}
