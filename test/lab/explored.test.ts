/** What the explorer tells, done to real daemons: they do the wrong thing that it says. */
import { describe, expect, test, vi } from "vitest";
import { block, file, instance, named } from "../../src/rules/examples.ts";
import type { PropertyId } from "../../src/rules/properties.ts";
import { explore } from "../../src/simulate/explore.ts";
import { fleetOf } from "../support/fleet.ts";
import { type Holders, type Lab, needsLab, withLab } from "../support/lab.ts";
import { planOf, type Texts } from "./fleets.ts";

vi.setConfig({ testTimeout: 120_000 });

const vip = "10.0.0.100";
const quick = ["version 3", "advert_int 0.3"];
const host = (priority: number, ...lines: readonly string[]) =>
  file(instance(...quick, `priority ${priority}`, ...lines));
const linked = (weight: number) => block("track_interface", `eth1 weight ${weight}`);
const uni = (own: number, ...peers: readonly number[]) => [
  `unicast_src_ip 10.0.0.${own}`,
  block("unicast_peer", ...peers.map((peer) => `10.0.0.${peer}`)),
];
/** With a second network, whose link is tracked. */
const beside = (priority: number) =>
  named(
    "BESIDE",
    ...quick,
    "interface eth1",
    "virtual_router_id 52",
    `priority ${priority}`,
    block("virtual_ipaddress", "10.1.0.100/24"),
  );

type Chapter = readonly [deed: (lab: Lab) => unknown, holders: Holders];

interface Violation {
  readonly what: string;
  readonly breaks: PropertyId;
  readonly texts: Texts;
  readonly story: readonly Chapter[];
}

const startAll = (texts: Texts) => (lab: Lab) => {
  for (const each of lab.hosts) each.start(texts[`${each.name}.conf`] ?? "");
};
const start = (name: string, texts: Texts) => (lab: Lab) => lab.host(name).start(texts[`${name}.conf`] ?? "");

const violation = (
  what: string,
  breaks: PropertyId,
  texts: Texts,
  story: (texts: Texts) => readonly Chapter[],
): Violation => ({ what, breaks, texts, story: story(texts) });

const violations: readonly Violation[] = [
  violation(
    "two numbers",
    "explore-two-holders",
    { "a.conf": host(150), "b.conf": host(100, "virtual_router_id 52") },
    (texts) => [[startAll(texts), { [vip]: ["a", "b"] }]],
  ),
  violation(
    "a partial mesh of three",
    "explore-two-holders",
    {
      "a.conf": host(150, ...uni(1, 2, 3)),
      "b.conf": host(120, ...uni(2, 1)),
      "c.conf": host(100, ...uni(3, 1)),
    },
    (texts) => [
      [startAll(texts), { [vip]: ["a"] }],
      [(lab) => lab.host("a").crash(), { [vip]: ["b", "c"] }],
    ],
  ),
  violation(
    "a weight that is too small",
    "explore-check-ignored",
    {
      "a.conf": file(instance(...quick, linked(-20)), beside(150)),
      "b.conf": file(instance(...quick, "priority 100", linked(-20)), beside(100)),
    },
    (texts) => [
      [startAll(texts), { [vip]: ["a"], "10.1.0.100": ["a"] }],
      [(lab) => lab.host("a").linkDown("eth1"), { [vip]: ["a"], "10.1.0.100": ["b"] }],
    ],
  ),
  violation(
    "a weight with nopreempt",
    "explore-check-ignored",
    {
      "a.conf": file(instance(...quick, "nopreempt", linked(-60)), beside(150)),
      "b.conf": file(instance(...quick, "nopreempt", "priority 100", linked(-60)), beside(100)),
    },
    (texts) => [
      // Whoever is there first stays master.
      [start("a", texts), { [vip]: ["a"], "10.1.0.100": ["a"] }],
      [start("b", texts), { [vip]: ["a"], "10.1.0.100": ["a"] }],
      [(lab) => lab.host("a").linkDown("eth1"), { [vip]: ["a"], "10.1.0.100": ["b"] }],
    ],
  ),
  violation(
    "nopreempt beside state MASTER",
    "explore-nopreempt",
    { "a.conf": host(150, "state MASTER", "nopreempt"), "b.conf": host(100, "nopreempt") },
    (texts) => [
      [start("b", texts), { [vip]: ["b"] }],
      [start("a", texts), { [vip]: ["a"] }],
    ],
  ),
  violation(
    "the lower host does not send to the higher one, which has nopreempt",
    "explore-nopreempt",
    { "a.conf": host(150, "nopreempt", ...uni(1, 2)), "b.conf": host(100, "nopreempt", ...uni(2, 3)) },
    (texts) => [
      [start("b", texts), { [vip]: ["b"] }],
      [start("a", texts), { [vip]: ["a"] }],
    ],
  ),
  violation(
    "an instance on one host only",
    "explore-no-holder",
    { "a.conf": file(instance(...quick), beside(150)), "b.conf": host(100) },
    (texts) => [
      [startAll(texts), { [vip]: ["a"], "10.1.0.100": ["a"] }],
      [(lab) => lab.host("a").crash(), { [vip]: ["b"], "10.1.0.100": [] }],
    ],
  ),
];

describe.runIf(needsLab()).concurrent("real daemons do what is told of them", () => {
  test.each(violations)("$what: $breaks", async ({ breaks, texts, story }) => {
    const found = explore(fleetOf(texts), { faults: 1 }).diagnostics.map(({ rule }) => rule);
    expect(found).toContain(breaks);
    const hosts = Object.keys(planOf(texts)).map((name, index) => {
      const last = index + 1;
      return [name, { eth0: [`10.0.0.${last}/24`], eth1: [`10.1.0.${last}/24`] }] as const;
    });
    await withLab(Object.fromEntries(hosts), async (lab) => {
      for (const [deed, holders] of story) {
        await deed(lab);
        await lab.settled(holders, 4);
      }
    });
  });
});
