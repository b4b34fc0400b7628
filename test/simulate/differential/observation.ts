/** What is played, and what is seen of it. */

/** Hosts with their texts, and what happens to them, as `--fault` writes it. */
export interface Cluster {
  readonly texts: Readonly<Record<string, string>>;
  readonly faults: readonly string[];
  /** Seconds. */
  readonly duration: number;
}

export interface Change {
  readonly seconds: number;
  readonly host: string;
  readonly instance: string;
  /** Ends of daemons are left out, and failures that are there from the start: logs do not always tell them. */
  readonly to: "BACKUP" | "MASTER" | "FAULT";
}

export interface Observation {
  readonly changes: readonly Change[];
  /** By address, who holds it at the end, in the order of their names. */
  readonly holders: Readonly<Record<string, readonly string[]>>;
}

/** Something that was done, at some moment between two, in ms. */
export interface Deed {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

export interface Reality extends Observation {
  /** What was done; every start of a daemon is among it. */
  readonly deeds: readonly Deed[];
  readonly duration: number;
  readonly log: string;
}
