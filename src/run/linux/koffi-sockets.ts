/**
 * Raw sockets through koffi. Node cannot watch them, so the kernel is asked for a signal when something arrives
 * (O_ASYNC, SIGIO), which Node hands to its loop like any other; then all of them are read until they are empty.
 */
import type { Family } from "../../vrrp/address.ts";
import { addressOf, checked, errorText, koffiVersion, lastError, libc } from "./libc.ts";
import { ipv6Around, readControl } from "./received.ts";
import type { Backend, RawListener, RawSocket } from "./socket-backend.ts";
import { familyNumber, type SocketOption, sendOnly, socketAddress } from "./socket-options.ts";

const rawWithCloseOnExec = 3 | 0o2000000;
const nonBlocking = 0o4000;
const signals = 0o20000;
const setOwner = 8;
const setFlags = 4;
const again = 11;
const unknownFamily = 97;

/** The backend, where koffi can be loaded. */
export function koffiBackend(): Backend | undefined {
  const version = koffiVersion();
  if (version === undefined) return undefined;
  return { name: `koffi ${version}`, open: (...words) => new KoffiSocket(...words) };
}

const readers = new Set<KoffiSocket>();

function readAll(): void {
  for (const reader of readers) reader.read();
}

/** Longer than any advert: 255 addresses of 16 bytes. */
const packetSize = 8192;
const buffer = Buffer.alloc(packetSize);
const control = Buffer.alloc(256);
const source = Buffer.alloc(28);

/** struct iovec and struct msghdr on 64 bits, pointing at the buffers above. */
function messageHeader(): { readonly header: Buffer; readonly vector: Buffer } {
  const vector = Buffer.alloc(16);
  vector.writeBigUInt64LE(addressOf(buffer));
  vector.writeBigUInt64LE(BigInt(packetSize), 8);
  const header = Buffer.alloc(56);
  header.writeBigUInt64LE(addressOf(source));
  header.writeBigUInt64LE(addressOf(vector), 16);
  header.writeBigUInt64LE(1n, 24);
  header.writeBigUInt64LE(addressOf(control), 32);
  return { header, vector };
}

let message: ReturnType<typeof messageHeader> | undefined;

/** The next packet; undefined when there is none, and then the error number tells why. */
function receive(socket: number): { readonly length: number; readonly control: number } | undefined {
  message ??= messageHeader();
  const { header } = message;
  header.writeUInt32LE(source.length, 8);
  header.writeBigUInt64LE(BigInt(control.length), 40);
  const length = Number(libc().recvmsg(socket, header, 0));
  return length < 0 ? undefined : { length, control: Number(header.readBigUInt64LE(40)) };
}

class KoffiSocket implements RawSocket {
  readonly #socket: number;
  readonly #family: Family;
  readonly #protocol: number;
  readonly #listener: RawListener;
  #open = true;

  constructor(family: Family, protocol: number, listener: RawListener) {
    this.#family = family;
    this.#protocol = protocol;
    this.#listener = listener;
    const calls = libc();
    const made = calls.socket(familyNumber(family), rawWithCloseOnExec, protocol);
    if (made < 0 && lastError() === unknownFamily) throw new Error(`this kernel has no IPv${family}`);
    this.#socket = checked("socket", made);
    const receives = protocol !== sendOnly;
    calls.fcntl(this.#socket, setFlags, nonBlocking);
    if (!receives) return;
    if (readers.size === 0) process.on("SIGIO", readAll);
    readers.add(this);
    calls.fcntl(this.#socket, setOwner, process.pid);
    calls.fcntl(this.#socket, setFlags, nonBlocking | signals);
  }

  set(option: SocketOption): void {
    const { what, level, name, value } = option;
    checked(what, libc().setsockopt(this.#socket, level, name, value, value.length));
  }

  send(packet: Uint8Array, destination: string, scope: number): void {
    const to = socketAddress(destination, scope);
    const sent = Number(libc().sendto(this.#socket, packet, packet.length, 0, to, to.length));
    if (sent >= 0) this.#listener.sent(destination);
    else {
      const why = errorText(lastError());
      this.#listener.fault(`An advert to ${destination} was not sent: ${why}.`, destination);
    }
  }

  /** Reads what has arrived. A listener may close the socket meanwhile. */
  read(): void {
    while (this.#open) {
      const came = receive(this.#socket);
      const error = came ? 0 : lastError();
      if (came) this.#listener.packet(this.#packet(came.length, came.control));
      else if (error !== again) this.#listener.fault(`Nothing can be received: ${errorText(error)}.`);
      if (error !== 0) return;
    }
  }

  #packet(length: number, controlLength: number): Uint8Array {
    const bytes = buffer.subarray(0, length);
    if (this.#family === 4) return Uint8Array.from(bytes);
    const beside = readControl(control.subarray(0, controlLength));
    return ipv6Around(bytes, this.#protocol, source.subarray(8, 24), beside);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    libc().close(this.#socket);
    if (readers.delete(this) && readers.size === 0) process.off("SIGIO", readAll);
  }
}
