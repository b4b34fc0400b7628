/** Plays a scenario on real hosts and writes down what they do. */
import { scheduler } from "node:timers/promises";
import { keepalivedRelease } from "../support/keepalived.ts";
import { now } from "../support/lab/daemon.ts";
import { type Lab, type LabHost, withLab } from "../support/lab.ts";
import type { Scenario } from "./scenarios.ts";
import type { Trace, TraceEvent } from "./trace.ts";

type Event = { readonly at: number; readonly event: TraceEvent };

/**
 * Plays a scenario in real time. When an advert was sent while a host was cut off or killed, nobody can tell which came
 * first; the scenario is then played again.
 */
export async function record(scenario: Scenario): Promise<Trace> {
  for (let left = 8; left > 0; left--) {
    const trace = await recordOnce(scenario);
    if (trace) return trace;
  }
  throw new Error(`${scenario.name}: something was sent at every moment when hosts were cut off or killed.`);
}

function recordOnce(scenario: Scenario): Promise<Trace | undefined> {
  const names = Object.keys(scenario.texts);
  const plan = Object.fromEntries(
    names.map((name, index) => {
      const last = index + 1;
      return [name, { eth0: [`10.0.0.${last}/24`, `fd00::${last}/64`], eth1: [`10.1.0.${last}/24`] }];
    }),
  );
  return withLab(plan, async (lab) => {
    const sources = await sourcesOf(lab);
    const deeds: Event[] = [];
    const unclear: { from: number; to: number }[] = [];
    const begin = now();
    for (const line of scenario.story) {
      const [time = "", verb = "", name = "", what] = line.split(" ");
      await scheduler.wait(Math.max(0, begin + Number.parseFloat(time) * 1000 - now()));
      const sudden = ["kill", "stop", "cut", "heal", "unplug", "plug", "link-down"].includes(verb);
      if (sudden) await justAfterAnAdvert(lab);
      const at = now();
      await perform(lab, scenario, verb, name, what);
      deeds.push(...deedEvents(at, now(), verb, name));
      if (sudden) unclear.push({ from: at - 5, to: 5 + at + (certainAfter[verb] ?? now() - at) });
    }
    await scheduler.wait(Math.max(0, begin + scenario.duration * 1000 - now()));
    const isUnclear = ({ at }: { readonly at: number }) =>
      unclear.some(({ from, to }) => at > from && at < to);
    if (lab.adverts.some(isUnclear)) return undefined;
    return traceOf(lab, scenario, deeds, sources);
  });
}

/** After how many ms a deed has happened for certain; others may take as long as their command. A stop says so itself. */
const certainAfter: Readonly<Record<string, number>> = { kill: 15, stop: -5, "link-down": -5 };

/** The next advert of the same master is then an interval away. */
async function justAfterAnAdvert(lab: Lab): Promise<void> {
  const start = now();
  while (now() - start < 1500) {
    const since = now() - (lab.adverts.at(-1)?.at ?? 0);
    if (since > 6 && since < 25) return;
    await scheduler.wait(2);
  }
}

/** The addresses from which each host sends on each interface. */
async function sourcesOf(lab: Lab): Promise<Readonly<Record<string, Trace["hosts"][string]["sources"]>>> {
  const found: Record<string, Record<string, Record<4 | 6, string>>> = {};
  for (const host of lab.hosts) {
    const interfaces: Record<string, Record<4 | 6, string>> = {};
    for (const port of host.ports) {
      const links = JSON.parse(await host.ip("-json", "address", "show", "dev", port.interface));
      const all: readonly { readonly local: string; readonly family: string }[] = links[0].addr_info;
      const first = (family: string, prefix: string) =>
        all.find((each) => each.family === family && each.local.startsWith(prefix))?.local ?? "";
      interfaces[port.interface] = { 4: first("inet", ""), 6: first("inet6", "fe80") };
    }
    found[host.name] = interfaces;
  }
  return found;
}

async function perform(lab: Lab, scenario: Scenario, verb: string, name: string, what: string | undefined) {
  if (verb === "heal") return lab.heal();
  if (verb === "cut") {
    return lab.partition(
      [name],
      lab.hosts.map((host) => host.name).filter((each) => each !== name),
    );
  }
  const host = lab.host(name);
  const verbs: Readonly<Record<string, () => unknown>> = {
    start: () => host.start(scenario.texts[name] ?? ""),
    stop: () => host.stop(),
    kill: () => killed(host),
    "link-down": () => host.linkDown(what),
    "link-up": () => host.linkUp(what),
    unplug: () => host.unplug(),
    plug: () => host.plug(),
    fail: () => host.write(what ?? "", ""),
    pass: () => host.remove(what ?? ""),
  };
  const deed = verbs[verb];
  if (!deed) throw new Error(`Nothing is called ${verb}.`);
  await deed();
}

