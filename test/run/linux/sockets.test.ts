import { describe, expect, test, vi } from "vitest";
import { koffiBackend } from "../../../src/run/linux/koffi-sockets.ts";
import { rawSocketBackend } from "../../../src/run/linux/raw-socket-sockets.ts";
import { linuxSockets } from "../../../src/run/linux/sockets.ts";
import type { AdvertSocket, SocketPlan } from "../../../src/run/ports.ts";
import type { Family } from "../../../src/vrrp/address.ts";
import { ipv4Packet, ipv6Packet, multicastGroups, readPacket } from "../../../src/vrrp/packet-ip.ts";
import { second } from "../../../src/vrrp/time.ts";
import { encodeMessage, plainWire } from "../../../src/vrrp/wire.ts";
import { ipLines } from "../../support/lab/commands.ts";
import { type Lab, needsLab, withLab } from "../../support/lab.ts";
import { Inbox, on } from "./places.ts";

vi.setConfig({ testTimeout: 120_000 });

const hosts = {
  a: { eth0: ["10.0.0.1/24", "fd00::1/64", "fe80::a/64"], eth1: ["10.0.1.1/24"] },
  b: { eth0: ["10.0.0.2/24", "fd00::2/64", "fe80::b/64"], eth1: ["10.0.1.2/24"] },
};

const own = { a: { 4: "10.0.0.1", 6: "fe80::a" }, b: { 4: "10.0.0.2", 6: "fe80::b" } } as const;

function multicast(family: Family, protocol: 112 | 51 = 112): SocketPlan {
  return {
    family,
    protocol,
    interface: "eth0",
    sendInterface: undefined,
    group: multicastGroups[family],
    source: undefined,
    hopLimit: 255,
  };
}

const unicast = (family: Family, source: string): SocketPlan => ({
  ...multicast(family),
  interface: undefined,
  group: undefined,
  source,
});

/** A whole packet with a sound message; `sequence` makes them different. */
function packet(
  family: Family,
  source: string,
  destination: string,
  sequence: number,
  { hopLimit = 255, protocol = 112 } = {},
): Uint8Array {
  const path = { source, destination, hopLimit };
  const advert = {
    family,
    version: 3 as const,
    vrid: 51,
    priority: 100,
    interval: second,
    addresses: [family === 4 ? "10.0.0.100" : "fe80::100"],
  };
  const message = encodeMessage(advert, plainWire(family), path, { seconds: 0, fraction: 0 });
  return (family === 4 ? ipv4Packet : ipv6Packet)(path, protocol, sequence, message);
}

/** As text, without the flow label of IPv6, which the kernel does not hand out. */
function shown(bytes: Uint8Array): string {
  const text = Buffer.from(bytes);
  if (bytes[0] !== undefined && bytes[0] >> 4 === 6) text.writeUInt32BE(text.readUInt32BE() & 0xfff00000);
  return text.toString("hex");
}

const labs = needsLab();
const backends = (["raw-socket", "koffi"] as const).filter(
  (each) => each === "koffi" || rawSocketBackend() !== undefined,
);
if (labs && backends.length === 1) {
  console.warn(
    "Skipped: the sockets of raw-socket, because it is not compiled; npm rebuild raw-socket does it.",
  );
}

type Ear = Inbox<string>;

function openOn(lab: Lab, host: string, plan: SocketPlan, only: "raw-socket" | "koffi") {
  const heard: Ear = new Inbox();
  const faults = new Inbox<string>();
  const socket = on(lab, host, () =>
    linuxSockets(only).open(plan, { packet: (bytes) => heard.put(shown(bytes)), fault: faults.put }),
  );
  return { socket, heard, faults };
}

function closed(...sockets: readonly { readonly socket: AdvertSocket }[]): void {
  for (const { socket } of sockets) socket.close();
}

test("the backend says what it is made with", () => {
  expect(koffiBackend()?.name).toMatch(/^koffi \d+\.\d+\.\d+$/);
  if (backends.length === 2) expect(linuxSockets().backend).toMatch(/^raw-socket 1\.\d.* for IPv4, koffi/);
});

