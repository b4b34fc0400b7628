/** The addresses that hosts move, found once for all rules that ask for those of whole hosts. */
import type { Host } from "../../model/host.ts";
import { moved } from "./teams.ts";

export interface MovedOn {
  /**
   * Each address, with the VRID of the first instance that moves it; undefined where none of those that could be read
   * completely has one.
   */
  readonly numbers: ReadonlyMap<string, number | undefined>;
  /** An address stands in two lines. */
  readonly isAnyTwice: boolean;
  /** An address stands in instances with two VRIDs. */
  readonly isAnyUnderTwoNumbers: boolean;
}

const known = new WeakMap<Host, MovedOn>();

/** What a host moves, advertised or excluded. */
export function movedOn(host: Host): MovedOn {
  const before = known.get(host);
  if (before) return before;
  const numbers = new Map<string, number | undefined>();
  let [isAnyTwice, isAnyUnderTwoNumbers] = [false, false];
  for (const instance of host.instances) {
    const number = instance.uncertain ? undefined : instance.vrid?.value;
    for (const address of moved(instance)) {
      const earlier = numbers.get(address);
      if (earlier === undefined) {
        isAnyTwice ||= numbers.has(address);
        numbers.set(address, number);
      } else {
        isAnyTwice = true;
        isAnyUnderTwoNumbers ||= number !== undefined && number !== earlier;
      }
    }
  }
  const found = { numbers, isAnyTwice, isAnyUnderTwoNumbers };
  known.set(host, found);
  return found;
}

/** Whether an address stands under two VRIDs anywhere; among hundreds of instances hardly ever. */
export function isAnyUnderTwoNumbers(hosts: readonly Host[]): boolean {
  return hosts.some((host, index) => {
    const { numbers, isAnyUnderTwoNumbers } = movedOn(host);
    return (
      isAnyUnderTwoNumbers || hosts.slice(0, index).some((other) => differ(numbers, movedOn(other).numbers))
    );
  });
}

function differ(one: MovedOn["numbers"], other: MovedOn["numbers"]): boolean {
  for (const [address, number] of one) {
    const theirs = other.get(address);
    if (number !== undefined && theirs !== undefined && number !== theirs) return true;
  }
  return false;
}
