/** What was seen of real hosts, compact enough to keep. */
import type { Family } from "../../src/vrrp/address.ts";

/** ms from the beginning, and the host that it happened to. */
type At = readonly [ms: number, host: string];

export type TraceEvent =
  /** The daemon was ready to send and to hear. */
  | readonly [...At, "start"]
  | readonly [...At, "stop" | "kill"]
  /** What the daemon said of something it tracks. */
  | readonly [...At, "track", id: string, up: boolean]
  /** The host lost its network or got it back. */
  | readonly [...At, "away" | "back"]
  /** It sent the packet with this number. */
  | readonly [...At, "advert", packet: number]
  /** An address came or went, or was announced by gratuitous ARP or a neighbour advertisement. */
  | readonly [...At, "add" | "remove" | "announce", address: string];

export interface Trace {
  readonly name: string;
  readonly release: string;
  readonly story: readonly string[];
  readonly hosts: Readonly<
    Record<
      string,
      { readonly text: string; readonly sources: Readonly<Record<string, Readonly<Record<Family, string>>>> }
    >
  >;
  /** From the IP header on, in hexadecimal digits, without what differs from packet to packet. */
  readonly packets: readonly string[];
  readonly events: readonly TraceEvent[];
}
