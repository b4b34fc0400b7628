/** Records an advert of every kind from a real keepalived, one for each priority and destination that occurs. */
import { addressText } from "../../src/vrrp/address.ts";
import { keepalivedRelease } from "../support/keepalived.ts";
import { type Lab, withLab } from "../support/lab.ts";
import { type Kind, kinds, sender } from "./kinds.ts";

/** One packet as it was on the wire. */
export interface Vector {
  readonly kind: string;
  readonly priority: number;
  readonly destination: string;
  /** From the IP header on, in hexadecimal digits. */
  readonly packet: string;
}

export interface Recording {
  readonly release: string;
  readonly vectors: readonly Vector[];
}

const plan = {
  a: { eth0: [`${sender[4]}/24`, `${sender[6]}/64`], eth1: ["10.1.0.1/24"] },
  b: { eth0: ["10.0.0.2/24", "fd00::2/64"], eth1: ["10.1.0.2/24"] },
  c: { eth0: ["10.0.0.3/24", "fd00::3/64"], eth1: ["10.1.0.3/24"] },
};

/** Runs keepalived until every kind was seen, changes priorities, stops it, and returns what it sent. */
export function record(): Promise<Recording> {
  return withLab(plan, async (lab) => {
    const [a] = lab.hosts;
    a?.start(textOf(kinds));
    await lab.until("an advert of every kind", () => kinds.every((kind) => seen(lab, kind).length > 0));
    await a?.linkDown("eth1");
    const weighted = kinds.filter(({ lines }) => lines.includes("track_interface {"));
    await lab.until("changed priorities", () =>
      weighted.every((kind) => seen(lab, kind).some(({ priority }) => priority === 150)),
    );
    await a?.stop();
    await lab.until("priority 0 of every kind", () =>
      kinds.every((kind) => seen(lab, kind).some(({ priority }) => priority === 0)),
    );
    return { release: keepalivedRelease() ?? "unknown", vectors: kinds.flatMap((kind) => seen(lab, kind)) };
  });
}

function textOf(all: readonly Kind[]): string {
  return all
    .map(({ lines, advert }) =>
      [
        `vrrp_instance VI_${advert.vrid} {`,
        "interface eth0",
        `virtual_router_id ${advert.vrid}`,
        ...(lines.some((line) => line.startsWith("priority")) ? [] : ["priority 150"]),
        ...lines,
        "virtual_ipaddress {",
        ...advert.addresses,
        "}",
        "}\n",
      ].join("\n"),
    )
    .join("\n");
}

/** The first packet for each destination and priority. */
function seen(lab: Lab, { name, advert }: Kind): readonly Vector[] {
  const found = new Map<string, Vector>();
  for (const { bytes } of lab.frames) {
    const sight = sightOf(bytes);
    if (!sight || sight.vrid !== advert.vrid) continue;
    const { priority, destination, packet } = sight;
    const key = `${priority} ${destination}`;
    if (!found.has(key)) found.set(key, { kind: name, priority, destination, packet });
  }
  return [...found.values()];
}

/** Independent of the product's reading. */
function sightOf(frame: Buffer) {
  const packet = frame.subarray(14);
  const ipv6 = frame.readUInt16BE(12) === 0x86dd;
  if (!ipv6 && frame.readUInt16BE(12) !== 0x0800) return undefined;
  const protocol = packet.readUInt8(ipv6 ? 6 : 9);
  if (protocol !== 112 && protocol !== 51) return undefined;
  const message = packet.subarray(ipv6 ? 40 : protocol === 51 ? 44 : 20);
  return {
    vrid: message.readUInt8(1),
    priority: message.readUInt8(2),
    destination: addressText(ipv6 ? packet.subarray(24, 40) : packet.subarray(16, 20)),
    packet: packet.toString("hex"),
  };
}
