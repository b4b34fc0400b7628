/** What the plan says of an interface with a virtual MAC address, carried out, beside what keepalived does for it. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { block, file, instance } from "../../../src/rules/examples.ts";
import { reversePathSettings } from "../../../src/run/daemon/settings.ts";
import { linuxNetwork } from "../../../src/run/linux/network.ts";
import { ip } from "../../support/lab/commands.ts";
import { type Lab, needsLab, withLab } from "../../support/lab.ts";
import { instancesOf, planFor } from "../support.ts";
import { on, stayingOn } from "./places.ts";

vi.setConfig({ testTimeout: 300_000 });

const name = "vrrp.51";

/** Each host of its own network: nobody hears the other. */
const hosts = {
  a: { eth0: ["10.0.0.1/24", "fe80::1/64"] },
  b: { eth1: [], eth0: ["10.0.0.1/24", "fe80::1/64"] },
};

const text = (vip: string, ...lines: readonly string[]) =>
  file(
    instance("version 3", "advert_int 0.2", `use_vmac ${name}`, ...lines, block("virtual_ipaddress", vip)),
  );

/** All settings of these interfaces, those that cannot be read left out. */
function settings(): Readonly<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const folder of ["ipv4", "ipv6"]) {
    for (const device of [name, "eth0", "all", "default"]) {
      const path = `/proc/sys/net/${folder}/conf/${device}`;
      for (const setting of readdirSync(path)) {
        try {
          all[`${folder}/${device}/${setting}`] = readFileSync(`${path}/${setting}`, "utf8").trim();
        } catch {
          // Some cannot be read before they are written.
        }
      }
    }
  }
  return all;
}

async function interfaceOf(lab: Lab, host: string): Promise<unknown> {
  const shown = await ip([
    "-n",
    `${lab.name}-host-${host}`,
    "-details",
    "-json",
    "address",
    "show",
    "dev",
    name,
  ]);
  const [link] = JSON.parse(shown);
  const { flags, mtu, operstate, address, broadcast, linkinfo, inet6_addr_gen_mode: mode, addr_info } = link;
  const held = addr_info
    .map(({ local, prefixlen, scope }: Record<string, unknown>) => `${local}/${prefixlen} ${scope}`)
    .filter((each: string) => !each.includes("100/"));
  return { flags, mtu, operstate, address, broadcast, linkinfo, mode, held };
}

/** What stands in the sets of the firewall, as text. */
function firewall(): readonly string[] {
  const { nftables } = JSON.parse(execFileSync("nft", ["-j", "list", "ruleset"], { encoding: "utf8" }));
  return nftables.flatMap(({ set, map = set }: { set?: FirewallSet; map?: FirewallSet }) => {
    return map?.elem ? [JSON.stringify([map.family, map.table, map.name, map.elem])] : [];
  });
}

type FirewallSet = Readonly<Record<"family" | "table" | "name" | "elem", unknown>>;

describe.runIf(needsLab())("an interface with a virtual MAC address", () => {
  test.each([
    ["10.0.0.100/24", "00:00:5e:00:01:33"],
    ["fe80::100/64", "00:00:5e:00:02:33"],
  ])("is as keepalived makes it, with the settings around it: %s", async (vip, mac) => {
    await withLab(hosts, async (lab) => {
      for (const host of ["a", "b"]) {
        on(lab, host, () => writeFileSync("/proc/sys/net/ipv4/conf/all/rp_filter", "1"));
      }
      lab.host("a").start(text(vip));
      const address = vip.split("/")[0] as string;
      await lab.until("keepalived is master", async () => {
        return (await lab.holders([address]))[address]?.includes("a") === true;
      });
      await stayingOn(lab, "b", async () => {
        const network = linuxNetwork();
        const ground = await network.ground();
        const plan = planFor(text(vip), { ground });
        const made = instancesOf(plan).flatMap(({ virtuals }) => virtuals);
        expect(made.map((each) => [each.name, each.mac, each.base])).toEqual([[name, mac, "eth0"]]);
        const filtering = vip.includes(":") ? [] : await reversePathSettings(network, [...ground.keys()]);
        expect(await network.apply(plan.tables.map(({ add }) => add))).toEqual([]);
        for (const { add, settings: own } of made) {
          expect(await network.apply(add)).toEqual([]);
          for (const [path, value] of [...plan.settings, ...filtering, ...own]) {
            expect(await network.setting(path, value)).toBeUndefined();
          }
        }
        network.close();
      });
      expect(await interfaceOf(lab, "b")).toEqual(await interfaceOf(lab, "a"));
      expect(on(lab, "b", settings)).toEqual(on(lab, "a", settings));
      const theirs = on(lab, "a", firewall);
      expect(theirs).not.toEqual([]);
      expect(on(lab, "b", firewall)).toEqual(expect.arrayContaining([...theirs]));
    });
  });
});
