/** What opens raw sockets: raw-socket or koffi, alike for `sockets.ts`. */
import type { Family } from "../../vrrp/address.ts";
import type { SocketOption } from "./socket-options.ts";

/** One raw socket of the kernel. */
export interface RawSocket {
  /** Throws what the kernel refuses. */
  set(option: SocketOption): void;
  /** A failure is told to the socket's listener. */
  send(packet: Uint8Array, destination: string, scope: number): void;
  close(): void;
}

export interface RawListener {
  /** A whole IP packet, which is the listener's own from now on. */
  packet(bytes: Uint8Array): void;
  /** With the destination, where a packet was not sent. */
  fault(message: string, destination?: string): void;
  /** A packet is on its way. */
  sent(destination: string): void;
}

export interface Backend {
  /** With its release. */
  readonly name: string;
  /** Opens a socket for whole packets of one protocol; throws what the kernel refuses. */
  open(family: Family, protocol: number, listener: RawListener): RawSocket;
}
