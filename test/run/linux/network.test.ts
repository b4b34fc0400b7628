import { chmodSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { pauseAfter } from "../../../src/run/linux/monitor.ts";
import { type LinuxNetwork, linuxNetwork } from "../../../src/run/linux/network.ts";
import type { GroundEvent } from "../../../src/run/ports.ts";
import { folderOf } from "../../support/folder.ts";
import { ipLines } from "../../support/lab/commands.ts";
import { type Lab, needsLab, withLab } from "../../support/lab.ts";
import { Inbox, stayingOn } from "./places.ts";

vi.setConfig({ testTimeout: 120_000 });

/** A lab of one host, in whose namespace the body runs to its end. */
function withNetwork(body: (network: LinuxNetwork, lab: Lab) => Promise<void>): Promise<void> {
  return withLab({ a: { eth0: ["10.0.0.1/24", "fd00::1/64"] } }, (lab) =>
    stayingOn(lab, "a", async () => {
      const network = linuxNetwork();
      try {
        await body(network, lab);
      } finally {
        network.close();
      }
    }),
  );
}

/** What a watcher is told, in short. */
function told(network: LinuxNetwork): Inbox<string> {
  const inbox = new Inbox<string>();
  network.watch((event) => inbox.put(short(event)));
  return inbox;
}

function short(event: GroundEvent): string {
  const sign = "gone" in event && event.gone ? "-" : "+";
  if (event.what === "interface") return `${event.interface.name} ${event.interface.up ? "up" : "down"}`;
  if (event.what === "interface-gone") return `-${event.name}`;
  if (event.what === "address") {
    return `${sign}${event.interface} ${event.family} ${event.address}/${event.prefix}`;
  }
  if (event.what === "missed") return event.why === undefined ? "missed" : `missed: ${event.why}`;
  return `${sign}${event.what} ${event.family} ${event.text}`;
}

describe.runIf(needsLab())("the network", () => {
  test("is read with its interfaces and addresses", async () => {
    await withNetwork(async (network, lab) => {
      await ipLines(["address add 10.9.0.1 peer 10.9.0.2/32 dev eth0 scope link"], `${lab.name}-host-a`);
      const ground = await network.ground();
      const eth0 = ground.get("eth0");
      expect(eth0).toMatchObject({ name: "eth0", mtu: 1500, up: true });
      expect(eth0?.mac).toMatch(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
      expect(eth0?.addresses.filter(({ scope }) => scope === "global")).toEqual([
        { family: 4, address: "10.0.0.1", prefix: 24, scope: "global" },
        { family: 6, address: "fd00::1", prefix: 64, scope: "global" },
      ]);
      expect(eth0?.addresses).toContainEqual({ family: 4, address: "10.9.0.1", prefix: 32, scope: "link" });
      expect(ground.get("lo")).toMatchObject({ mac: undefined, up: true });
    });
  });

  test("tells what fails by its line, whatever ends ip, and does the rest in order", async () => {
    await withNetwork(async (network) => {
      const good = ["address add 10.0.0.2/24 dev eth0", "address add 10.0.0.3/24 dev eth0"];
      const failures = await network.apply([
        "address add 10.0.0.1/24 dev eth0",
        good[0] as string,
        "address add 10.0.0.300/24 dev eth0",
        "route add 10.5.0.0/16 via 10.0.0.9 frob 3",
        "frobnicate",
        "link add vrrp.51 link eth0 address 00:00:5e:00:01:33 type macvlan mode private",
        "link set vrrp.51 up",
        "address add 10.0.0.4/32 dev vrrp.51",
        good[1] as string,
        "route add 10.6.0.0/16 dev eth7",
      ]);
      expect(failures.map(({ line, message }) => `${line}: ${message}`)).toEqual([
        "address add 10.0.0.1/24 dev eth0: Error: ipv4: Address already assigned.",
        'address add 10.0.0.300/24 dev eth0: Error: any valid prefix is expected rather than "10.0.0.300/24".',
        'route add 10.5.0.0/16 via 10.0.0.9 frob 3: Error: either "to" is duplicate, or "frob" is a garbage.',
        'frobnicate: Object "frobnicate" is unknown, try "ip help".',
        'route add 10.6.0.0/16 dev eth7: Cannot find device "eth7"',
      ]);
      const ground = await network.ground();
      const all = ground.get("eth0")?.addresses.map(({ address }) => address);
      expect(all).toEqual(expect.arrayContaining(["10.0.0.2", "10.0.0.3"]));
      expect(ground.get("vrrp.51")).toMatchObject({
        mac: "00:00:5e:00:01:33",
        addresses: expect.arrayContaining([expect.objectContaining({ address: "10.0.0.4" })]),
      });
    });
  });

  test("does it all when somebody has killed what waits for it", async () => {
    await withNetwork(async (network) => {
      await network.apply(["link set eth0 mtu 1400"]);
      for (const pid of childrenOf(process.pid, "-batch")) process.kill(pid, "SIGTERM");
      expect(await network.apply(["address add 10.0.0.2/24 dev eth0", "nonsense"])).toMatchObject([
        { line: "nonsense" },
      ]);
      const addresses = (await network.ground()).get("eth0")?.addresses;
      expect(addresses).toContainEqual(expect.objectContaining({ address: "10.0.0.2" }));
    });
  });

  test("gives each of many batches its own failures, also after an interface came back", async () => {
    await withNetwork(async (network) => {
      const add = (last: number) => [`address add 10.0.0.${last}/24 dev eth0`, "nonsense"];
      const all = await Promise.all([10, 11, 11, 12].map((last) => network.apply(add(last))));
      expect(all.map((failures) => failures.map(({ line }) => line))).toEqual([
        ["nonsense"],
        ["nonsense"],
        ["address add 10.0.0.11/24 dev eth0", "nonsense"],
        ["nonsense"],
      ]);
      const made = (address: string) => [
        "link add veth7 type veth peer name far7",
        `address add ${address}/32 dev veth7`,
      ];
      expect(await network.apply(made("10.1.0.1"))).toEqual([]);
      expect(await network.apply(["link delete veth7", ...made("10.1.0.2")])).toEqual([]);
      const addresses = (await network.ground()).get("veth7")?.addresses ?? [];
      expect(addresses.filter(({ family }) => family === 4)).toMatchObject([{ address: "10.1.0.2" }]);
    });
  });

  test("is watched: links, addresses, routes and rules of both families, by the names they have", async () => {
    await withNetwork(async (network, lab) => {
      const namespace = `${lab.name}-host-a`;
      await network.ground();
      await ipLines(["address add 10.0.0.2/24 dev eth0"], namespace);
      const inbox = told(network);
      await inbox.until((all) => all.includes("+eth0 4 10.0.0.2/24"));
      const steps: readonly (readonly [line: string, ...events: string[]])[] = [
        ["address add fd00::2/64 dev eth0 nodad", "+eth0 6 fd00::2/64"],
        ["route add 10.9.0.0/16 via 10.0.0.7", "+route 4 10.9.0.0/16 via 10.0.0.7 dev eth0"],
        ["-6 route add default via fd00::7", "+route 6 default via fd00::7 dev eth0 metric 1024 pref medium"],
        ["rule add from 10.0.0.1 table 77", "+rule 4 32765: from 10.0.0.1 lookup 77"],
        ["-6 rule add fwmark 7 table 78", "+rule 6 32765: from all fwmark 0x7 lookup 78"],
        ["route del 10.9.0.0/16", "-route 4 10.9.0.0/16 via 10.0.0.7 dev eth0"],
        ["rule del from 10.0.0.1 table 77", "-rule 4 32765: from 10.0.0.1 lookup 77"],
        ["address del 10.0.0.2/24 dev eth0", "-eth0 4 10.0.0.2/24"],
        ["link add v1 link eth0 type macvlan mode private", "v1 down"],
        ["link set v1 up", "v1 up"],
        ["address add 10.2.0.1/32 dev v1", "+v1 4 10.2.0.1/32"],
        ["link set eth0 down", "eth0 down", "v1 down", "-eth0 6 fd00::2/64"],
        ["link set v1 name v2", "-v1", "v2 down"],
        ["address del 10.2.0.1/32 dev v2", "-v2 4 10.2.0.1/32"],
        ["link del v2", "-v2"],
        ["link set eth0 up", "eth0 up"],
      ];
      for (const [line, ...events] of steps) {
        inbox.things.length = 0;
        expect(await network.apply([line])).toEqual([]);
        await inbox.until((all) => events.every((event) => all.includes(event)));
      }
    });
  });

  test("is read anew when a monitor ends", async () => {
    await withNetwork(async (network, lab) => {
      await network.ground();
      const inbox = told(network);
      await ipLines(["link set eth0 mtu 1400"], `${lab.name}-host-a`);
      await inbox.until((all) => all.includes("eth0 up"));
      await ipLines(
        ["route add 10.9.0.0/16 via 10.0.0.7 proto 18", "rule add from 10.7.0.0/16 table 78 protocol 18"],
        `${lab.name}-host-a`,
      );
      inbox.things.length = 0;
      for (const pid of childrenOf(process.pid, "monitor")) process.kill(pid, "SIGKILL");
      await ipLines(
        ["address add 10.0.0.9/24 dev eth0", "address add fd00::9/64 dev eth0"],
        `${lab.name}-host-a`,
      );
      await inbox.until((all) => all.includes("+eth0 4 10.0.0.9/24") && all.includes("+eth0 6 fd00::9/64"));
      await inbox.until((all) => all.includes("missed: ip monitor has ended (SIGKILL)"));
      const shown = (await network.routesAndRules()).map(
        (each) => `${each.what} ${each.family} ${each.text}`,
      );
      expect(shown).toContain("route 4 10.9.0.0/16 via 10.0.0.7 dev eth0 proto 18");
      expect(shown).toContain("rule 4 32765: from 10.7.0.0/16 lookup 78 proto keepalived");
    });
  });

  test("is read anew when the kernel has dropped events", async () => {
    await withNetwork(async (network, lab) => {
      await network.ground();
      const inbox = told(network);
      await network.watching();
      const monitors = childrenOf(process.pid, "monitor");
      for (const pid of monitors) process.kill(pid, "SIGSTOP");
      const many = Array.from({ length: 2000 }, (_, at) => `10.7.${at >> 8}.${at & 255}/32 dev eth0`);
      const lines = ["add", "del"].flatMap((verb) => many.map((each) => `address ${verb} ${each}`));
      await ipLines([...lines, "address add 10.0.0.9/24 dev eth0"], `${lab.name}-host-a`);
      inbox.things.length = 0;
      for (const pid of monitors) process.kill(pid, "SIGCONT");
      await inbox.until((all) => all.includes("+eth0 4 10.0.0.9/24"));
      await inbox.until((all) => all.some((each) => each.includes("No buffer space available")));
      // What was lost is told as far as it lasts.
      expect(inbox.things.filter((each) => each.includes(" 10.0.0.9/"))).toHaveLength(1);
      expect(childrenOf(process.pid, "monitor")).toEqual(monitors);
    });
  });

  test.each([
    [0, 10, 100],
    [100, 10, 200],
    [200, 59_999, 400],
    [4000, 10, 5000],
    [5000, 10, 5000],
    [5000, 60_000, 100],
  ])("after a pause of %i ms and a monitor of %i ms comes a pause of %i ms", (before, lasted, next) => {
    expect(pauseAfter(before, lasted)).toBe(next);
  });

  test("has no rules of a family that the kernel lacks", async () => {
    // What iproute2 6.1 says on Linux 6.1 without IPv6.
    const complaint = "RTNETLINK answers: Address family not supported by protocol\\nDump terminated\\n";
    const six = `"-6 rule") printf '${complaint}' >&2; exit 255;;`;
    const four = `"-4 rule") echo "0: from all lookup local";;`;
    const folder = folderOf({ ip: `#!/bin/sh\ncase "$1 $3" in ${six} ${four} esac\n` });
    chmodSync(path.join(folder.path, "ip"), 0o755);
    vi.stubEnv("PATH", `${folder.path}:${process.env["PATH"]}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    const network = linuxNetwork();
    expect(await network.routesAndRules()).toEqual([
      { what: "rule", family: 4, text: "0: from all lookup local" },
    ]);
  });

  test("is told settings", async () => {
    await withNetwork(async (network) => {
      expect(await network.setting("net/ipv4/conf/eth0/arp_ignore", "1")).toBeUndefined();
      expect(await network.readSetting("net/ipv4/conf/eth0/arp_ignore")).toBe("1");
      expect(await network.readSetting("net/ipv4/conf/eth7/arp_ignore")).toBeUndefined();
      expect(await network.setting("net/ipv4/conf/eth7/arp_ignore", "1")).toBe(
        "net/ipv4/conf/eth7/arp_ignore was not set to 1: ENOENT: no such file or directory",
      );
    });
  });
});

/** The processes of a parent that have a word in their command. */
function childrenOf(parent: number, word: string): readonly number[] {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8")
    .trim()
    .split(" ")
    .map(Number);
  return children.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(word));
}
