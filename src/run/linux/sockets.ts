/** The sockets of the daemon's adverts: one that receives and one that sends for each plan, as in keepalived's pool. */
import type { Family } from "../../vrrp/address.ts";
import type { AdvertSocket, SocketPlan, Sockets } from "../ports.ts";
import { koffiBackend } from "./koffi-sockets.ts";
import { libc } from "./libc.ts";
import { rawSocketBackend } from "./raw-socket-sockets.ts";
import { destinationOf } from "./received.ts";
import type { Backend, RawSocket } from "./socket-backend.ts";
import { isFor, receiverOptions, senderOptions, sendOnly } from "./socket-options.ts";

type Listener = Parameters<Sockets["open"]>[1];

/**
 * IPv6 addresses of the link, unicast and multicast. `isIPv6` of Node takes 7 ms for its first two answers, in which a new
 * master sends no advert.
 */
const ofTheLink = /^(fe[89ab]|ff.2)/;

/**
 * The sockets of this machine: raw-socket for IPv4 where it is compiled for this Node, koffi for everything else; with
 * `only`, koffi for all, or raw-socket without falling back. Throws with what to do when neither can be loaded.
 */
export function linuxSockets(only?: "raw-socket" | "koffi"): Sockets {
  const koffi = koffiBackend();
  const raw = only === "koffi" ? undefined : rawSocketBackend();
  if (only === "raw-socket" && !raw) {
    throw new Error("The package raw-socket is not compiled for this Node; run `npm rebuild raw-socket`.");
  }
  // Without koffi nothing can be announced, so that its message about what to do is the right one.
  if (!koffi) libc();
  const of = (family: Family) => (family === 4 && raw ? raw : koffi) as Backend;
  return {
    backend: raw ? `${raw.name} for IPv4, ${koffi?.name} for IPv6` : (koffi?.name ?? ""),
    open: (plan, listener) => new PlanSocket(of(plan.family), plan, listener),
  };
}

/** Faults that repeat with every advert are told once, until one goes out to that destination again. */
class PlanSocket implements AdvertSocket {
  readonly #backend: Backend;
  readonly #plan: SocketPlan;
  readonly #listener: Listener;
  #receiver: RawSocket | undefined;
  #sender: RawSocket | undefined;
  #scope = 0;
  /** The last faults told, by destination; none for those of the socket itself. */
  readonly #told = new Map<string | undefined, string>();

  constructor(backend: Backend, plan: SocketPlan, listener: Listener) {
    this.#backend = backend;
    this.#plan = plan;
    this.#listener = listener;
    this.#open();
  }

  send(packet: Uint8Array, destination: string): void {
    const linkLocal = ofTheLink.test(destination);
    this.#sender?.send(packet, destination, linkLocal ? this.#scope : 0);
  }

  /** An interface that was taken out and came back has another index, to which old sockets are not bound. */
  rejoin(): void {
    this.close();
    try {
      this.#open();
    } catch (error) {
      this.#fault(error instanceof Error ? error.message : String(error));
    }
  }

  close(): void {
    this.#receiver?.close();
    this.#sender?.close();
    this.#receiver = undefined;
    this.#sender = undefined;
  }

  #open(): void {
    const plan = this.#plan;
    const fault = (message: string, destination?: string) => this.#fault(message, destination);
    const sent = (destination: string) => {
      this.#told.delete(destination);
      this.#told.delete(undefined);
    };
    const sendInterface = plan.sendInterface ?? plan.interface;
    try {
      const [index, sendIndex] = [indexOf(plan.interface), indexOf(sendInterface)];
      this.#scope = sendIndex ?? 0;
      this.#receiver = this.#backend.open(plan.family, plan.protocol, {
        packet: (bytes) => this.#arrived(bytes),
        fault,
        sent,
      });
      for (const option of receiverOptions(plan, index)) this.#receiver.set(option);
      this.#sender = this.#backend.open(plan.family, sendOnly, { packet: () => {}, fault, sent });
      for (const option of senderOptions(plan, sendIndex)) this.#sender.set(option);
    } catch (error) {
      this.close();
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`no socket for adverts on ${sendInterface ?? plan.source}: ${why}`);
    }
  }

  #fault(message: string, destination?: string): void {
    if (message !== this.#told.get(destination)) this.#listener.fault(message);
    this.#told.set(destination, message);
  }

  #arrived(bytes: Uint8Array): void {
    const destination = destinationOf(bytes);
    if (destination !== undefined && isFor(this.#plan, destination)) this.#listener.packet(bytes);
  }
}

function indexOf(name: string | undefined): number | undefined {
  if (name === undefined) return undefined;
  const index = libc().if_nametoindex(name);
  if (index === 0) throw new Error(`there is no interface ${name} on this host.`);
  return index;
}
