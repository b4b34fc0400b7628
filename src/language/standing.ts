/** Where an instance stands among the hosts: who is before it and behind it, and how long each one waits. */
import type { Instance, Member } from "../model/host.ts";
import { effectivePriority, trackersInForce } from "../model/priority.ts";
import { type Takeover, type Turn, takeovers } from "../model/takeover.ts";
import type { FileView } from "./file-view.ts";

/** An instance of a file, with its virtual router over all hosts. */
export interface Standing {
  readonly member: Member;
  readonly takeover: Takeover;
  /** Its own turn, and its index among the turns; 0 is the master while all is well. */
  readonly turn: Turn;
  readonly rank: number;
}

const known = new WeakMap<object, readonly Takeover[]>();

/** The takeovers of a fleet, computed once. */
export function takeoversOf({ fleet }: Pick<FileView, "fleet">): readonly Takeover[] {
  const before = known.get(fleet);
  if (before) return before;
  const all = takeovers(fleet);
  known.set(fleet, all);
  return all;
}

/** The instances that are written in a file, each as every host that reads the file has it. */
export function standingsIn(view: FileView): readonly Standing[] {
  return takeoversOf(view).flatMap((takeover) =>
    takeover.turns.flatMap((turn, rank) => {
      const { member } = turn;
      const isHere = member.instance.at.file === view.file && view.hosts.includes(member.host);
      return isHere ? [{ member, takeover, turn, rank }] : [];
    }),
  );
}

/** `3.609 s`. */
export function inSeconds(seconds: number): string {
  return `${seconds.toFixed(3)} s`;
}

/** How the time of a turn comes about: `3 × 1 s + 0.609 s`. */
export function sumOf({ adverts, interval, skew }: Turn): string {
  return `${adverts} × ${interval} s + ${inSeconds(skew)}`;
}

/** What has to be said beside tables whose files have errors. */
export const tablesMayBeWrong =
  "There are errors in these files: the tables show what is meant, and the hosts may do something else.";

/** What has to be said below a table about some of its turns, which `nameOf` names. */
export function notesOn(
  turns: readonly Turn[],
  nameOf: (turn: Turn, rank: number) => string,
): readonly string[] {
  const names = (test: (turn: Turn) => boolean) =>
    turns.flatMap((turn, rank) => (test(turn) ? [nameOf(turn, rank)] : [])).join(", ");
  const tied = names((turn) => turn.tied);
  const uncertain = names((turn) => turn.uncertain);
  return [
    ...(tied
      ? [`${tied}: the same priority, so the higher address wins, by chance rather than by plan.`]
      : []),
    ...(uncertain
      ? [`${uncertain}: not all that decides this is in the files; order or time may be different.`]
      : []),
  ];
}

/** What a host announces when one of its checks fails, a line for each check that changes something. */
export function whenFailing(
  member: Member,
): readonly { readonly check: string; readonly priority: number | "fault" }[] {
  const seen = new Set<string>();
  return trackersInForce(member).flatMap((tracker) => {
    const check = `${tracker.kind} ${tracker.name}`;
    if (seen.has(check) || tracker.weight.unknown) return [];
    seen.add(check);
    return [{ check, priority: effectivePriority(member, (other) => other === tracker) }];
  });
}

/** Whether two instances are the same one, read for two hosts. */
export function isSamePlace(one: Instance, other: Instance): boolean {
  return one.at.file === other.at.file && one.at.span.start === other.at.span.start;
}
