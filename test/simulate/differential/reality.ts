/** Plays a cluster on real hosts: keepalived in the lab, and the faults as users understand them. */
import { execFile } from "node:child_process";
import { scheduler } from "node:timers/promises";
import { promisify } from "node:util";
import { now } from "../../support/lab/daemon.ts";
import { type Lab, type LabHost, withLab } from "../../support/lab.ts";
import { address } from "./addresses.ts";
import type { Change, Cluster, Deed, Reality } from "./observation.ts";

/**
 * Plays the cluster in real time, as soon as `ready` resolves. Faults count from the moment at which all daemons are up
 * that run from the beginning; what is seen counts from the moment at which they were started.
 */
export function playForReal(
  cluster: Cluster,
  addresses: readonly string[],
  ready: () => Promise<void>,
): Promise<Reality> {
  const names = Object.keys(cluster.texts);
  const plan = Object.fromEntries(
    names.map((name, index) => {
      const net = (number: number) => [
        `${address(4, number, index)}/24`,
        `fd0${number}::${index + 1}/64`,
        `${address(6, number, index)}/64`,
      ];
      return [name, { eth0: net(0), eth1: net(1) }];
    }),
  );
  return withLab(plan, (lab) => new Play(lab, cluster).run(addresses, ready));
}

/** What a daemon says when it hears and sends. */
const up = "VRRP sockpool: [";

class Play {
  readonly #lab: Lab;
  readonly #cluster: Cluster;
  readonly #deeds: Deed[] = [];
  readonly #off = new Set<string>();
  readonly #started: { readonly name: string; readonly at: number }[] = [];

  constructor(lab: Lab, cluster: Cluster) {
    this.#lab = lab;
    this.#cluster = cluster;
  }

  async run(addresses: readonly string[], ready: () => Promise<void>): Promise<Reality> {
    const { faults, duration } = this.#cluster;
    await this.#nft("add table bridge cuts { chain on { type filter hook forward priority 0; } ; }");
    for (const host of this.#lab.hosts) host.write("num", "0\n");
    await ready();
    const origin = now();
    const early = this.#lab.hosts.filter(({ name }) => !startsLater(name, faults));
    for (const host of early) this.#start(host);
    await this.#lab.until("all daemons are up", () =>
      early.every(({ log }) => log.some(({ text }) => text.includes(up))),
    );
    const begin = now();
    const wait = (seconds: number) => scheduler.wait(Math.max(0, begin + seconds * 1000 - now()));
    const pending: Promise<void>[] = [];
    for (const fault of faults) {
      const [time = "", verb = "", name = "", what = ""] = fault.split(" ");
      await wait(Number.parseFloat(time));
      if (verb === "stall") pending.push(this.#stall(name, Number.parseFloat(what)));
      else await this.#perform(verb, name, what);
    }
    await wait(duration);
    await Promise.all(pending);
    const end = now();
    return this.#reality(origin, end, await this.#lab.holders(addresses));
  }

  #start(host: LabHost): void {
    if (host.running) return;
    this.#started.push({ name: host.name, at: now() });
    host.start(this.#cluster.texts[host.name]);
  }

  async #perform(verb: string, name: string, what: string): Promise<void> {
    const from = now();
    await this.#deed(verb, name, what);
    // A stopped daemon says goodbye at once and ends later; a power cut comes first, then what is left is tidied up.
    const atOnce = verb === "stop" || verb === "kill";
    const text = [verb, name, what].filter(Boolean).join(" ");
    // A start is told by the daemon itself.
    if (verb !== "start") this.#deeds.push({ text, from, to: atOnce ? Math.min(now(), from + 40) : now() });
  }

