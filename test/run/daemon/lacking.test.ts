/** Machines that lack what a file asks for. */
import { expect, test } from "vitest";
import { block } from "../../../src/rules/examples.ts";
import type { Daemon } from "../../../src/run/daemon/daemon.ts";
import { statusOf } from "../../../src/run/daemon/status.ts";
import { one } from "../../simulate/play.ts";
import { interfaceOf } from "../support.ts";
import { type FakeMachine, groundWith, World } from "./fakes.ts";

const six = block(
  "vrrp_instance VI_6",
  "interface eth0",
  "virtual_router_id 6",
  "mcast_src_ip fe80::1",
  block("virtual_ipaddress", "fe80::100"),
);

const machineWith = (world: World) => world.machine("a", groundWith("10.0.0.1/24"));

test("without IPv6 in the kernel an IPv4 instance runs, and one of IPv6 is in FAULT and says why", async () => {
  const world = new World();
  const machine = machineWith(world);
  machine.withoutSix = true;
  const text = one(150, "use_vmac", block("virtual_ipaddress_excluded", "2001:db8::100/64"));
  const daemon = machine.daemon(`${text}\n${six}`);
  await daemon.start();
  machine.appears({ ...interfaceOf("vrrp.51"), mac: "00:00:5e:00:01:33" });
  await world.until(10);
  const all = statusOf(daemon.parts, 0).instances.map(({ state, lacks }) => [state, lacks]);
  expect(all).toEqual([
    ["MASTER", null],
    ["FAULT", "this kernel has no IPv6"],
  ]);
  const stopped = daemon.stop();
  await world.until(11);
  await stopped;
  // Nothing of what keeps IPv6 off an interface, or takes away what could not be there.
  expect(machine.logged.filter((line) => / (warning|error) /.test(line))).toEqual([
    "0.000 error socket for IPv6, protocol 112, on eth0: this kernel has no IPv6",
    "0.000 warning VI_6: becomes FAULT: this kernel has no IPv6",
    "3.414 warning ip address replace 2001:db8::100/64 nodad dev eth0: RTNETLINK answers: Operation not supported",
  ]);
});

test.each([
  [
    "its interface comes up again",
    async (machine: FakeMachine) => {
      machine.link("eth0", false);
      machine.link("eth0", true);
    },
  ],
  [
    "the file is read anew",
    (machine: FakeMachine, daemon: Daemon) => daemon.reload(machine.planner(one(150))),
  ],
])("an instance without a socket is no master, until there is one when %s", async (_, happen) => {
  const world = new World();
  const machine = machineWith(world);
  machine.refusesSockets = "too many open files (EMFILE)";
  const daemon = machine.daemon(one(150));
  await daemon.start();
  await world.until(10);
  const states = () => machine.logged.filter((line) => line.includes("becomes"));
  expect(states()).toEqual(["0.000 warning VI_1: becomes FAULT: too many open files (EMFILE)"]);
  expect([machine.moves, machine.sent]).toEqual([[], []]);
  machine.refusesSockets = undefined;
  await happen(machine, daemon);
  await world.until(20);
  expect(states().at(-1)).toBe("13.414 info VI_1: becomes MASTER: heard nobody for 3.414 s");
});