describe.runIf(labs).each(backends)("sockets of %s", (only) => {
  test("send everything that they were given before they were closed", async () => {
    await withLab(hosts, async (lab) => {
      const plan = multicast(4);
      const [a, b] = [openOn(lab, "a", plan, only), openOn(lab, "b", plan, only)];
      const group = multicastGroups[4];
      const all = Array.from({ length: 24 }, (_, sequence) => packet(4, own.a[4], group, sequence + 1));
      for (const each of all) a.socket.send(each, group);
      a.socket.close();
      await b.heard.until(({ length }) => length === all.length);
      expect(b.heard.things).toEqual(all.map(shown));
      closed(b);
    });
  });

  test("carry whole packets to the group, and not back", async () => {
    await withLab(hosts, async (lab) => {
      const cases = [
        [4, 112],
        [6, 112],
        [4, 51],
        [6, 51],
      ] as const;
      for (const [family, protocol] of cases) {
        const group = multicastGroups[family];
        const [a, b] = [
          openOn(lab, "a", multicast(family, protocol), only),
          openOn(lab, "b", multicast(family, protocol), only),
        ];
        const from = (host: "a" | "b", sequence: number) =>
          packet(family, own[host][family], group, sequence, { protocol });
        const sent = [from("a", 1), from("a", 2), from("b", 3)];
        a.socket.send(sent[0] as Uint8Array, group);
        a.socket.send(sent[1] as Uint8Array, group);
        await b.heard.until((all) => all.length === 2);
        b.socket.send(sent[2] as Uint8Array, group);
        await a.heard.until((all) => all.length === 1);
        expect(b.heard.things).toEqual([1, 2].map((sequence) => shown(from("a", sequence))));
        expect(a.heard.things).toEqual([shown(from("b", 3))]);
        expect([...a.faults.things, ...b.faults.things]).toEqual([]);
        if (protocol === 112) await sees(lab, family, sent);
        closed(a, b);
      }
    });
  });

  test("tell the hop limit, and hear neither other groups nor other interfaces", async () => {
    await withLab(hosts, async (lab) => {
      for (const family of [4, 6] as const) {
        const group = multicastGroups[family];
        const other = family === 4 ? "224.0.0.200" : "ff02::200";
        const a = openOn(lab, "a", multicast(family), only);
        const a2 = openOn(lab, "a", { ...multicast(family), group: other }, only);
        const a3 = openOn(lab, "a", { ...multicast(family), interface: "eth1" }, only);
        const b = openOn(lab, "b", multicast(family), only);
        const b2 = openOn(lab, "b", { ...multicast(family), group: other }, only);
        a2.socket.send(packet(family, own.a[family], other, 1), other);
        a3.socket.send(packet(family, own.a[family], group, 2), group);
        a.socket.send(packet(family, own.a[family], group, 3, { hopLimit: 7 }), group);
        await Promise.all([b.heard.until((all) => all.length > 0), b2.heard.until((all) => all.length > 0)]);
        const heard = (ear: Ear) => ear.things.map((each) => readPacket(Buffer.from(each, "hex")));
        expect(heard(b.heard)).toMatchObject([
          { hopLimit: 7, destination: group, source: own.a[family], protocol: 112 },
        ]);
        expect(heard(b2.heard)).toMatchObject([{ hopLimit: 255, destination: other }]);
        closed(a, a2, a3, b, b2);
      }
    });
  });

  test("carry unicast from and to the addresses of the plan", async () => {
    await withLab(hosts, async (lab) => {
      for (const family of [4, 6] as const) {
        const [from, to] = family === 4 ? ["10.0.0.1", "10.0.0.2"] : ["fd00::1", "fd00::2"];
        const a = openOn(lab, "a", unicast(family, from), only);
        const b = openOn(lab, "b", unicast(family, to), only);
        const deaf = openOn(lab, "b", unicast(family, family === 4 ? "10.0.1.2" : "fe80::b"), only);
        a.socket.send(packet(family, from, to, 1, { hopLimit: 64 }), to);
        await b.heard.until((all) => all.length === 1);
        b.socket.send(packet(family, to, from, 2), from);
        await a.heard.until((all) => all.length === 1);
        expect(readPacket(Buffer.from(b.heard.things[0] ?? "", "hex"))).toMatchObject({
          hopLimit: 64,
          source: from,
          destination: to,
        });
        expect(deaf.heard.things).toEqual([]);
        closed(a, b, deaf);
      }
    });
  });

  test("come back with an interface that was taken out, and tell a fault once", async () => {
    await withLab(hosts, async (lab) => {
      const namespace = `${lab.name}-host-b`;
      const a = openOn(lab, "a", multicast(4), only);
      const b = openOn(lab, "b", multicast(4), only);
      const [group, from] = [multicastGroups[4], own.b[4]];
      await ipLines(["link set eth0 name old0", "link add eth0 type veth peer name far0"], namespace);
      await ipLines(["link delete eth0", "link set old0 down", "link set old0 name eth0"], namespace);
      for (const sequence of [1, 2, 3]) b.socket.send(packet(4, from, group, sequence), group);
      await b.faults.until((all) => all.length > 0);
      await ipLines(["link set eth0 up", "address replace 10.0.0.2/24 dev eth0"], namespace);
      on(lab, "b", () => b.socket.rejoin());
      // The bridge carries nothing before it has noticed, on a busy machine later, that the cable is good again.
      while (b.heard.things.length === 0) {
        a.socket.send(packet(4, own.a[4], group, 4), group);
        await ipLines(["link show dev eth0"], namespace);
      }
      b.socket.send(packet(4, from, group, 5), group);
      await a.heard.until((all) => all.length === 1);
      expect(b.faults.things).toHaveLength(1);
      closed(a, b);
    });
  });

  test("tell a fault again that comes again after adverts went out", async () => {
    await withLab({ a: { eth0: ["10.0.0.1/24"] } }, async (lab) => {
      const a = openOn(lab, "a", multicast(4), only);
      for (const state of ["down", "up", "down", "down"]) {
        await ipLines([`link set eth0 ${state}`], `${lab.name}-host-a`);
        a.socket.send(packet(4, own.a[4], multicastGroups[4], 1), multicastGroups[4]);
      }
      expect(a.faults.things).toHaveLength(2);
      expect(new Set(a.faults.things).size).toBe(1);
      closed(a);
    });
  });

  test("tell once that one of two peers cannot be reached", async () => {
    await withLab({ a: { eth0: ["10.0.0.1/24"] } }, async (lab) => {
      const a = openOn(lab, "a", unicast(4, own.a[4]), only);
      for (const peer of ["10.0.0.2", "192.0.2.1", "10.0.0.2", "192.0.2.1"]) {
        a.socket.send(packet(4, own.a[4], peer, 1), peer);
      }
      expect(a.faults.things).toEqual([expect.stringContaining("An advert to 192.0.2.1 was not sent: ")]);
      closed(a);
    });
  });

  test("say what the machine refuses", async () => {
    await withLab({ a: { eth0: ["10.0.0.1/24"] } }, async (lab) => {
      const missing = { ...multicast(4), interface: "eth7" };
      expect(() => openOn(lab, "a", missing, only)).toThrow("there is no interface eth7 on this host");
    });
  });
});

/** What was on the wire is what was given, but for nothing. */
async function sees(lab: Lab, family: Family, sent: readonly Uint8Array[]): Promise<void> {
  const adverts = () => lab.adverts.filter((advert) => advert.family === family);
  await lab.until("the wire has been seen", () => adverts().length === sent.length);
  const type = family === 4 ? 0x0800 : 0x86dd;
  const frames = lab.frames.filter(({ bytes }) => bytes.readUInt16BE(12) === type && carriesVrrp(bytes));
  expect(frames.map(({ bytes }) => bytes.toString("hex", 14))).toEqual(
    sent.map((bytes) => Buffer.from(bytes).toString("hex")),
  );
}

const carriesVrrp = (frame: Buffer) => frame[frame.readUInt16BE(12) === 0x0800 ? 23 : 20] === 112;