/** A host without power keeps no addresses; its cables stay, because only the daemon is compared. */
async function killed(host: LabHost): Promise<void> {
  await host.kill();
  for (const address of [
    "10.0.0.100/24",
    "10.0.0.101/24",
    "10.0.0.102/24",
    "fd00::100/64",
    "fe80::5:1/128",
  ]) {
    await host.ip("address", "delete", address, "dev", "eth0").catch(() => "");
  }
  await host.ip("address", "delete", "10.1.0.100/24", "dev", "eth1").catch(() => "");
}

/** What the daemon could not tell of itself. */
function deedEvents(before: number, after: number, verb: string, name: string): readonly Event[] {
  switch (verb) {
    case "stop":
      return [{ at: before, event: [0, name, "stop"] }];
    case "kill":
      return [{ at: before, event: [0, name, "kill"] }];
    case "cut":
    case "unplug":
      return [{ at: before, event: [0, name, "away"] }];
    case "plug":
      return [{ at: after, event: [0, name, "back"] }];
    case "heal":
      return [{ at: after, event: [0, "", "back"] }];
    default:
      return [];
  }
}

function traceOf(
  lab: Lab,
  scenario: Scenario,
  deeds: readonly Event[],
  sources: Awaited<ReturnType<typeof sourcesOf>>,
): Trace {
  const packets: string[] = [];
  const all = [
    ...deeds,
    ...announcedIn(lab),
    ...lab.hosts.flatMap(saidBy),
    ...lab.hosts.flatMap(movesOf),
    ...sentIn(lab, packets),
  ];
  const sorted = all.sort((one, other) => one.at - other.at);
  const first = sorted[0]?.at ?? 0;
  return {
    name: scenario.name,
    release: keepalivedRelease() ?? "unknown",
    story: scenario.story,
    hosts: Object.fromEntries(
      Object.entries(scenario.texts).map(([name, text]) => [name, { text, sources: sources[name] ?? {} }]),
    ),
    packets,
    events: sorted.map(
      ({ at, event: [, ...rest] }) => [Math.round(at - first), ...rest] as unknown as TraceEvent,
    ),
  };
}

/** The daemon's own lines: ready, a script's result, an interface. */
function saidBy(host: LabHost): readonly Event[] {
  return host.log.flatMap(({ at, text }): readonly Event[] => {
    if (text.includes("VRRP sockpool:")) return [{ at, event: [0, host.name, "start"] }];
    const script = /VRRP_Script\((\S+)\) (succeeded|failed)/.exec(text);
    if (script)
      return [{ at, event: [0, host.name, "track", `script ${script[1]}`, script[2] === "succeeded"] }];
    const link = /Netlink reports (\S+) (up|down)/.exec(text);
    return link ? [{ at, event: [0, host.name, "track", `interface ${link[1]}`, link[2] === "up"] }] : [];
  });
}

/** The addresses that scenarios move. */
const virtual = /^10\.\d\.0\.10\d$|^fd00::100$|^fe80::5:1$/;

function movesOf(host: LabHost): readonly Event[] {
  return host.moves
    .filter(({ address }) => virtual.test(address))
    .map(({ at, address, held }) => ({ at, event: [0, host.name, held ? "add" : "remove", address] }));
}

function announcedIn(lab: Lab): readonly Event[] {
  return lab.announcements
    .filter(({ address }) => virtual.test(address))
    .map(({ at, host, address }) => ({ at, event: [0, host, "announce", address] }));
}

function sentIn(lab: Lab, packets: string[]): readonly Event[] {
  return lab.frames.flatMap(({ at, host, bytes }): readonly Event[] => {
    const packet = packetIn(bytes);
    if (packet === undefined) return [];
    if (!packets.includes(packet)) packets.push(packet);
    return [{ at, event: [0, host, "advert", packets.indexOf(packet)] }];
  });
}

/** The packet of a frame with an advert. Identification and flow label are blanked, unless they are signed. */
function packetIn(frame: Buffer): string | undefined {
  const type = frame.readUInt16BE(12);
  const packet = Buffer.from(frame.subarray(14));
  if (type === 0x86dd && packet.readUInt8(6) === 112) {
    packet.writeUInt32BE(packet.readUInt32BE(0) & 0xfff00000, 0);
    return packet.toString("hex");
  }
  if (type !== 0x0800) return undefined;
  const protocol = packet.readUInt8(9);
  if (protocol === 51) return packet.toString("hex");
  if (protocol !== 112) return undefined;
  packet.writeUInt16BE(0, 4);
  packet.writeUInt16BE(0, 10);
  return packet.toString("hex");
}
