import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { addressOf, checked, libc } from "../../../src/run/linux/libc.ts";
import { serviceManager } from "../../../src/run/linux/systemd.ts";
import { folderOf } from "../../support/folder.ts";

/** A socket as systemd has it; returns what has been sent to it since. */
function manager(name: string): () => readonly string[] {
  const [unix, datagram, doNotWait] = [1, 2, 0x40];
  const { socket, bind, close, recvmsg } = libc();
  const own = checked("socket", socket(unix, datagram, 0));
  onTestFinished(() => void close(own));
  const address = Buffer.concat([Buffer.from([unix, 0]), Buffer.from(name.replace(/^@/, "\0"))]);
  checked("bind", bind(own, address, address.length));
  const [bytes, vector, header] = [Buffer.alloc(4096), Buffer.alloc(16), Buffer.alloc(56)];
  vector.writeBigUInt64LE(addressOf(bytes));
  vector.writeBigUInt64LE(4096n, 8);
  header.writeBigUInt64LE(addressOf(vector), 16);
  header.writeBigUInt64LE(1n, 24);
  return () => {
    const all: string[] = [];
    for (let size = 0; size >= 0; ) {
      size = Number(recvmsg(own, header, doNotWait));
      if (size >= 0) all.push(bytes.toString("utf8", 0, size));
    }
    return all;
  };
}

test.each(["path", "abstract"])("systemd is told how the service stands: %s", (kind) => {
  const name = kind === "path" ? join(folderOf({}).path, "notify") : `@vrrpkit-test-${process.pid}`;
  const heard = manager(name);
  const env = { NOTIFY_SOCKET: name, WATCHDOG_USEC: "3000000", WATCHDOG_PID: String(process.pid) };
  const service = serviceManager(env);
  expect(service).toMatchObject({ present: true, watchdog: 3_000_000 });
  service.ready("2 instances\nready");
  service.alive();
  service.reloading();
  service.status("MASTER of 1");
  service.stopping();
  expect(heard().map((text) => text.replace(/USEC=\d+/, "USEC=N"))).toEqual([
    "READY=1\nSTATUS=2 instances ready",
    "WATCHDOG=1",
    "RELOADING=1\nMONOTONIC_USEC=N",
    "STATUS=MASTER of 1",
    "STOPPING=1",
  ]);
});

test("without systemd nothing is told, and nobody watches", () => {
  const service = serviceManager({ WATCHDOG_USEC: "3000000" });
  expect(service).toMatchObject({ present: false, watchdog: undefined });
  service.ready();
});

test("a watchdog for another process is not ours, and a socket that is gone is said once", () => {
  const faults: string[] = [];
  const env = { NOTIFY_SOCKET: join(folderOf({}).path, "gone"), WATCHDOG_USEC: "1", WATCHDOG_PID: "1" };
  const service = serviceManager(env, (message) => faults.push(message));
  expect(service.watchdog).toBeUndefined();
  service.ready();
  service.stopping();
  expect(faults).toEqual([
    "systemd cannot be told how the service stands: no such file or directory (ENOENT).",
  ]);
});
