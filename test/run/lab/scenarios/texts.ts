/** Builders for the files of the scenarios. */
import { block, file } from "../../../../src/rules/examples.ts";
import type { LabPlan } from "../../../support/lab.ts";

export { block, file };

export type Lines = readonly string[];

/** The addresses that move in most scenarios. */
export const vip = "10.0.0.100";
export const vip6 = ["fe80::5:1", "fd00::100"] as const;
const priorities: Readonly<Record<string, number>> = { a: 150, b: 100, c: 50 };

/** Two hosts, and three. */
export const two: LabPlan = {
  a: { eth0: ["10.0.0.1/24", "fd00::1/64"], eth1: ["10.1.0.1/24"] },
  b: { eth0: ["10.0.0.2/24", "fd00::2/64"], eth1: ["10.1.0.2/24"] },
};
export const three: LabPlan = { ...two, c: { eth0: ["10.0.0.3/24", "fd00::3/64"], eth1: ["10.1.0.3/24"] } };

/** Adverts every 0.3 s: a takeover takes a little over a second. */
export const quick: Lines = ["version 3", "advert_int 0.3"];
/** How long nothing may change after it. */
export const quickRest = 1.6;
/** The same for adverts every second. */
export const slowRest = 4.8;

/** The head of every file. */
export function globals(host: string, ...lines: Lines): string {
  return block("global_defs", `router_id ${host}`, "enable_script_security", "script_user root", ...lines);
}

const keywordOf = (line: string) => line.split(/\s/, 1)[0];

/**
 * An instance of a host, with priority 150 on a, 100 on b and 50 on c, which tells every change of state to
 * `/mnt/tell.sh`. A given line takes the place of the line with the same keyword.
 */
export function vrrp(host: string, ...lines: Lines): string {
  return named("VI_1", 51, host, ...lines);
}

export function named(name: string, vrid: number, host: string, ...lines: Lines): string {
  const given = new Set(lines.map(keywordOf));
  const unlessGiven = (line: string) => (given.has(keywordOf(line)) ? [] : [line]);
  const first = ["interface eth0", `virtual_router_id ${vrid}`, `priority ${priorities[host]}`];
  return block(
    `vrrp_instance ${name}`,
    ...first.flatMap(unlessGiven),
    ...lines,
    ...unlessGiven("notify /mnt/tell.sh"),
    ...unlessGiven(block("virtual_ipaddress", `${vip}/24`)),
  );
}

/** A file with one instance, the same lines on every host. */
export const same =
  (...lines: Lines) =>
  (host: string) =>
    file(globals(host), vrrp(host, ...lines));

export const addresses = (...each: Lines) => block("virtual_ipaddress", ...each);
