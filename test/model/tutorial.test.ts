/** The two files of the tutorial, as they stand in it. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formFleet } from "../../src/model/fleet.ts";
import { readHost } from "../../src/model/read.ts";
import { takeovers } from "../../src/model/takeover.ts";

const hosts = ["host-a", "host-b"].map((name) => {
  const path = `examples/tutorial/${name}.conf`;
  return readHost({ path, text: readFileSync(new URL(`../../${path}`, import.meta.url), "utf8") });
});
const fleet = formFleet(hosts, { complete: true });

describe("the tutorial", () => {
  it("is read with all its comments, tabs and all", () => {
    expect(hosts[0]?.sources[0]?.text).toContain("virtual_router_id 1\t// VRID标记");
    expect(hosts.map(({ name, uncertain }) => [name, uncertain])).toEqual([
      ["host-a", false],
      ["host-b", false],
    ]);
  });

  it("has two instances on each host", () => {
    const seen = hosts.map(({ instances }) =>
      instances.map((one) => [one.name, one.vrid?.value, one.state.value, one.priority.value, one.uncertain]),
    );
    expect(seen).toEqual([
      [
        ["ha-internal-1", 1, "MASTER", 100, false],
        ["ha-internal-2", 2, "BACKUP", 99, false],
      ],
      [
        ["ha-internal-1", 1, "BACKUP", 99, false],
        ["ha-internal-2", 2, "MASTER", 100, false],
      ],
    ]);
  });

  it("uses version 2, one advert a second and passwords of which eight bytes are left", () => {
    for (const { instances } of hosts)
      for (const instance of instances) {
        expect(instance.version.value).toBe(2);
        expect(instance.advertInterval.value).toBe(1);
        expect(instance.authentication.value).toMatchObject({
          type: "PASS",
          password: `${instance.vrid?.value}-intern`,
          written: `${instance.vrid?.value}-internal-ha`,
        });
      }
  });

  it("is two virtual routers with two addresses each", () => {
    expect(
      fleet.routers.map(({ members, pairedBy, vrid, family }) => [vrid, family, members.length, pairedBy]),
    ).toEqual([
      [1, 4, 2, "addresses"],
      [2, 4, 2, "addresses"],
    ]);
  });

  it("hands each router to the other host in 3.6 seconds", () => {
    const plan = takeovers(fleet).map(({ addresses, turns }) => [
      addresses,
      turns.map(({ member, seconds }) => [member.host.name, seconds]),
    ]);
    expect(plan).toEqual([
      [
        ["10.101.0.101", "10.101.0.102"],
        [
          ["host-a", 3.609375],
          ["host-b", 3.613281],
        ],
      ],
      [
        ["10.101.0.107", "10.101.0.108"],
        [
          ["host-b", 3.609375],
          ["host-a", 3.613281],
        ],
      ],
    ]);
  });

  it("tells each router's id and nothing else of itself", () => {
    expect(hosts.map(({ globals }) => globals.routerId?.value)).toEqual([
      "101-1-185-lg-201-l10.yidian.com",
      "101-1-186-lg-201-l10.yidian.com",
    ]);
    expect(hosts.flatMap(({ ownAddresses }) => ownAddresses)).toEqual([]);
  });
});
