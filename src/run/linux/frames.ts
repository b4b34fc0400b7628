/** Ethernet frames that announce an address, byte for byte as keepalived makes them. Pure. */
import { addressBytes, type Family } from "../../vrrp/address.ts";
import { internetChecksum } from "../../vrrp/packet-checksum.ts";

const everybody = Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
const types = { arp: [0x08, 0x06], ipv6: [0x86, 0xdd] } as const;

/**
 * A gratuitous ARP request (vrrp_arp.c, send_gratuitous_arp_immediate): who has `address`, asked by who has it. The
 * target's hardware address is everybody's.
 */
export function gratuitousArp(mac: Uint8Array, address: string): Uint8Array {
  const ip = addressBytes(address);
  const [ethernet, ipv4, request] = [
    [0, 1],
    [0x08, 0x00],
    [0, 1],
  ] as const;
  return Uint8Array.from([
    ...[...everybody, ...mac, ...types.arp],
    ...[...ethernet, ...ipv4, 6, 4, ...request],
    ...[...mac, ...ip],
    ...[...everybody, ...ip],
  ]);
}

const allNodes = "ff02::1";
const allNodesMac = [0x33, 0x33, 0, 0, 0, 1] as const;
const icmp6 = 58;

/**
 * An unsolicited neighbour advertisement (RFC 4861, 4.4; vrrp_ndisc.c, ndisc_send_unsolicited_na_immediate): sent by the
 * address itself to all nodes, with the override flag, and the router flag where the host forwards.
 */
export function neighbourAdvertisement(mac: Uint8Array, address: string, router: boolean): Uint8Array {
  const [source, destination] = [addressBytes(address), addressBytes(allNodes)];
  const flags = 0x20 | (router ? 0x80 : 0);
  const targetLinkAddress = [2, 1, ...mac];
  const message = Uint8Array.from([136, 0, 0, 0, flags, 0, 0, 0, ...source, ...targetLinkAddress]);
  const pseudo = [...source, ...destination, 0, 0, 0, message.length, 0, 0, 0, icmp6];
  new DataView(message.buffer).setUint16(2, internetChecksum(Uint8Array.from([...pseudo, ...message])));
  const header = [0x60, 0, 0, 0, 0, message.length, icmp6, 255, ...source, ...destination];
  return Uint8Array.from([...allNodesMac, ...mac, ...types.ipv6, ...header, ...message]);
}

/** The frame that announces an address of a family. */
export function announcementFrame(
  family: Family,
  mac: Uint8Array,
  address: string,
  router: boolean,
): Uint8Array {
  return family === 4 ? gratuitousArp(mac, address) : neighbourAdvertisement(mac, address, router);
}