  async #deed(verb: string, name: string, what: string): Promise<void> {
    if (verb === "heal") return this.#nft("flush chain bridge cuts on");
    const host = this.#lab.host(name);
    switch (verb) {
      case "kill":
        this.#off.add(name);
        return host.crash();
      case "start":
        if (this.#off.delete(name)) await host.boot();
        return this.#start(host);
      case "stop":
        return host.stop();
      case "link-down":
        return host.linkDown(what);
      case "link-up":
        return host.linkUp(what);
      case "fail":
        return host.write(what, what === "num" ? failing(this.#cluster.texts[name] ?? "") : "");
      case "pass":
        return what === "num" ? host.write("num", "0\n") : host.remove(what);
      default:
        return this.#cut(verb, name, what);
    }
  }

  #cut(verb: string, one: string, other: string): Promise<void> {
    const ports = (name: string) => this.#lab.host(name).ports.map((port) => port.name);
    const rules =
      verb === "isolate"
        ? ports(one).flatMap((port) => [`iifname ${port}`, `oifname ${port}`])
        : ports(one).flatMap((port, net) => {
            const peer = ports(other)[net];
            const there = `iifname ${port} oifname ${peer}`;
            return verb === "cut" ? [there, `iifname ${peer} oifname ${port}`] : [there];
          });
    return this.#nft(rules.map((rule) => `add rule bridge cuts on ${rule} drop`).join("; "));
  }

  async #nft(rules: string): Promise<void> {
    await promisify(execFile)("ip", ["netns", "exec", `${this.#lab.name}-switch`, "nft", rules]);
  }

  async #stall(name: string, seconds: number): Promise<void> {
    const host = this.#lab.host(name);
    const from = now();
    host.stall();
    await scheduler.wait(seconds * 1000);
    host.resume();
    this.#deeds.push({ text: `stall ${name} ${((now() - from) / 1000).toFixed(3)}s`, from, to: from });
  }

  #reality(origin: number, end: number, holders: Readonly<Record<string, readonly string[]>>): Reality {
    const starts = this.#started.flatMap(({ name, at }) => {
      const line = this.#lab.host(name).log.find((each) => each.at >= at && each.text.includes(up));
      return line ? { text: `start ${name}`, from: at, to: line.at } : [];
    });
    const all = [...this.#deeds, ...starts].sort((one, other) => one.from - other.from);
    const logs = this.#lab.hosts.flatMap(({ name, log }) =>
      log.map(({ at, text }) => ({ at, text: `${name} ${text.replace(/^.{24}: /, "")}` })),
    );
    return {
      changes: this.#lab.hosts
        .flatMap((host) => changesOf(host, origin))
        .sort((one, other) => one.seconds - other.seconds),
      holders: Object.fromEntries(Object.entries(holders).map(([key, hosts]) => [key, [...hosts].sort()])),
      deeds: all.map(({ text, from, to }) => ({ text, from: from - origin, to: to - origin })),
      duration: (end - origin) / 1000,
      log: logs
        .sort((one, other) => one.at - other.at)
        .map(({ at, text }) => `${((at - origin) / 1000).toFixed(3)} ${text}`)
        .join("\n"),
    };
  }
}

function startsLater(name: string, faults: readonly string[]): boolean {
  const first = faults.find((text) => new RegExp(` (start|stop|kill) ${name}$`).test(text));
  return first?.includes(" start ") ?? false;
}

/** What costs priority, as the simulator counts it. */
function failing(text: string): string {
  return /vrrp_track_file[^}]*weight [1-9]/.test(text) ? "-1\n" : "1\n";
}

/** The instances of a host that say so, and those of a sync group that follow one in silence. */
function changesOf(host: LabHost, origin: number): readonly Change[] {
  return host.log.flatMap(({ at, text }): readonly Change[] => {
    const seconds = (at - origin) / 1000;
    if (text.includes("Syncing instances to FAULT")) {
      return ["VI_1", "VI_2"].map((instance) => ({ seconds, host: host.name, instance, to: "FAULT" }));
    }
    const [, instance, to] = /\((\S+)\) Entering (BACKUP|MASTER|FAULT) STATE/.exec(text) ?? [];
    if (instance === undefined || to === undefined || text.includes("FAULT STATE (init)")) return [];
    return [{ seconds, host: host.name, instance, to: to as Change["to"] }];
  });
}
