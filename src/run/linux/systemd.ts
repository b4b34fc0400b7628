/**
 * What systemd is told of a service with Type=notify (sd_notify(3)), by a datagram to the socket that it names. Without
 * such a socket nothing is told.
 */
import type { Micros } from "../../vrrp/time.ts";
import { errorText, koffiVersion, lastError, libc } from "./libc.ts";

export interface ServiceManager {
  /** Whether there is one. */
  readonly present: boolean;
  /** How often `alive` has to be called at least; undefined where nobody watches. */
  readonly watchdog: Micros | undefined;
  ready(status?: string): void;
  /** Before a new file is read; `ready` comes after it. */
  reloading(): void;
  stopping(): void;
  alive(): void;
  /** One line for `systemctl status`. */
  status(text: string): void;
}

/** The manager that started this process; `fault` hears once why it cannot be told anything. */
export function serviceManager(
  env: NodeJS.ProcessEnv = process.env,
  fault: (message: string) => void = () => {},
): ServiceManager {
  const { NOTIFY_SOCKET: path, WATCHDOG_USEC: usec, WATCHDOG_PID: pid } = env;
  const present = path !== undefined && /^[/@]./.test(path) && koffiVersion() !== undefined;
  const tell = present ? teller(path, fault) : () => {};
  const watched = present && Number(usec) > 0 && (pid === undefined || Number(pid) === process.pid);
  return {
    present,
    watchdog: watched ? Number(usec) : undefined,
    ready: (status) => tell("READY=1", ...(status === undefined ? [] : [`STATUS=${oneLine(status)}`])),
    // Newer releases want to know when, by a clock that does not jump (Type=notify-reload).
    reloading: () => tell("RELOADING=1", `MONOTONIC_USEC=${process.hrtime.bigint() / 1000n}`),
    stopping: () => tell("STOPPING=1"),
    alive: () => tell("WATCHDOG=1"),
    status: (text) => tell(`STATUS=${oneLine(text)}`),
  };
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, " ");

function teller(path: string, fault: (message: string) => void): (...states: readonly string[]) => void {
  const [unix, datagramWithCloseOnExec, noSignal] = [1, 2 | 0o2000000, 0x4000];
  const name = Buffer.from(path.startsWith("@") ? `\0${path.slice(1)}` : path);
  const to = Buffer.concat([Buffer.from([unix, 0]), name]);
  const socket = libc().socket(unix, datagramWithCloseOnExec, 0);
  let told = false;
  return (...states) => {
    const text = Buffer.from(states.join("\n"));
    const sent = Number(libc().sendto(socket, text, text.length, noSignal, to, to.length));
    if (sent < 0 && !told) fault(`systemd cannot be told how the service stands: ${errorText(lastError())}.`);
    told ||= sent < 0;
  };
}
