/** The shape of a rule: what it says about itself, and a check over one host or over the fleet. */
import type { Fix, Place, Related, Severity } from "../diagnostic.ts";
import type { Fleet, Host } from "../model/host.ts";

export interface ReportMore {
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
  /** Overrides the rule's own severity for this one report. */
  readonly severity?: Severity;
}

/** The one door for diagnostics; id and severity are added behind it. */
export type Report = (at: Place, message: string, more?: ReportMore) => void;

/** One file, or several by name: `{ "a.conf": …, "b.conf": … }`. */
export type Example = string | Readonly<Record<string, string>>;

export interface BadExample {
  /** `«` and `»` enclose each span the rule reports, in every file. */
  readonly input: Example;
  /** The text after applying the first fix of every report; absent when the rule has no fix here. */
  readonly fixed?: Example;
  /** Release that the hosts run, or that each runs by its file, for rules that depend on it. */
  readonly target?: string | Readonly<Record<string, string>>;
}

interface About {
  /** Also the file name and the name users silence it by. */
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong, one line. */
  readonly summary: string;
  /** What happens on the running network. */
  readonly why: string;
  /** RFC section, manual, keepalived source or measured behaviour. */
  readonly basis: string;
  /** Examples are written when they are asked for: no start and no lint needs them. */
  readonly bad: () => readonly BadExample[];
  readonly good: () => readonly Example[];
}

export interface FileRule extends About {
  readonly over: "file";
  check(host: Host, report: Report): void;
}

export interface FleetRule extends About {
  readonly over: "fleet";
  check(fleet: Fleet, report: Report): void;
}

export type Rule = FileRule | FleetRule;
