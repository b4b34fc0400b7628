/** Moments of a board as texts: equal texts mean that everything that follows is equal. */
import type { State } from "../vrrp/machine-types.ts";
import type { Micros } from "../vrrp/time.ts";
import type { World } from "./explore-world.ts";

/**
 * What a world will do by itself and under any fault, with deadlines counted from now. When scripts run is left out:
 * nothing ties their clock to the adverts', so one of its phases stands for all.
 */
export function keyOf(world: World): string {
  const { now, states, runs, holds, fails, cut, letters, findings } = world;
  const sequence = lowestSequence(world);
  const parts = states.map((state) =>
    state ? `${state.is}${state.members.map((member) => memberKey(member, now, sequence)).join()}` : "",
  );
  const onWay = letters.map(({ at, from, to, delivery }) => [at - now, from, to, delivery.advert.priority]);
  const believed = findings.map(({ at, key, status }) => [at - now, key, status]);
  return `${bits(runs)} ${bits(holds)} ${bits(fails)} ${bits(cut)} ${onWay.join()} ${believed.join()} ${parts.join("|")}`;
}

function bits(values: readonly boolean[]): string {
  let text = "";
  for (const value of values) text += value ? "1" : "0";
  return text;
}

function memberKey(state: State, now: Micros, sequence: number): string {
  const { is, until, downTimer, masterInterval, wants, priority, lowered, master, rival, memory } = state;
  const left = (at: Micros | undefined) => (at === undefined ? "" : Math.max(-1, at - now));
  const statuses = Object.values(state.statuses).join("");
  const other = rival ? `${rival.adverts} ${rival.interval} ${left(rival.until)}` : "";
  const waits = `${left(until)} ${left(state.preemptAt)} ${left(state.delayedUntil)}`;
  // A master does not wait for one; what it waited for before does not matter.
  const wait = is === "backup" ? downTimer : "";
  const seen = memory.sequence - sequence;
  return `${is}${waits} ${wait} ${masterInterval} ${wants} ${priority} ${lowered} ${master} ${statuses} ${other} ${seen}`;
}

/** Sequence numbers of auth_type AH only count upwards; what matters is how they compare. */
function lowestSequence({ states }: World): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (const state of states)
    for (const { memory } of state?.members ?? []) lowest = Math.min(lowest, memory.sequence);
  return lowest === Number.POSITIVE_INFINITY ? 0 : lowest;
}
