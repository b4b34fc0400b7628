/** What holds whatever happens to a daemon. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { block, file } from "../../../src/rules/examples.ts";
import { interfaceOf } from "../support.ts";
import { type FakeMachine, groundWith, World } from "./fakes.ts";

const instance = (name: string, vrid: number, ...lines: readonly string[]) =>
  block(`vrrp_instance ${name}`, "interface eth0", `virtual_router_id ${vrid}`, ...lines);
const addresses = (...hosts: readonly number[]) =>
  block("virtual_ipaddress", ...hosts.map((host) => `10.0.0.${host}/24`));
const script = block("vrrp_script chk", "script /bin/true");
const tracks = block("track_script", "chk");

/** Files that a reload may bring. */
const texts = [
  file(
    script,
    instance("A", 1, "priority 150", tracks, addresses(101, 102)),
    instance("B", 2, addresses(110)),
  ),
  file(
    script,
    instance("A", 1, "priority 90", tracks, addresses(102, 103)),
    instance("C", 3, addresses(110)),
  ),
  file(
    script,
    block("vrrp_sync_group G", block("group", "A", "B")),
    instance("A", 1, tracks, addresses(101)),
    instance("B", 2, "priority 200", addresses(110, 111)),
  ),
  file(
    block("static_ipaddress", "10.0.0.77/24 dev eth0"),
    instance("Z", 1, "advert_int 2", addresses(101, 102)),
  ),
];

type Deed = (machine: FakeMachine) => void;
const deeds: Readonly<Record<string, Deed>> = {
  "script fails": (machine) => machine.finds("script chk", false),
  "script works": (machine) => machine.finds("script chk", true),
  "link down": (machine) => machine.link("eth0", false),
  "link up": (machine) => machine.link("eth0", true),
  "interface gone": (machine) => machine.gone("eth0"),
  "interface back": (machine) => machine.appears({ ...interfaceOf("eth0", "10.0.0.1/24"), index: 9 }),
  "101 deleted": (machine) => machine.run("address delete 10.0.0.101/24 dev eth0"),
  "77 deleted": (machine) => machine.run("address delete 10.0.0.77/24 dev eth0"),
  "stands still": (machine) => machine.stalled || machine.stop(),
  "goes on": (machine) => machine.stalled && machine.goOn(),
  cut: (machine) => {
    machine.isolated = true;
  },
  healed: (machine) => {
    machine.isolated = false;
  },
};

const happening = fc.record({
  at: fc.integer({ min: 1, max: 400 }).map((tenths) => tenths / 10 + 0.037),
  deed: fc.constantFrom(...Object.keys(deeds), "reload"),
  text: fc.nat(texts.length - 1),
});

test("nothing is added that the guard does not hold, and nothing is left after the end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 12 }), fc.nat(texts.length - 1), async (all, first) => {
      const world = new World();
      const machine = world.machine("a", groundWith("10.0.0.1/24"));
      const peer = world.machine("b", groundWith("10.0.0.2/24"));
      machine.statuses["script chk"] = true;
      peer.statuses["script chk"] = true;
      const [daemon, other] = [machine.daemon(texts[first] ?? ""), peer.daemon(texts[0] ?? "")];
      await Promise.all([daemon.start(), other.start()]);
      const reloads: Promise<void>[] = [];
      for (const { at, deed, text } of all) {
        world.at(at, () => {
          if (deed === "reload") reloads.push(daemon.reload(machine.planner(texts[text] ?? "")));
          else deeds[deed]?.(machine);
        });
      }
      await world.until(45);
      if (machine.stalled) machine.goOn();
      await world.until(46);
      for (const address of machine.addresses) {
        expect(machine.guards(address)).toBe(true);
      }
      await Promise.all(reloads);
      await daemon.stop();
      await world.until(50);
      expect(machine.sins).toEqual([]);
      expect([...machine.addresses]).toEqual([]);
      expect([...machine.held]).toEqual([]);
      expect(machine.openSockets).toBe(0);
      expect(machine.alarm).toBeUndefined();
      expect(machine.logged.filter((line) => / error /.test(line))).toEqual([]);
    }),
    { numRuns: 60 },
  );
}, 120_000);
