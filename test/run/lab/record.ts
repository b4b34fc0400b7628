/** What hosts did in a scenario, as lists that can be compared between combinations of programs. */
import { readFrame } from "../../support/lab/frames.ts";
import type { LabHost } from "../../support/lab.ts";
import type { Stage } from "./stage.ts";

/** Lists by what they are, such as `a sends 51`. */
export type Lists = Readonly<Record<string, readonly string[]>>;

/**
 * What every host sent, announced and told its programs: adverts in order with repetitions left out, announcements as a
 * sorted set, lines of notify scripts and FIFOs in order.
 */
export function recordOf(stage: Stage): Lists {
  const hosts = stage.lab.hosts.filter(({ name }) => stage.runs(name) !== undefined);
  return Object.fromEntries([
    ...hosts.flatMap(({ name }) => Object.entries(advertsOf(stage, name))),
    ...hosts.map(({ name }) => [`${name} announces`, announcementsOf(stage, name)] as const),
    ...hosts.flatMap((host) => linesOf(host)),
    ...Object.entries(stage.told),
  ]);
}

function advertsOf(stage: Stage, host: string): Lists {
  const lists: Record<string, string[]> = {};
  for (const { host: sender, network, bytes } of stage.lab.frames) {
    const packet = sender === host ? packetIn(bytes) : undefined;
    if (packet === undefined) continue;
    const key = `${host} sends ${packet.protocol}/${packet.vrid} in network ${network} to ${packet.to}`;
    const list = lists[key] ?? [];
    lists[key] = list;
    if (list.at(-1) !== packet.text) list.push(packet.text);
  }
  return lists;
}

function announcementsOf(stage: Stage, host: string): readonly string[] {
  // What is not meant for everybody is a kernel's answer to somebody else's announcement.
  const toAll = (bytes: Buffer) => (bytes[0] ?? 0) % 2 === 1;
  const found = stage.lab.frames
    .filter(({ host: sender, bytes }) => sender === host && toAll(bytes))
    .filter(({ bytes }) => readFrame(bytes)?.kind === "announcement")
    .map(({ network, bytes }) => `${network} ${bytes.toString("hex")}`);
  return [...new Set(found)].sort();
}

/** The files below /mnt in which notify scripts and readers of FIFOs write what they are told. */
export const toldFile = "told";
export const fifoFile = "fifo.log";

function linesOf(host: LabHost): readonly (readonly [string, readonly string[]])[] {
  const told = togetherByName(inOrderOfStart(host.read(toldFile)));
  const fifo = togetherByName(host.read(fifoFile).split("\n").filter(Boolean));
  return [
    ...(told.length > 0 ? [[`${host.name} tells scripts`, told] as const] : []),
    ...(fifo.length > 0 ? [[`${host.name} tells the FIFO`, fifo] as const] : []),
  ];
}

/**
 * Lines `PID WORDS` in the order in which the programs were started, without the numbers: two that start at the same
 * moment may write in the other order, but the first one has the lower number.
 */
export function inOrderOfStart(text: string): readonly string[] {
  const lines = text
    .split("\n")
    .filter(Boolean)
    .map((line) => ({ pid: Number.parseInt(line, 10), words: line.replace(/^\d+ /, "") }));
  for (let end = lines.length; end > 1; end -= 1) {
    for (let at = 1; at < end; at += 1) {
      const [before, after] = [lines[at - 1], lines[at]];
      if (!before || !after) continue;
      const distance = before.pid - after.pid;
      if (distance > 0 && distance < 100) [lines[at - 1], lines[at]] = [after, before];
    }
  }
  return lines.map(({ words }) => words);
}

/**
 * Instances that come to the same state at the same moment, by name: which of them is first depends on whose advert or
 * timer is first by a microsecond.
 */
export function togetherByName(lines: readonly string[]): readonly string[] {
  const stateOf = (line = "") => /^INSTANCE \S+ (\S+)/.exec(line)?.[1];
  const runs: string[][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    const state = stateOf(line);
    if (run && state !== undefined && stateOf(run[0]) === state && !run.includes(line)) run.push(line);
    else runs.push([line]);
  }
  return runs.flatMap((run) => run.sort());
}

interface Packet {
  readonly protocol: number;
  readonly vrid: number;
  readonly to: string;
  readonly text: string;
}

const addressAt = (bytes: Buffer, at: number) => bytes.subarray(at, at + 4).join(".");

/**
 * An advert as text, without what may differ: identification (and so the header's checksum), flow label, and for AH the
 * counter and the digest over it. A hardware address counts where it is a virtual router's.
 */
function packetIn(frame: Buffer): Packet | undefined {
  const mac = frame.toString("hex", 6, 12);
  const link = mac.startsWith("00005e") ? `${mac} ` : "";
  const packet = Buffer.from(frame.subarray(14));
  switch (frame.readUInt16BE(12)) {
    case 0x86dd: {
      if (packet.readUInt8(6) !== 112) return undefined;
      packet.writeUInt32BE(packet.readUInt32BE(0) & 0xfff00000, 0);
      const to = packet.toString("hex", 24, 40);
      return { protocol: 112, vrid: packet.readUInt8(41), to, text: `${link}${packet.toString("hex")}` };
    }
    case 0x0800: {
      const protocol = packet.readUInt8(9);
      if (protocol !== 112 && protocol !== 51) return undefined;
      packet.writeUInt16BE(0, 4);
      packet.writeUInt16BE(0, 10);
      if (protocol === 51) packet.fill(0, 28, 44);
      const vrid = packet.readUInt8(protocol === 51 ? 45 : 21);
      return { protocol, vrid, to: addressAt(packet, 16), text: `${link}${packet.toString("hex")}` };
    }
    default:
      return undefined;
  }
}
