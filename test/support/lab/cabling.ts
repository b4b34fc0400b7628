/** Bridges, cables and namespaces as lines of `ip` commands. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ipLines } from "./commands.ts";

/** A host's interfaces with its own addresses, with prefix. The first ones of all hosts are one network, and so on. */
export type HostPlan = Readonly<Record<string, readonly string[]>>;

/** An interface and the end of its cable at the switch. */
export interface Port {
  readonly interface: string;
  /** Name of the other end, in the switch's namespace. */
  readonly name: string;
  /** The interface's own hardware address, the same in every lab. */
  readonly mac: string;
  /** Which of the lab's networks it is plugged into, from 0. */
  readonly network: number;
  /** The host's own addresses, with prefix. */
  readonly addresses: readonly string[];
}

/** The ports of a host, whose number makes their names short enough for Linux. */
export function portsOf(plan: HostPlan, host: number): readonly Port[] {
  return Object.entries(plan).map(([name, addresses], network) => ({
    interface: name,
    name: `host${host}.${network}`,
    mac: `02:00:00:00:${octet(host + 1)}:${octet(network)}`,
    network,
    addresses,
  }));
}

function octet(number: number): string {
  return number.toString(16).padStart(2, "0");
}

/** The bridge of a network, or of a part of a divided one. */
export function bridge(network: number, part = 0): string {
  return part === 0 ? `net${network}` : `net${network}.${part}`;
}

/** With snooping on, the first adverts to a group would be lost. */
export function bridgeLines(name: string): readonly string[] {
  return [`link add ${name} type bridge mcast_snooping 0 stp_state 0 forward_delay 0`, `link set ${name} up`];
}

/** Commands that bring an interface up with the host's own addresses, also when it has some of them. */
export function setUp(port: Port): readonly string[] {
  return [
    `link set ${port.interface} up`,
    ...port.addresses.map((address) => {
      const option = address.includes(":") ? " nodad" : "";
      return `address replace ${address} dev ${port.interface}${option}`;
    }),
  ];
}

/** IPv6 addresses can be used at once, without asking first whether another host has them. */
const firstSteps = `
for name; do
  ip netns add "$name" && ip netns exec "$name" sh -ec '
    for each in all default; do echo 0 > /proc/sys/net/ipv6/conf/$each/accept_dad; done
    ip link set lo up'
done
`;

/** Makes namespaces. */
export async function makeNamespaces(names: readonly string[]): Promise<void> {
  await promisify(execFile)("sh", ["-ec", firstSteps, "namespaces", ...names]);
}

/** Plugs each host's interfaces into the switch and gives them the host's addresses. */
export async function layCables(
  hosts: readonly { readonly namespace: string; readonly ports: readonly Port[] }[],
  switchNamespace: string,
): Promise<void> {
  const ports = hosts.flatMap((host) => host.ports);
  const bridges = [...new Set(ports.map(({ network }) => bridge(network)))];
  await ipLines(bridges.flatMap(bridgeLines), switchNamespace);
  await ipLines(
    hosts.flatMap((host) =>
      host.ports.map(
        (port) =>
          `link add ${port.interface} address ${port.mac} netns ${host.namespace} type veth peer name ${port.name} netns ${switchNamespace}`,
      ),
    ),
  );
  await ipLines(
    ports.map(({ name, network }) => `link set ${name} master ${bridge(network)} up`),
    switchNamespace,
  );
  await Promise.all(hosts.map((host) => ipLines(host.ports.flatMap(setUp), host.namespace)));
}
