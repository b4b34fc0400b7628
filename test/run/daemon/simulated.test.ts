/** Daemons on fake machines do what the simulator says of the same files. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { block, file } from "../../../src/rules/examples.ts";
import { second } from "../../../src/vrrp/time.ts";
import { one, pair, play } from "../../simulate/play.ts";
import { World } from "./fakes.ts";
import { type Fault, faultText, playDaemons } from "./player.ts";

type Texts = Readonly<Record<string, string>>;

const peers = (own: number) => [
  `unicast_src_ip 10.0.0.${own}`,
  block("unicast_peer", ...[1, 2].filter((each) => each !== own).map((each) => `10.0.0.${each}`)),
];
const member = (name: string, vrid: number, priority: number) =>
  block(
    `vrrp_instance ${name}`,
    ...["interface eth0", `virtual_router_id ${vrid}`, `priority ${priority}`],
    block("virtual_ipaddress", `10.0.0.${100 + vrid}/24`),
  );
const grouped = (priorities: readonly [number, number]) =>
  file(
    block("vrrp_sync_group G", block("group", "A", "B")),
    member("A", 1, priorities[0]),
    member("B", 2, priorities[1]),
  );

const fleets: Readonly<Record<string, Texts>> = {
  "version 2": pair(),
  "version 3 at 0.1 s": pair("version 3", "advert_int 0.1"),
  nopreempt: pair("nopreempt"),
  preempt_delay: pair("preempt_delay 5"),
  password: pair(block("authentication", "auth_type PASS", "auth_pass secret")),
  AH: pair(block("authentication", "auth_type AH", "auth_pass secret")),
  unicast: { a: one(150, ...peers(1)), b: one(100, ...peers(2)) },
  trio: { a: one(150), b: one(120), c: one(100) },
  "sync group": { a: grouped([150, 100]), b: grouped([120, 130]) },
};

function simulated(texts: Texts, faults: readonly Fault[], duration: number): readonly string[] {
  const { changes } = play(texts, { duration, faults: faults.map(faultText) });
  return changes
    .filter(({ to }) => to !== "INIT")
    .map(({ at, host, instance, to }) => `${(at / second).toFixed(3)} ${host} ${instance} ${to}`)
    .sort();
}

describe.each(Object.entries(fleets))("%s", (_, texts) => {
  test.each<readonly [string, readonly Fault[]]>([
    ["nothing happens", []],
    [
      "the master is stopped and started",
      [
        [10.2, "stop", "a"],
        [20.7, "start", "a"],
      ],
    ],
    [
      "the master dies",
      [
        [10.2, "kill", "a"],
        [20.7, "start", "a"],
      ],
    ],
    [
      "nobody hears the master",
      [
        [10.2, "isolate", "a"],
        [20.7, "heal"],
      ],
    ],
    [
      "the link is down",
      [
        [10.2, "link-down", "a"],
        [20.7, "link-up", "a"],
      ],
    ],
  ])("%s", async (_, faults) => {
    const world = new World();
    const told = await playDaemons(world, texts, faults, 40);
    expect(told.length).toBeGreaterThan(2);
    expect(told).toEqual(simulated(texts, faults, 40));
    expect(world.machines.flatMap(({ sins }) => sins)).toEqual([]);
  });
});

const moment = fc.integer({ min: 1, max: 300 }).map((tenths) => tenths / 10 + 0.037);
const fault = fc.oneof(
  fc.tuple(
    moment,
    fc.constantFrom("stop", "start", "kill", "isolate", "link-down", "link-up"),
    fc.constantFrom("a", "b"),
  ),
  fc.tuple(moment, fc.constant("heal" as const)),
) as fc.Arbitrary<Fault>;

test("whatever happens to a pair", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("version 2", "nopreempt", "preempt_delay", "sync group"),
      fc.uniqueArray(fault, { maxLength: 5, selector: ([at]) => at }),
      async (fleet, faults) => {
        const texts = fleets[fleet] as Texts;
        const told = await playDaemons(new World(), texts, faults, 45);
        expect(told).toEqual(simulated(texts, faults, 45));
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);
