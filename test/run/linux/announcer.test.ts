import { writeFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { block, file, instance } from "../../../src/rules/examples.ts";
import { linuxAnnouncer } from "../../../src/run/linux/announcer.ts";
import type { Announcement } from "../../../src/run/ports.ts";
import { ipLines } from "../../support/lab/commands.ts";
import { type Lab, needsLab, withLab } from "../../support/lab.ts";
import { on } from "./places.ts";

vi.setConfig({ testTimeout: 120_000 });

const vip = { 4: "10.0.0.100", 6: "fd00::100" } as const;

/** keepalived with an address of one family; it belongs on the interface of the instance, a virtual one where asked. */
const peer = (family: 4 | 6, ...lines: readonly string[]) =>
  file(
    instance(
      "version 3",
      "advert_int 0.2",
      "priority 200",
      ...lines,
      block("virtual_ipaddress", ...(family === 4 ? [`${vip[4]}/24`] : ["fe80::100/64", `${vip[6]}/64`])),
    ),
  );

/** The frames that announce an address, each once, in hex. */
function announcements(lab: Lab, family: 4 | 6): readonly string[] {
  const isAdvert = (bytes: Buffer) => bytes[12] === 0x86 && bytes[20] === 112;
  const frames = lab.frames
    .map(({ bytes }) => bytes)
    .filter((bytes) => bytes.readUInt16BE(12) === (family === 4 ? 0x0806 : 0x86dd) && !isAdvert(bytes));
  const address = family === 4 ? "0a000064" : "fd000000000000000000000000000100";
  const texts = frames.map((bytes) => bytes.toString("hex")).filter((text) => text.includes(address));
  return [...new Set(texts)];
}

/** What keepalived says for an address, and what the announcer says for the same. */
async function both(
  family: 4 | 6,
  given: readonly string[],
  announcement: Partial<Announcement>,
  prepare: readonly string[] = [],
) {
  return withLab({ a: { eth0: ["10.0.0.1/24", "fd00::1/64"] } }, async (lab) => {
    const announced = () => announcements(lab, family).length > 0;
    lab.host("a").start(peer(family, ...given));
    await lab.until("keepalived announces", announced);
    await lab.host("a").stop();
    const theirs = announcements(lab, family);
    lab.frames.length = 0;
    await ipLines(prepare, `${lab.name}-host-a`);
    const announcer = on(lab, "a", linuxAnnouncer);
    const each = { interface: "eth0", family, address: vip[family], ...announcement };
    const failures = await on(lab, "a", () => announcer.announce([each]));
    await lab.until("the announcer announces", announced);
    announcer.close();
    return { theirs, ours: announcements(lab, family), failures };
  });
}

describe.runIf(needsLab())("announcements", () => {
  test.each([4, 6] as const)("are keepalived's, byte for byte: IPv%s", async (family) => {
    const { theirs, ours, failures } = await both(family, [], {});
    expect(failures).toEqual([]);
    expect(ours).toEqual(theirs);
  });

  test.each([
    [4, "00005e000133"],
    [6, "00005e000233"],
  ] as const)("come from the virtual MAC address of its interface: IPv%s", async (family, mac) => {
    const { theirs, ours } = await both(
      family,
      ["use_vmac vrrp.51"],
      { interface: "vrrp.51", base: "eth0" },
      [
        `link add vrrp.51 link eth0 address ${mac.match(/../g)?.join(":")} type macvlan mode private`,
        "link set vrrp.51 up",
      ],
    );
    expect(ours.map((frame) => frame.slice(12, 24))).toEqual([mac]);
    expect(ours).toEqual(theirs);
  });

  test("say that the host is a router where it is one", async () => {
    await withLab({ a: { eth0: ["fd00::1/64"] } }, async (lab) => {
      const announcer = on(lab, "a", linuxAnnouncer);
      const each = { interface: "eth0", family: 6, address: vip[6] } as const;
      const forwarding = (name: string, value: string) =>
        writeFileSync(`/proc/sys/net/ipv6/conf/${name}/forwarding`, value);
      await on(lab, "a", () => {
        forwarding("eth0", "1");
        return announcer.announce([each]);
      });
      await on(lab, "a", () => {
        forwarding("eth0", "0");
        return announcer.announce([each, { ...each, base: "lo" }]);
      });
      await lab.until("it announces", () => announcements(lab, 6).length === 2);
      const flagsAt = (14 + 40 + 4) * 2;
      expect(announcements(lab, 6).map((text) => text.slice(flagsAt, flagsAt + 2))).toEqual(["a0", "20"]);
      announcer.close();
    });
  });

  test("tell what went wrong, and nothing where nobody uses ARP", async () => {
    await withLab({ a: { eth0: ["10.0.0.1/24"] } }, async (lab) => {
      const namespace = `${lab.name}-host-a`;
      await ipLines(["tuntap add mode tun name tun0", "link set tun0 up", "link set eth0 down"], namespace);
      const announcer = on(lab, "a", linuxAnnouncer);
      const told = await on(lab, "a", () =>
        announcer.announce(
          ["eth0", "eth7", "tun0"].map((name) => ({ interface: name, family: 4, address: vip[4] })),
        ),
      );
      expect(told).toEqual([
        "10.0.0.100 was not announced on eth0: network is down (ENETDOWN).",
        "10.0.0.100 was not announced on eth7: no such device (ENODEV).",
      ]);
      announcer.close();
    });
  });
});
