/** What an instance counts, as keepalived's statistics do and some more. */
import { stopPriority } from "../../vrrp/machine-types.ts";
import type { Reason } from "../../vrrp/reasons.ts";

export interface Statistics {
  sent: number;
  received: number;
  becameMaster: number;
  releasedMaster: number;
  priorityZeroSent: number;
  priorityZeroReceived: number;
  /** Adverts that were not taken, by the reason. */
  readonly refused: Partial<Record<Reason, number>>;
}

export function emptyStatistics(): Statistics {
  return {
    sent: 0,
    received: 0,
    becameMaster: 0,
    releasedMaster: 0,
    priorityZeroSent: 0,
    priorityZeroReceived: 0,
    refused: {},
  };
}

export function countSent(statistics: Statistics, priority: number): void {
  statistics.sent += 1;
  if (priority === stopPriority) statistics.priorityZeroSent += 1;
}

export function countReceived(statistics: Statistics, priority: number): void {
  statistics.received += 1;
  if (priority === stopPriority) statistics.priorityZeroReceived += 1;
}

export function countRefused(statistics: Statistics, reason: Reason): void {
  statistics.refused[reason] = (statistics.refused[reason] ?? 0) + 1;
}
