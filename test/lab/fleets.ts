/** From the texts of a fleet to hosts of a lab, and to what the linter's model says of them. */
import type { Fleet } from "../../src/model/host.ts";
import { takeovers } from "../../src/model/takeover.ts";
import { fleetOf } from "../support/fleet.ts";
import type { Holders } from "../support/lab/lab.ts";
import type { HostPlan, Lab, LabPlan } from "../support/lab.ts";

/** Texts by file name, such as `a.conf`, as the linter reads them. */
export type Texts = Readonly<Record<string, string>>;

/**
 * Who should hold each address while these hosts are alive: the first of them in the order of takeover. Addresses of
 * which the model is not certain are left out.
 */
export function modelHolders(texts: Texts, alive: readonly string[]): Holders {
  const holders: Record<string, readonly string[]> = {};
  for (const { turns } of takeovers(fleetOf(texts))) {
    const turn = turns.find(({ member }) => alive.includes(member.host.name));
    if (!turn || turn.uncertain) continue;
    const { host, instance } = turn.member;
    for (const { address } of [...instance.addresses, ...instance.excluded]) holders[address] = [host.name];
  }
  return holders;
}

/** Seconds after which every host that waits for its turn has taken it, also one that is just starting. */
export function patience(fleet: Fleet): number {
  const turns = takeovers(fleet).flatMap((takeover) => takeover.turns);
  return Math.max(...turns.map(({ seconds, interval }) => seconds + interval)) + 1;
}

/** Waits until these hosts hold these addresses and that lasts. */
export function settle(lab: Lab, texts: Texts, holders: Holders): Promise<void> {
  if (Object.keys(holders).length === 0) throw new Error("No address is expected anywhere.");
  return lab.settled(holders, patience(fleetOf(texts)));
}

/** The hosts in the order in which they become master of the fleet's first virtual router, then all others. */
export function takeoverOrder(texts: Texts): readonly string[] {
  const hosts = takeovers(fleetOf(texts)).flatMap(({ turns }) => turns.map(({ member }) => member.host.name));
  return [...new Set(hosts)];
}

/** Starts keepalived on each host with its file. */
export function startAll(lab: Lab, texts: Texts): void {
  for (const host of lab.hosts) host.start(texts[`${host.name}.conf`]);
}

/**
 * The interfaces that the files name, with the addresses that they claim for the host, or else 10.0.0.1 for the first
 * host, 10.0.0.2 for the second. Every interface has an IPv6 address as well.
 */
export function planOf(texts: Texts): LabPlan {
  const taken = new Set<string>();
  const plan = fleetOf(texts).hosts.map(({ name, instances }, index): readonly [string, HostPlan] => {
    const interfaces = [...new Set(instances.flatMap((each) => each.interface?.value ?? []))].sort();
    const sources = instances.flatMap(({ source }) => source?.value ?? []);
    const claimed = sources.filter((address) => !address.includes(":") && !taken.has(address));
    for (const address of claimed) taken.add(address);
    const addresses = (network: number) => {
      const own =
        network === 0 && claimed.length > 0 ? [...new Set(claimed)] : [`10.0.${network}.${index + 1}`];
      return [...own.map((address) => `${address}/24`), `fd00:0:0:${network}::${index + 1}/64`];
    };
    return [name, Object.fromEntries(interfaces.map((each, network) => [each, addresses(network)]))];
  });
  return Object.fromEntries(plan);
}
