/** Priorities for a virtual router: far enough apart to read, near enough that a failing check changes the master. */

/** What the hosts of a pair get without weights: 150 and 100. */
const [usualTop, usualLowest, usualGap] = [150, 50, 50];
const highestOfAll = 254;

/**
 * One priority for each host, the master's first. With weights the gap is half the smallest one, so that each check
 * alone brings the master below the next host, and all of them together stay between 1 and 254. Undefined when that
 * leaves no room.
 */
export function choosePriorities(count: number, weights: readonly number[]): readonly number[] | undefined {
  const effective = weights.filter((weight) => weight !== 0);
  const smallest = Math.min(...effective.map(Math.abs));
  const lost = sum(effective.filter((weight) => weight < 0));
  const won = sum(effective.filter((weight) => weight > 0));
  const [floor, ceiling] = [1 - lost, highestOfAll - won];
  const steps = count - 1;
  const wanted =
    effective.length === 0 ? usualGap : Math.min(usualGap, Math.max(1, Math.floor(smallest / 2)));
  const gap = Math.min(wanted, roomFor(steps, usualLowest, 250), Math.floor((ceiling - floor) / steps));
  if (gap < 1) return undefined;
  const usual = Math.max(usualTop, usualLowest + gap * steps);
  const top = Math.min(Math.max(usual, floor + gap * steps), ceiling);
  return Array.from({ length: count }, (_, rank) => top - gap * rank);
}

function roomFor(steps: number, lowest: number, highest: number): number {
  return Math.floor((highest - lowest) / steps);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
