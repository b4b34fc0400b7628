/** Plays files with daemons on fake machines, as `play` does with the simulator. */
import type { Daemon } from "../../../src/run/daemon/daemon.ts";
import { type FakeMachine, groundWith, type World } from "./fakes.ts";

/** The ways in which both can be disturbed. */
export type Fault = readonly [
  moment: number,
  verb: "stop" | "start" | "kill" | "isolate" | "heal" | "link-down" | "link-up",
  host?: string,
];

/** As the simulator wants it. */
export function faultText([moment, verb, host]: Fault): string {
  const about = host === undefined ? "" : ` ${host}`;
  return `${Math.round(moment * 1000)}ms ${verb}${about}${verb.startsWith("link") ? " eth0" : ""}`;
}

interface Host {
  readonly machine: FakeMachine;
  readonly text: string;
  daemon: Daemon | undefined;
}

/** `3.414 a VI_1 MASTER` for every change but to INIT, in order. */
export async function playDaemons(
  world: World,
  texts: Readonly<Record<string, string>>,
  faults: readonly Fault[],
  duration: number,
): Promise<readonly string[]> {
  const hosts = Object.entries(texts).map(([name, text], index): Host => {
    return { machine: world.machine(name, groundWith(`10.0.0.${index + 1}/24`)), text, daemon: undefined };
  });
  for (const host of hosts) if (!startsLater(host.machine.name, faults)) boot(host);
  for (const [moment, verb, name] of faults) {
    for (const host of hosts) {
      if (name !== undefined && host.machine.name !== name) continue;
      world.at(moment, () => act(host, verb));
    }
  }
  await world.until(duration);
  return hosts.flatMap(({ machine }) => changesOf(machine)).sort();
}

function startsLater(name: string, faults: readonly Fault[]): boolean {
  const own = faults.filter(([, verb, host]) => host === name && ["start", "stop", "kill"].includes(verb));
  return own.toSorted(([one], [other]) => one - other)[0]?.[1] === "start";
}

function boot(host: Host): void {
  host.daemon = host.machine.daemon(host.text);
  void host.daemon.start();
}

function act(host: Host, verb: Fault[1]): void {
  const { machine, daemon } = host;
  if (verb === "isolate" || verb === "heal") machine.isolated = verb === "isolate";
  if (verb === "link-down" || verb === "link-up") machine.link("eth0", verb === "link-up");
  if (verb === "start" && !daemon) boot(host);
  if (verb !== "stop" && verb !== "kill") return;
  if (verb === "stop") void daemon?.stop();
  else machine.kill();
  host.daemon = undefined;
}

function changesOf({ logged, name }: FakeMachine): readonly string[] {
  return logged.flatMap((line) => {
    const [, moment, instance, state] = /^(\S+) \w+ (\S+): becomes (\w+):/.exec(line) ?? [];
    return moment === undefined ? [] : [`${moment} ${name} ${instance} ${state}`];
  });
}
