/** A machine for plans: two interfaces with addresses, a few users, and programs that are all well. */
import { readHost } from "../../src/model/read.ts";
import { planOf } from "../../src/run/plan/plan.ts";
import type { Surroundings } from "../../src/run/plan/surroundings.ts";
import type { InstancePlan, RunPlan } from "../../src/run/plan/types.ts";
import type { Ground, Interface } from "../../src/run/ports.ts";

type Address = Interface["addresses"][number];

/** An address of an interface; link-local ones have the scope of a link. */
export function held(text: string): Address {
  const [address = "", prefix] = text.split("/");
  const family = address.includes(":") ? 6 : 4;
  return { family, address, prefix: Number(prefix), scope: address.startsWith("fe80:") ? "link" : "global" };
}

export function interfaceOf(name: string, ...addresses: readonly string[]): Interface {
  const index = Number(/\d+$/.exec(name)?.[0] ?? 0) + 2;
  const mac = `02:00:00:00:00:0${index}`;
  return { name, index, mac, mtu: 1500, up: true, addresses: addresses.map(held) };
}

export function groundOf(...interfaces: readonly Interface[]): Ground {
  return new Map(interfaces.map((one) => [one.name, one]));
}

export const usualGround = groundOf(
  interfaceOf("eth0", "10.0.0.1/24", "10.0.0.9/24", "2001:db8::1/64", "fe80::1/64"),
  interfaceOf("eth1", "10.1.0.1/24", "fe80::2/64"),
);

export const usualSurroundings: Surroundings = {
  hostname: "a.example.com",
  self: { uid: 0, gid: 0, user: "root" },
  release: undefined,
  runner(user, group) {
    const users: Readonly<Record<string, number>> = { root: 0, nobody: 65534, alice: 1000 };
    const groups: Readonly<Record<string, number>> = { root: 0, nogroup: 65534, wheel: 10 };
    const uid = users[user];
    const gid = group === undefined ? uid : groups[group];
    return uid === undefined || gid === undefined ? undefined : { uid, gid };
  },
  inspect: (path) => ({ path, refused: undefined, insecure: false }),
  keyFile: () => ({ problem: "it is not there" }),
};

/** The plan of a text, on the usual machine unless told otherwise. */
export function planFor(
  text: string,
  { ground = usualGround, surroundings = {} }: { ground?: Ground; surroundings?: Partial<Surroundings> } = {},
): RunPlan {
  return planOf(readHost({ path: "a.conf", text }), ground, { ...usualSurroundings, ...surroundings });
}

/** All instances of a plan. */
export function instancesOf({ parts }: RunPlan): readonly InstancePlan[] {
  return parts.flatMap(({ instances }) => instances);
}

/** The first instance of a text's plan. */
export function instanceFor(text: string, more: Parameters<typeof planFor>[1] = {}): InstancePlan {
  const [instance] = instancesOf(planFor(text, more));
  if (!instance) throw new Error(`Nothing of it runs: ${text}`);
  return instance;
}

/** A text with one instance on eth0, which has these lines. */
export function withInstance(...lines: readonly string[]): string {
  return `vrrp_instance V {\n  interface eth0\n  virtual_router_id 51\n  ${lines.join("\n  ")}\n}\n`;
}

/** A block of lines. */
export function block(header: string, ...lines: readonly string[]): string {
  return `${header} {\n${lines.join("\n")}\n}`;
}

export const oneAddress = block("virtual_ipaddress", "10.0.0.100/24");
