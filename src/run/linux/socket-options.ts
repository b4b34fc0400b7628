/**
 * What the kernel is told about the two raw sockets of a plan, as keepalived has them (vrrp.c, open_vrrp_read_socket and
 * open_vrrp_send_socket): pure tables, carried out by whichever backend opened the socket. The numbers are Linux' own.
 */
import { addressBytes, type Family, isMulticast } from "../../vrrp/address.ts";
import type { SocketPlan } from "../ports.ts";

/** One call of setsockopt. */
export interface SocketOption {
  readonly what: string;
  readonly level: number;
  readonly name: number;
  readonly value: Uint8Array;
}

const levels = { socket: 1, 4: 0, 6: 41 } as const;

/** A socket of this protocol sends whole packets and receives none. */
export const sendOnly = 255;

/** The number of an address family. */
export const familyNumber = (family: Family): 2 | 10 => (family === 4 ? 2 : 10);

function integer(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

const onSocket = (what: string, name: number, value: Uint8Array): SocketOption => ({
  what,
  level: levels.socket,
  name,
  value,
});

const onFamily = (family: Family, what: string, name: number, value: Uint8Array): SocketOption => ({
  what,
  level: levels[family],
  name,
  value,
});

const bindToDevice = (name: string) => onSocket("SO_BINDTODEVICE", 25, Buffer.from(`${name}\0`));

/** struct ip_mreqn and struct ipv6_mreq: the group on the interface of that index. */
function membership(group: string, index: number): Uint8Array {
  const bytes = addressBytes(group);
  return bytes.length === 4
    ? Buffer.concat([bytes, integer(0), integer(index)])
    : Buffer.concat([bytes, integer(index)]);
}

function join(family: Family, group: string, index: number): SocketOption {
  return onFamily(family, `join ${group}`, family === 4 ? 35 : 20, membership(group, index));
}

/** Multicast that other sockets asked for stays away. */
function onlyOwnGroups(family: Family): SocketOption {
  return onFamily(family, "MULTICAST_ALL", family === 4 ? 49 : 29, integer(0));
}

/** Of the socket that receives; the indexes are those of the plan's interfaces. */
export function receiverOptions(plan: SocketPlan, index: number | undefined): readonly SocketOption[] {
  const { family } = plan;
  return [
    onlyOwnGroups(family),
    ...(plan.interface === undefined ? [] : [bindToDevice(plan.interface)]),
    ...(plan.group === undefined || index === undefined ? [] : [join(family, plan.group, index)]),
    // Raw sockets of IPv6 hand out no header: hop limit, destination and traffic class come beside the packet.
    ...(family === 6
      ? [
          onFamily(6, "IPV6_RECVHOPLIMIT", 51, integer(1)),
          onFamily(6, "IPV6_RECVPKTINFO", 49, integer(1)),
          onFamily(6, "IPV6_RECVTCLASS", 66, integer(1)),
        ]
      : []),
  ];
}

/** Of the socket that sends, which hands over whole packets and does not hear its own multicast. */
export function senderOptions(plan: SocketPlan, index: number | undefined): readonly SocketOption[] {
  const { family } = plan;
  const by = plan.sendInterface ?? plan.interface;
  return [
    onFamily(family, "HDRINCL", family === 4 ? 3 : 36, integer(1)),
    ...(by === undefined ? [] : [bindToDevice(by)]),
    ...(plan.group === undefined || index === undefined ? [] : multicastBy(family, index)),
    onFamily(family, "traffic class", family === 4 ? 1 : 67, integer(networkControl)),
  ];
}

/** Precedence internetwork control: what queues on the way out of this host are told. */
const networkControl = 0xc0;

function multicastBy(family: Family, index: number): readonly SocketOption[] {
  const v4 = family === 4;
  const by = v4 ? Buffer.concat([integer(0), integer(0), integer(index)]) : integer(index);
  return [
    onFamily(family, "MULTICAST_IF", v4 ? 32 : 17, by),
    onFamily(family, "MULTICAST_LOOP", v4 ? 34 : 19, integer(0)),
    onFamily(family, "MULTICAST_HOPS", v4 ? 33 : 18, integer(255)),
    // As keepalived sends multicast with MSG_DONTROUTE: to the network itself, by no router.
    onSocket("SO_DONTROUTE", 5, integer(1)),
  ];
}

/**
 * Whether a packet to this address is one for the plan: keepalived binds its sockets to the group or to the source, and
 * raw-socket has no bind.
 */
export function isFor(plan: SocketPlan, destination: string): boolean {
  if (plan.group !== undefined) return destination === plan.group;
  return plan.source === undefined ? !isMulticast(destination) : destination === plan.source;
}

/** struct sockaddr_in and sockaddr_in6; the scope is the index of the interface that a link-local address is on. */
export function socketAddress(address: string, scope = 0): Uint8Array {
  const bytes = addressBytes(address);
  const made = Buffer.alloc(bytes.length === 4 ? 16 : 28);
  made.writeUInt16LE(bytes.length === 4 ? 2 : 10);
  made.set(bytes, bytes.length === 4 ? 4 : 8);
  if (bytes.length === 16) made.writeUInt32LE(scope, 24);
  return made;
}
