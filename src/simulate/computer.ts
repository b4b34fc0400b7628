/** The hosts while they are played. */
import type { GroupEvent, GroupState } from "../vrrp/group.ts";
import type { Config } from "../vrrp/machine-types.ts";
import type { Micros } from "../vrrp/time.ts";
import type { Player, Seat } from "./cast.ts";
import { Checks } from "./checks.ts";
import type { Fault } from "./faults.ts";
import type { Heard } from "./words.ts";

/** A sync group, or a single instance. */
export interface Part {
  readonly seats: readonly Seat[];
  readonly configs: readonly Config[];
  /** What each member heard last. */
  readonly heard: (Heard | undefined)[];
  /** Undefined while the daemon does not run. */
  state: GroupState | undefined;
  wake: Micros;
}

export interface Waiting {
  readonly at: Micros;
  readonly part: Part;
  readonly event: GroupEvent;
}

export interface Computer {
  readonly name: string;
  readonly interfaces: readonly string[];
  readonly parts: readonly Part[];
  readonly checks: Checks;
  runs: boolean;
  /** Its daemon stands still, and what came meanwhile waits. */
  inbox: Waiting[] | undefined;
}

export const never: Micros = Number.POSITIVE_INFINITY;

/** A host that is off. */
export function computerFor({ name, interfaces, parts, checks }: Player): Computer {
  const partFor = (seats: readonly Seat[]): Part => ({
    seats,
    configs: seats.map(({ machine }) => machine.config),
    heard: [],
    state: undefined,
    wake: never,
  });
  return {
    name,
    interfaces,
    parts: parts.map(partFor),
    checks: new Checks(checks),
    runs: false,
    inbox: undefined,
  };
}

/** Ends a host's daemon without a word. */
export function switchOff(computer: Computer): void {
  computer.runs = false;
  computer.inbox = undefined;
  for (const part of computer.parts) [part.state, part.wake] = [undefined, never];
}

/** Whose machines act first by themselves; daemons that stand still do not. */
export function firstToWake(computers: readonly Computer[]): Part | undefined {
  let first: Part | undefined;
  for (const { parts, inbox } of computers) {
    if (inbox) continue;
    for (const part of parts) if (part.wake < (first?.wake ?? never)) first = part;
  }
  return first;
}

/** Whether a host is off at first: the first thing that happens to it is its start. */
export function startsLater(host: string, faults: readonly Fault[]): boolean {
  const own = faults.filter(
    ({ verb, hosts }) => hosts[0] === host && ["start", "stop", "kill", "kill-daemon"].includes(verb),
  );
  const [first] = own.sort((one, other) => one.at - other.at);
  return first?.verb === "start";
}
