/** Where the state machine does not do what a real host did. */
import { type Deed, replay } from "./replay.ts";
import type { Trace } from "./trace.ts";

/** How far apart the same deed may be, in ms. Addresses are seen by a program that has to be woken first. */
const tolerance = { advert: 60, address: 250 };

/** The first difference of each host's adverts, addresses and announcements; nothing when all is the same. */
export function differencesIn(trace: Trace): readonly string[] {
  return replay(trace).flatMap(({ host, real, ours, end }) => {
    const [theirs, own] = [bySubject(real), bySubject(ours)];
    return [...new Set([...theirs.keys(), ...own.keys()])].flatMap((subject) => {
      const found = difference(theirs.get(subject) ?? [], own.get(subject) ?? [], end);
      return found === undefined ? [] : [`${host}, ${found}`];
    });
  });
}

/** Adverts of each virtual router, each address and its announcements, in their order. */
function bySubject(deeds: readonly Deed[]): ReadonlyMap<string, readonly Deed[]> {
  const found = new Map<string, Deed[]>();
  for (const deed of deeds) {
    const subject = deed.what.replace(/^(add|remove) /, "").replace(/ send .*/, "");
    found.set(subject, [...(found.get(subject) ?? []), deed]);
  }
  return found;
}

function difference(real: readonly Deed[], ours: readonly Deed[], end: number): string | undefined {
  for (let at = 0; at < Math.max(real.length, ours.length); at++) {
    const [one, other] = [real[at], ours[at]];
    const same = one && other && one.what === other.what && Math.abs(one.ms - other.ms) <= toleranceOf(one);
    const words = (deed: Deed | undefined) =>
      deed ? `${deed.what} at ${Math.round(deed.ms)} ms` : "nothing more";
    if (!same)
      return isCutOff(one, other, end)
        ? undefined
        : `number ${at}: really ${words(one)}, here ${words(other)}`;
  }
  return undefined;
}

/** What one of the two did at the very end, the other one might have done right after it. */
function isCutOff(one: Deed | undefined, other: Deed | undefined, end: number): boolean {
  const lone = one ?? other;
  return (!one || !other) && lone !== undefined && lone.ms > end - toleranceOf(lone);
}

function toleranceOf({ what }: Deed): number {
  return what.includes(" send ") ? tolerance.advert : tolerance.address;
}
