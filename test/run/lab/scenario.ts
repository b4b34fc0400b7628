/** What is done to hosts that run vrrp-run or keepalived, and what must come of it whichever of the two they run. */
import type { Program } from "../../support/lab/programs.ts";
import type { Holders, LabPlan } from "../../support/lab.ts";
import type { Stage } from "./stage.ts";

/** Which program each host runs, by the host's name. */
export interface Combination {
  readonly name: string;
  readonly a: Program;
  /** Of all hosts but a. */
  readonly others: Program;
}

export const reference: Combination = {
  name: "keepalived + keepalived",
  a: "keepalived",
  others: "keepalived",
};

/** What is held against the reference. */
export const combinations: readonly Combination[] = [
  { name: "vrrp-run + vrrp-run", a: "vrrp-run", others: "vrrp-run" },
  { name: "vrrp-run + keepalived", a: "vrrp-run", others: "keepalived" },
  { name: "keepalived + vrrp-run", a: "keepalived", others: "vrrp-run" },
];

/** Something happens, and afterwards exactly these hosts hold these addresses. */
export interface Chapter {
  readonly what: string;
  readonly deed: (stage: Stage) => unknown;
  /** `undefined` where only `afterwards` says what must be. */
  readonly holders?: Holders | ((stage: Stage) => Holders);
  /** What else must be, once the addresses have settled. Throws where it is not. */
  readonly afterwards?: (stage: Stage) => unknown;
}

export interface Scenario {
  readonly name: string;
  readonly hosts: LabPlan;
  /** The file of each host that runs one. */
  readonly text: (host: string, stage: Pick<Stage, "tag" | "runs">) => string;
  /** Hosts without a file: they only look on. */
  readonly watchers?: readonly string[];
  /** How long nothing may change until the addresses have settled, in seconds: longer than a takeover. A quarter of
   * it where one program runs alone. */
  readonly rest: number;
  readonly before?: (stage: Stage) => unknown;
  readonly story: readonly Chapter[];
  /** What of the record is not held against the reference, and why. */
  readonly differs?: { readonly keys: RegExp; readonly why: string };
  /** Lines of the record that may come or not, and why. */
  readonly chance?: { readonly lines: RegExp; readonly why: string };
  /** Why keepalived cannot show it in the lab, so that there is no reference. */
  readonly withoutReference?: string;
  /**
   * Why two plays of keepalived may differ. Then the reference is played twice: lists in which both agree are compared like
   * all others. Of the rest every line must be one of theirs, and those lines that both have must be there.
   */
  readonly unsteady?: string;
  /** Adverts come so often that whoever waits for a processor is taken for dead: played before all others. */
  readonly hurried?: true;
  /** Variables for the programs. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The hosts that run a program. */
export function hostsOf({ hosts, watchers = [] }: Scenario): readonly string[] {
  return Object.keys(hosts).filter((name) => !watchers.includes(name));
}
