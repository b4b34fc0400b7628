/** The ports that the daemon is given, together. */
import type {
  Announcer,
  Checks,
  Clock,
  Guard,
  Log,
  Network,
  Notifier,
  Scheduler,
  Sockets,
} from "../ports.ts";

export interface Tools {
  readonly clock: Clock;
  readonly network: Network;
  readonly sockets: Sockets;
  readonly announcer: Announcer;
  readonly guard: Guard;
  readonly scheduler: Scheduler;
  readonly checks: Checks;
  readonly notifier: Notifier;
  readonly log: Log;
}

/** A value as text without the places it was read from: two with the same text ask for the same. */
export function essence(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => (key === "at" ? undefined : inner)) ?? "";
}

/** A line of `Network.apply` as the log shows it; those of nft go on for long. */
export function commandText(line: string): string {
  return line.startsWith("nft ") ? line.replace(/; .*/s, "; …") : `ip ${line}`;
}
