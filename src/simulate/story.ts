/** What happened in a simulation. Moments are microseconds of virtual time. */
import type { Micros } from "../vrrp/time.ts";

export type Condition = "INIT" | "BACKUP" | "MASTER" | "FAULT";

export interface Change {
  readonly at: Micros;
  readonly host: string;
  readonly instance: string;
  readonly from: Condition;
  readonly to: Condition;
  /** Part of a sentence. */
  readonly why: string;
}

export interface Happening {
  readonly at: Micros;
  readonly text: string;
}

/** The first advert of a sender that an instance refuses for a reason. */
export interface Refusal {
  readonly at: Micros;
  readonly host: string;
  readonly instance: string;
  /** The sending host. */
  readonly from: string;
  /** A sentence. */
  readonly why: string;
}

/** From when to when these hosts, and no others, held an address. */
export interface Span {
  readonly from: Micros;
  readonly to: Micros;
  readonly hosts: readonly string[];
}

export interface Story {
  readonly duration: Micros;
  readonly seed: number;
  readonly hosts: readonly string[];
  readonly changes: readonly Change[];
  readonly faults: readonly Happening[];
  readonly refusals: readonly Refusal[];
  /** Every address in the order of the files, with its spans from the beginning to the end. */
  readonly holdings: readonly { readonly address: string; readonly spans: readonly Span[] }[];
}

/** How long an address was held by nobody, and by more than one host. */
export function absences(spans: readonly Span[]): { readonly nobody: Micros; readonly several: Micros } {
  const sum = (wanted: (hosts: number) => boolean) =>
    spans.filter(({ hosts }) => wanted(hosts.length)).reduce((total, { from, to }) => total + to - from, 0);
  return { nobody: sum((hosts) => hosts === 0), several: sum((hosts) => hosts > 1) };
}

/** Shorter than this is the way of an advert from one host to the other, and not worth telling. */
const moment: Micros = 1000;

/** Writes a story down while it happens. */
export class Teller {
  readonly #changes: Change[] = [];
  readonly #faults: Happening[] = [];
  readonly #refusals: Refusal[] = [];
  readonly #refused = new Set<string>();
  /** By address: which instances hold it, and the spans so far. */
  readonly #held: ReadonlyMap<string, { readonly by: Map<string, string>; readonly spans: Span[] }>;

  constructor(addresses: readonly string[]) {
    this.#held = new Map(
      addresses.map((address) => [
        address,
        { by: new Map(), spans: [{ from: 0, to: Number.POSITIVE_INFINITY, hosts: [] }] },
      ]),
    );
  }

  change(change: Change): void {
    this.#changes.push(change);
  }

  fault(at: Micros, text: string): void {
    this.#faults.push({ at, text });
  }

  /** Whether this is the first of its kind; the others are left out. */
  refuse(refusal: Refusal): boolean {
    const { host, instance, from, why } = refusal;
    const key = JSON.stringify([host, instance, from, why]);
    if (this.#refused.has(key)) return false;
    this.#refused.add(key);
    this.#refusals.push(refusal);
    return true;
  }

  hold(at: Micros, host: string, instance: string, addresses: readonly string[], holds: boolean): void {
    for (const address of addresses) {
      const entry = this.#held.get(address);
      if (!entry) continue;
      const key = JSON.stringify([host, instance]);
      if (holds) entry.by.set(key, host);
      else entry.by.delete(key);
      record(entry.spans, at, [...new Set(entry.by.values())].sort());
    }
  }

  end(duration: Micros, seed: number, hosts: readonly string[]): Story {
    return {
      duration,
      seed,
      hosts,
      changes: this.#changes,
      faults: this.#faults,
      refusals: this.#refusals,
      holdings: [...this.#held].map(([address, { spans }]) => ({ address, spans: closed(spans, duration) })),
    };
  }
}

/** Ends the last span and begins the next one; a span that was shorter than a moment never was. */
function record(spans: Span[], at: Micros, hosts: readonly string[]): void {
  const last = spans.pop();
  if (last === undefined) return;
  const isBrief = at - last.from < moment;
  if (!isBrief) spans.push({ ...last, to: at });
  const before = spans.at(-1);
  const same = before !== undefined && String(before.hosts) === String(hosts);
  if (same) spans.pop();
  const from = same ? before.from : isBrief ? last.from : at;
  spans.push({ from, to: Number.POSITIVE_INFINITY, hosts });
}

function closed(spans: readonly Span[], end: Micros): readonly Span[] {
  return spans.map((span) => ({ ...span, to: Math.min(span.to, end) }));
}
