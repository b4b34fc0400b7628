/** How the daemon stands, as `vrrp-run status --json` prints it. */
import { type Micros, second } from "../../vrrp/time.ts";
import { lackOf, type Member, type Part } from "./part.ts";
import type { Statistics } from "./statistics.ts";

export interface InstanceStatus {
  readonly name: string;
  readonly group: string | null;
  readonly state: "INIT" | "BACKUP" | "MASTER" | "FAULT";
  /** When it came into this state, in ISO 8601. */
  readonly since: string;
  readonly vrid: number;
  readonly family: 4 | 6;
  readonly version: 2 | 3;
  readonly interface: string | null;
  /** The address that adverts are sent from. */
  readonly source: string;
  readonly priority: { readonly base: number; readonly inForce: number };
  /** Seconds between adverts. */
  readonly advertInterval: number;
  /** Who was heard last as master, and how many seconds ago; null for a master and when nobody was heard. */
  readonly master: {
    readonly address: string;
    readonly priority: number;
    readonly secondsAgo: number;
  } | null;
  /** What it puts on the machine when it is master. */
  readonly addresses: readonly string[];
  /** What fails, or is not known yet, of what it depends on. */
  readonly trackers: Readonly<Record<string, boolean | number | "unknown">>;
  /** What the machine lacks for it to run. */
  readonly lacks: string | null;
  readonly statistics: Statistics;
}

export interface Status {
  readonly version: 1;
  readonly instances: readonly InstanceStatus[];
}

/** The status at this moment. */
export function statusOf(parts: readonly Part[], now: Micros): Status {
  const instances = parts.flatMap((part) => {
    return part.members.map((member, index) => instanceStatus(part, member, index, now));
  });
  return { version: 1, instances };
}

function instanceStatus(part: Part, member: Member, index: number, now: Micros): InstanceStatus {
  const { plan, config, heard } = member;
  const state = part.state.members[index];
  const { vrid, family, version, interval } = config.advert;
  // A file may have one twice, such as with a label.
  const addresses = new Set(plan.resources.flatMap(({ announcement }) => announcement?.address ?? []));
  const listens = heard !== undefined && state?.is !== "master";
  return {
    name: plan.name,
    group: part.plan.group ?? null,
    state: named(state?.is ?? "init"),
    since: new Date(member.since * 1000).toISOString(),
    ...{ vrid, family, version },
    interface: plan.interface ?? null,
    source: config.source,
    priority: { base: config.priority, inForce: state?.priority ?? config.priority },
    advertInterval: interval / second,
    master: listens
      ? { address: heard.host, priority: heard.priority, secondsAgo: (now - heard.at) / second }
      : null,
    addresses: [...addresses],
    trackers: Object.fromEntries(
      plan.config.trackers.map(({ id, initial }) => [id, state?.statuses[id] ?? initial]),
    ),
    lacks: lackOf(member) ?? null,
    statistics: member.statistics,
  };
}

const named = (condition: "init" | "backup" | "master" | "fault") =>
  condition.toUpperCase() as InstanceStatus["state"];
