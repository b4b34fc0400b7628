/**
 * The daemon's clock: CLOCK_BOOTTIME, which no change of the date moves and which goes on while the machine is suspended.
 * Its alarm is a timer of the kernel that sends SIGALRM: Node's own timers count whole milliseconds, which is much at
 * adverts every 10 ms, and stand still with the machine. One of Node's rings behind it all the same and keeps Node
 * running.
 */
import type { Micros } from "../../vrrp/time.ts";
import type { Clock } from "../ports.ts";
import { checked, koffiVersion, libc } from "./libc.ts";

export interface LinuxClock extends Clock {
  /** Silences the alarm for good. */
  close(): void;
}

const bootTime = 7;
const alarmSignal = 14;
const absolute = 1;
/** The longest that Node's timers take, in ms. */
const longest = 2 ** 31 - 1;
const micros = 1_000_000;

/** The clock of this machine; without koffi one of whole milliseconds, which does not count time suspended. */
export function linuxClock(): LinuxClock {
  const precise = koffiVersion() !== undefined;
  const alarm = new Alarm(precise ? bootClock() : monotonic, precise ? kernelTimer() : undefined);
  return {
    now: alarm.now,
    unix: () => Date.now() / 1000,
    alarm: (at, ring) => alarm.set(at, ring),
    // A whole turn of Node's loop, in which every socket is read that has something to read.
    afterReading: (run) => setImmediate(() => setImmediate(run)),
    close: () => alarm.close(),
  };
}

const monotonic = (): Micros => Math.floor(Number(process.hrtime.bigint()) / 1000);

function bootClock(): () => Micros {
  const { clock_gettime } = libc();
  const time = Buffer.alloc(16);
  return () => {
    clock_gettime(bootTime, time);
    return Number(time.readBigInt64LE()) * micros + Math.floor(Number(time.readBigInt64LE(8)) / 1000);
  };
}

interface KernelTimer {
  /** Sends SIGALRM at that moment, at once when it has passed; undefined for never. */
  set(at: Micros | undefined): void;
  end(): void;
}

function kernelTimer(): KernelTimer {
  // struct sigevent: SIGEV_SIGNAL is 0. struct itimerspec: no interval, then seconds and nanoseconds.
  const event = Buffer.alloc(64);
  event.writeInt32LE(alarmSignal, 8);
  const made = Buffer.alloc(8);
  checked("A timer", libc().timer_create(bootTime, event, made));
  const timer = made.readBigUInt64LE();
  const time = Buffer.alloc(32);
  return {
    set: (at = 0) => {
      time.writeBigInt64LE(BigInt(Math.floor(at / micros)), 16);
      time.writeBigInt64LE(BigInt((at % micros) * 1000), 24);
      libc().timer_settime(timer, absolute, time, null);
    },
    end: () => void libc().timer_delete(timer),
  };
}

class Alarm {
  readonly now: () => Micros;
  readonly #timer: KernelTimer | undefined;
  #at: Micros | undefined;
  #ring: () => void = () => {};
  #behind: NodeJS.Timeout | undefined;
  readonly #look = () => this.#ringIfDue();

  constructor(now: () => Micros, timer: KernelTimer | undefined) {
    this.now = now;
    this.#timer = timer;
    if (timer) process.on("SIGALRM", this.#look);
  }

  set(at: Micros | undefined, ring: () => void): void {
    this.#at = at;
    this.#ring = ring;
    this.#timer?.set(at);
    this.#setBehind();
  }

  close(): void {
    this.set(undefined, () => {});
    this.#timer?.end();
    process.off("SIGALRM", this.#look);
  }

  /** Later than the kernel's, so that it only rings when that one was missed. */
  #setBehind(): void {
    clearTimeout(this.#behind);
    if (this.#at === undefined) return;
    const wait = Math.ceil(Math.max(0, this.#at - this.now()) / 1000) + (this.#timer ? 2 : 0);
    this.#behind = setTimeout(this.#look, Math.min(wait, longest));
  }

  #ringIfDue(): void {
    if (this.#at === undefined) return;
    if (this.now() < this.#at) {
      this.#setBehind();
      return;
    }
    this.#at = undefined;
    clearTimeout(this.#behind);
    this.#ring();
  }
}
