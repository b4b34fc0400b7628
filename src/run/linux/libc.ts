/**
 * Calls of the C library through koffi, as far as the daemon needs what Node does not have: raw and packet sockets,
 * clocks, locks. The package is optional and is loaded at the first call, so that whoever only lints needs nothing.
 */
import { createRequire } from "node:module";
import { getSystemErrorMap } from "node:util";

/** An address in memory that a call takes: bytes, or nothing. */
type Memory = Uint8Array | null;

export interface Libc {
  socket(family: number, type: number, protocol: number): number;
  close(file: number): number;
  bind(socket: number, address: Memory, size: number): number;
  setsockopt(socket: number, level: number, name: number, value: Memory, size: number): number;
  sendto(socket: number, bytes: Memory, size: number, flags: number, to: Memory, toSize: number): number;
  recvmsg(socket: number, message: Memory, flags: number): number;
  ioctl(file: number, request: number, argument: Memory): number;
  fcntl(file: number, command: number, argument: number): number;
  if_nametoindex(name: string): number;
  flock(file: number, operation: number): number;
  clock_gettime(clock: number, time: Memory): number;
  timer_create(clock: number, event: Memory, timer: Memory): number;
  timer_settime(timer: bigint, flags: number, time: Memory, before: null): number;
  timer_delete(timer: bigint): number;
  setns(file: number, kind: number): number;
  sched_setscheduler(thread: number, policy: number, parameters: Memory): number;
  prctl(option: number, value: number, third: number, fourth: number, fifth: number): number;
}

/** As C declares them, on Linux with 64 bits. */
const declarations: Readonly<Record<keyof Libc, string>> = {
  socket: "int socket(int, int, int)",
  close: "int close(int)",
  bind: "int bind(int, uint8_t *, uint32_t)",
  setsockopt: "int setsockopt(int, int, int, uint8_t *, uint32_t)",
  sendto: "long sendto(int, uint8_t *, size_t, int, uint8_t *, uint32_t)",
  recvmsg: "long recvmsg(int, uint8_t *, int)",
  ioctl: "int ioctl(int, unsigned long, uint8_t *)",
  fcntl: "int fcntl(int, int, long)",
  if_nametoindex: "unsigned int if_nametoindex(const char *)",
  flock: "int flock(int, int)",
  clock_gettime: "int clock_gettime(int, uint8_t *)",
  timer_create: "int timer_create(int, uint8_t *, uint8_t *)",
  timer_settime: "int timer_settime(void *, int, uint8_t *, void *)",
  timer_delete: "int timer_delete(void *)",
  setns: "int setns(int, int)",
  sched_setscheduler: "int sched_setscheduler(int, int, uint8_t *)",
  prctl: "int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)",
};

interface Loaded {
  readonly libc: Libc;
  readonly version: string;
  readonly errno: () => number;
  readonly address: (memory: Uint8Array) => bigint;
}

let loaded: Loaded | undefined;

function load(): Loaded {
  if (loaded) return loaded;
  const koffi: typeof import("koffi") = createRequire(import.meta.url)("koffi");
  // Node itself stands on the C library, whatever that one's file is called.
  const library = koffi.load(null);
  const calls = Object.entries(declarations).map(([name, text]) => [name, library.func(text)]);
  const address = (memory: Uint8Array) => BigInt(koffi.address(memory));
  loaded = { libc: Object.fromEntries(calls), version: koffi.version, errno: koffi.errno, address };
  return loaded;
}

/** The C library. Throws with what to do when koffi cannot be loaded. */
export function libc(): Libc {
  try {
    return load().libc;
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new Error(
      `The package koffi cannot be loaded (${why}). The daemon sends and announces through it; install it with \`npm install koffi\`.`,
    );
  }
}

/** The release of koffi; undefined where it cannot be loaded. */
export function koffiVersion(): string | undefined {
  try {
    return load().version;
  } catch {
    return undefined;
  }
}

/** Where these bytes lie, for structures that point at others. They have to be kept alive by the caller. */
export function addressOf(memory: Uint8Array): bigint {
  return load().address(memory);
}

/** The error number of the last call. */
export function lastError(): number {
  return load().errno();
}

/** What an error number means, as `no such device (ENODEV)`. */
export function errorText(number: number): string {
  const [name, text] = getSystemErrorMap().get(-number) ?? [];
  return name === undefined ? `error ${number}` : `${text} (${name})`;
}

/** The result of a call; throws with the error's text when it is negative. */
export function checked(what: string, result: number): number {
  if (result < 0) throw new Error(`${what}: ${errorText(lastError())}`);
  return result;
}
