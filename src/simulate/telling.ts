/** A story put together for readers: what belongs together stands together. */
import type { Micros } from "../vrrp/time.ts";
import { absences, type Change, type Span, type Story } from "./story.ts";
import { seconds } from "./words.ts";

/** Addresses that were always held by the same hosts. */
export interface Group {
  readonly addresses: readonly string[];
  readonly spans: readonly Span[];
}

/** The groups in the order of their first addresses. */
export function groupsOf({ holdings }: Story): readonly Group[] {
  const found = new Map<string, { addresses: string[]; spans: readonly Span[] }>();
  for (const { address, spans } of holdings) {
    const key = JSON.stringify(spans);
    const known = found.get(key);
    if (known) known.addresses.push(address);
    else found.set(key, { addresses: [address], spans });
  }
  return [...found.values()];
}

/** Something that happened, for one line. */
export interface Line {
  readonly at: Micros;
  /** Undefined for a fault, which concerns the network or is told with its host. */
  readonly host?: string;
  /** The state that a host is in now; deaf when it refuses adverts; fault for what was done to the cluster. */
  readonly what: Change["to"] | "deaf" | "fault";
  readonly text: string;
}

/** Everything that happened in its order; of one moment, what was done to the cluster comes first. */
export function linesOf(story: Story): readonly Line[] {
  const lines: readonly Line[] = [
    ...story.faults.map(({ at, text }): Line => ({ at, what: "fault", text })),
    ...together(story.changes).map(({ at, host, to, instances, why }): Line => {
      return { at, host, what: to, text: `${listed(instances, instancesOf(host, story))}: ${why}` };
    }),
    ...story.refusals.map(({ at, host, instance, from, why }): Line => {
      return { at, host, what: "deaf", text: `${instance}: refuses ${from}. ${why}` };
    }),
  ];
  return [...lines].sort((one, other) => one.at - other.at);
}

/** So many instances are named; of more, how many there are says more. */
const few = 4;

function listed(instances: readonly string[], all: number): string {
  if (instances.length <= few) return instances.join(", ");
  if (instances.length === all) return `all ${all} instances`;
  return `${instances.slice(0, few - 1).join(", ")} and ${instances.length - few + 1} more`;
}

/** How many instances of a host play. */
function instancesOf(host: string, { changes }: Story): number {
  return new Set(changes.flatMap((change) => (change.host === host ? change.instance : []))).size;
}

/** Instances of one host that do the same at the same moment for the same reason. */
function together(changes: readonly Change[]) {
  const found = new Map<string, Change & { readonly instances: string[] }>();
  for (const change of changes) {
    const key = JSON.stringify([change.at, change.host, change.to, change.why]);
    const known = found.get(key);
    if (known) known.instances.push(change.instance);
    else found.set(key, { ...change, instances: [change.instance] });
  }
  return [...found.values()];
}

/** When a host held the addresses, whoever else held them too. */
export function holding(host: string, spans: readonly Span[]): readonly Omit<Span, "hosts">[] {
  const found: { from: Micros; to: Micros }[] = [];
  for (const { from, to, hosts } of spans) {
    if (!hosts.includes(host)) continue;
    const last = found.at(-1);
    if (last?.to === from) last.to = to;
    else found.push({ from, to });
  }
  return found;
}

/** How long addresses were held by nobody and by several hosts, in a sentence. */
export function shortages(spans: readonly Span[]): string {
  const { nobody, several } = absences(spans);
  if (nobody + several === 0) return "Held by one host all the time.";
  const parts = [
    ...(nobody > 0 ? [`by nobody for ${seconds(nobody)}`] : []),
    ...(several > 0 ? [`by several hosts at once for ${seconds(several)}`] : []),
  ];
  return `Held ${parts.join(", ")}.`;
}

/** When a host's daemon ran. */
export function running(host: string, { changes, duration }: Story): readonly Omit<Span, "hosts">[] {
  const active = new Set<string>();
  const spans: { from: Micros; to: Micros }[] = [];
  for (const { at, instance, to } of changes.filter((change) => change.host === host)) {
    if (to === "INIT") active.delete(instance);
    else active.add(instance);
    const last = spans.at(-1);
    const open = last?.to === Number.POSITIVE_INFINITY;
    if (active.size > 0 && !open) spans.push({ from: at, to: Number.POSITIVE_INFINITY });
    if (active.size === 0 && last && open) last.to = at;
  }
  return spans.map(({ from, to }) => ({ from, to: Math.min(to, duration) }));
}
