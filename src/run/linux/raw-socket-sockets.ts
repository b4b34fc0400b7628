/**
 * Raw sockets through the package raw-socket, which is compiled for one release of Node. It does not tell the hop limit
 * of IPv6 packets, and hosts have to refuse those that came over a router (RFC 9568, 7.1): IPv6 is koffi's.
 */
import { readdirSync, readlinkSync } from "node:fs";
import { createRequire } from "node:module";
import type { Family } from "../../vrrp/address.ts";
import { koffiVersion, libc } from "./libc.ts";
import type { Backend, RawListener, RawSocket } from "./socket-backend.ts";
import { type SocketOption, sendOnly } from "./socket-options.ts";

/** As much of the package as is used; it has no types of its own. */
interface Package {
  createSocket(options: {
    readonly protocol: number;
    readonly addressFamily: number;
    readonly bufferSize: number;
  }): PackageSocket;
  readonly AddressFamily: { readonly IPv4: number };
}

interface PackageSocket {
  on(event: "message", listener: (bytes: Buffer) => void): void;
  on(event: "error", listener: (error: Error) => void): void;
  setOption(level: number, name: number, value: Uint8Array, length: number): void;
  /**
   * The package's own send judges the address with a regular expression, then waits for the kernel to tell that there is
   * room, in another turn; that costs as much as the sending. This one hands the packet over at once; throws what the
   * kernel refuses.
   */
  readonly wrap: {
    send(bytes: Uint8Array, offset: number, length: number, to: string, done: () => void): void;
  };
  pauseRecv(): void;
  close(): void;
}

/** The backend for IPv4; undefined where the package is not there, or not compiled for this Node. */
export function rawSocketBackend(): Backend | undefined {
  const require = createRequire(import.meta.url);
  try {
    const raw: Package = require("raw-socket");
    const { version }: { readonly version: string } = require("raw-socket/package.json");
    return {
      name: `raw-socket ${version}`,
      open: (family, protocol, listener) => new RawPackageSocket(raw, family, protocol, listener),
    };
  } catch {
    return undefined;
  }
}

class RawPackageSocket implements RawSocket {
  readonly #socket: PackageSocket;
  readonly #listener: RawListener;
  #open = true;

  constructor(raw: Package, family: Family, protocol: number, listener: RawListener) {
    if (family !== 4) throw new Error("raw-socket does not tell hop limits of IPv6 packets.");
    this.#listener = listener;
    this.#socket = closedInChildren(() =>
      raw.createSocket({ protocol, addressFamily: raw.AddressFamily.IPv4, bufferSize: 8192 }),
    );
    // The package hands out its one buffer again and again.
    this.#socket.on("message", (bytes) => {
      if (this.#open) listener.packet(Uint8Array.from(bytes));
    });
    this.#socket.on("error", (error) => {
      if (this.#open) listener.fault(`Nothing can be received: ${error.message}.`);
    });
    if (protocol === sendOnly) this.#socket.pauseRecv();
  }

  set({ what, level, name, value }: SocketOption): void {
    try {
      this.#socket.setOption(level, name, value, value.length);
    } catch (error) {
      throw new Error(`${what}: ${error instanceof Error ? error.message : error}`);
    }
  }

  send(packet: Uint8Array, destination: string): void {
    const bytes = Buffer.from(packet.buffer, packet.byteOffset, packet.length);
    try {
      this.#socket.wrap.send(bytes, 0, bytes.length, destination, () => {});
    } catch (error) {
      const why = error instanceof Error ? error.message : error;
      this.#listener.fault(`An advert to ${destination} was not sent: ${why}.`, destination);
      return;
    }
    this.#listener.sent(destination);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#socket.close();
  }
}

/** The package lets every program that the daemon starts inherit its sockets; check scripts shall have none of them. */
function closedInChildren(make: () => PackageSocket): PackageSocket {
  if (koffiVersion() === undefined) return make();
  const before = new Set(socketsOpen());
  const made = make();
  const [setDescriptorFlags, closeOnExec] = [2, 1];
  for (const file of socketsOpen()) {
    if (!before.has(file)) libc().fcntl(file, setDescriptorFlags, closeOnExec);
  }
  return made;
}

function socketsOpen(): readonly number[] {
  return readdirSync("/proc/self/fd").filter(isSocket).map(Number);
}

function isSocket(file: string): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${file}`).startsWith("socket:");
  } catch {
    return false;
  }
}
