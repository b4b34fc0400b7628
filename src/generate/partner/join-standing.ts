/** Who is master when one more host comes: the newcomer comes after those that are there. */
import type { Fleet, Host, Instance, Member } from "../../model/host.ts";
import type { Changes } from "./changes.ts";
import { chosenPriority, type Newcomer, type Problem } from "./newcomer.ts";
import { nextTo, noRoom, setPriority, setState, tieWith, weightsOf } from "./standing.ts";

/** All that are one virtual router with an instance. */
export function membersWith(fleet: Fleet, instance: Instance): readonly Member[] {
  const router = fleet.routers.find(({ members }) => members.some((member) => member.instance === instance));
  return router?.members ?? [];
}

/** Sets state and priority of every instance in `base`: it starts as BACKUP, with a lower priority where there is room. */
export function changeJoinerStanding(
  old: Host,
  base: Host,
  fleet: Fleet,
  newcomer: Newcomer,
  changes: Changes,
): readonly Problem[] {
  return base.instances.flatMap((instance): readonly Problem[] => {
    const own = old.instances.find(({ name }) => name === instance.name);
    if (!own || own.priority.value !== instance.priority.value) return [];
    const members = membersWith(fleet, own);
    const priority = chosenPriority(newcomer, own) ?? lowest(members);
    if (priority === undefined) return [noRoom(own, "below")];
    const same = members.find((member) => member.instance.priority.value === priority);
    if (same) return [tieWith(same.instance)];
    setPriority(instance, priority, changes);
    setState(instance, "below", changes);
    return [];
  });
}

const owner = 255;

/** A priority below all others, as far away as they are from each other; else in the widest gap between two. */
function lowest(members: readonly Member[]): number | undefined {
  const all = members.map(({ instance }) => instance.priority.value).toSorted((one, other) => other - one);
  const weights = members.flatMap(({ host, instance }) => weightsOf(host, instance));
  const last = all.at(-1);
  if (last === undefined) return undefined;
  const usual = all.filter((priority) => priority < owner);
  const gaps = usual.flatMap((priority, index) => {
    const next = usual[index + 1];
    return next === undefined || next === priority ? [] : { below: next, gap: priority - next };
  });
  const step = gaps.length > 0 ? Math.min(...gaps.map(({ gap }) => gap)) : undefined;
  const below = nextTo(last, "below", weights, step);
  if (below !== undefined) return below;
  const widest = gaps.toSorted((one, other) => other.gap - one.gap)[0];
  return widest && widest.gap > 1 ? widest.below + Math.floor(widest.gap / 2) : undefined;
}
