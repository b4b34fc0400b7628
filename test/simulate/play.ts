/** Plays files in virtual time, for tests. */
import { fleetOf } from "../../src/rules/example-fleet.ts";
import { block, file } from "../../src/rules/examples.ts";
import { castOf } from "../../src/simulate/cast.ts";
import { type Fault, parseFault, type Stage } from "../../src/simulate/faults.ts";
import { simulate } from "../../src/simulate/simulation.ts";
import type { Story } from "../../src/simulate/story.ts";
import { second } from "../../src/vrrp/time.ts";

export interface Played {
  readonly duration?: number;
  readonly seed?: number;
  readonly faults?: readonly string[];
  readonly release?: string;
}

/** Plays the texts, one host each, named like the keys. Times are in seconds. */
export function play(texts: Readonly<Record<string, string>>, played: Played = {}): Story {
  const { duration = 60, seed = 1, faults = [], release } = played;
  const files = Object.entries(texts).map(([name, text]) => [`${name}.conf`, text]);
  const cast = castOf(fleetOf(Object.fromEntries(files), release), release);
  return simulate(cast, { duration: duration * second, seed, faults: faultsOf(faults, stages(cast)) });
}

function faultsOf(texts: readonly string[], hosts: readonly Stage[]): readonly Fault[] {
  return texts.map((text) => parseFault(text, hosts));
}

function stages({ players }: ReturnType<typeof castOf>): readonly Stage[] {
  return players.map(({ name, interfaces, checks }) => {
    return { name, interfaces, trackers: checks.map((check) => check.name) };
  });
}

/** `3.609 a MASTER` for every change of the story. */
export function lines(story: Story): string[] {
  return story.changes.map(({ at, host, to }) => `${(at / second).toFixed(3)} ${host} ${to}`);
}

/** `0.000-3.609 -`, `3.609-60.000 a` for the spans of an address, the first one when none is given. */
export function spans(story: Story, address?: string): string[] {
  const holding = story.holdings.find((each) => address === undefined || each.address === address);
  return (holding?.spans ?? []).map(({ from, to, hosts }) => {
    const [start, end] = [from, to].map((at) => (at / second).toFixed(3));
    return `${start}-${end} ${hosts.join("+") || "-"}`;
  });
}

/** Who holds the address at the end. */
export function holders(story: Story, address?: string): readonly string[] {
  const holding = story.holdings.find((each) => address === undefined || each.address === address);
  return holding?.spans.at(-1)?.hosts ?? [];
}

/** A file with one instance in virtual router 51 that moves 10.0.0.100, unless the lines say otherwise. */
export function one(priority: number, ...given: readonly string[]): string {
  const moves = given.some((line) => line.startsWith("virtual_ipaddress"));
  const last = moves ? [] : [block("virtual_ipaddress", "10.0.0.100/24")];
  const first = ["interface eth0", "virtual_router_id 51", `priority ${priority}`];
  return file(block("vrrp_instance VI_1", ...first, ...given, ...last));
}

/** Two hosts with priorities 150 and 100 and the same lines. */
export function pair(...given: readonly string[]): Readonly<Record<string, string>> {
  return { a: one(150, ...given), b: one(100, ...given) };
}
