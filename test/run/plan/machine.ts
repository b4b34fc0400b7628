/** What a host of the lab has, as `ip` tells it, in a form that two hosts can be compared by. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ground, Interface } from "../../../src/run/ports.ts";
import type { LabHost } from "../../support/lab.ts";

type Entry = Readonly<Record<string, unknown>>;

async function told(host: LabHost, ...words: readonly string[]): Promise<readonly Entry[]> {
  const text = await host.ip("-json", "-details", ...words);
  return text.trim() === "" ? [] : (JSON.parse(text) as readonly Entry[]);
}

/** What differs between hosts with the same settings, or runs out while one looks. */
const fleeting = new Set([
  "ifindex",
  "link_index",
  "link_netnsid",
  "expires",
  "age",
  "used",
  "valid_life_time",
]);

function lasting(entry: Entry): Entry {
  const pairs = Object.entries(entry).filter(([name]) => !fleeting.has(name));
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, name === "preferred_life_time" ? kindOf(value) : value]),
  );
}

/** A lifetime that runs, has run out, or has no end. */
function kindOf(seconds: unknown): unknown {
  return typeof seconds === "number" && seconds > 0 && seconds < 1000 ? "limited" : seconds;
}

const isOwn = (entry: Entry) => JSON.stringify(entry).includes("fe80::") || entry["dev"] === "lo";

function sorted(entries: readonly Entry[]): readonly string[] {
  return entries
    .filter((entry) => !isOwn(entry))
    .map((entry) => JSON.stringify(lasting(entry)))
    .toSorted();
}

/** Addresses, routes of all tables and rules; not what a host has by itself. */
export async function machineOf(host: LabHost): Promise<Readonly<Record<string, readonly string[]>>> {
  const [links, four, six, rules, sixRules] = await Promise.all([
    told(host, "address", "show"),
    told(host, "-4", "route", "show", "table", "all"),
    told(host, "-6", "route", "show", "table", "all"),
    told(host, "-4", "rule", "show"),
    told(host, "-6", "rule", "show"),
  ]);
  const addresses = links.flatMap(({ ifname, addr_info }) =>
    ((addr_info ?? []) as readonly Entry[]).map((address) => ({ ifname, ...address })),
  );
  return {
    addresses: sorted(addresses),
    routes: sorted(four),
    sixRoutes: sorted(six),
    rules: sorted(rules),
    sixRules: sorted(sixRules),
  };
}

/** Interfaces with a virtual MAC address. */
export async function virtualsOf(host: LabHost): Promise<readonly string[]> {
  const links = await told(host, "link", "show", "type", "macvlan");
  return links.map(({ ifname, link, address, flags, linkinfo, inet6_addr_gen_mode }) =>
    JSON.stringify({ ifname, link, address, flags, linkinfo, inet6_addr_gen_mode }),
  );
}

/** The host's interfaces as the daemon sees them. */
export async function groundOfHost(host: LabHost): Promise<Ground> {
  const links = await told(host, "address", "show");
  return new Map(links.map((link) => [String(link["ifname"]), interfaceIn(link)]));
}

interface AddressInfo {
  readonly family: string;
  readonly local: string;
  readonly prefixlen: number;
  readonly scope: string;
}

function interfaceIn({ ifname, ifindex, address, mtu, addr_info }: Entry): Interface {
  const addresses = ((addr_info ?? []) as readonly AddressInfo[]).map(
    ({ family, local, prefixlen, scope }) => {
      return { family: family === "inet6" ? 6 : 4, address: local, prefix: prefixlen, scope } as const;
    },
  );
  const [name, index] = [String(ifname), Number(ifindex)];
  return { name, index, mac: String(address), mtu: Number(mtu), up: true, addresses };
}

/**
 * Runs lines as Network.apply takes them; what fails does not keep the next ones from running. Returns what failed, as
 * `LINE: COMPLAINT`.
 */
export async function apply(host: LabHost, lines: readonly string[]): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "vrrpkit-lines-"));
  try {
    return await applyFrom(join(folder, "lines"), host, lines);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function applyFrom(file: string, host: LabHost, lines: readonly string[]): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const [six, part] of parts(lines)) {
    writeFileSync(file, part.map((line) => `${line}\n`).join(""));
    const words = [...(six ? ["-6"] : []), "-force", "-batch", file];
    await host.ip(...words).catch((error: Error) => {
      const complaints = error.message.matchAll(/(?:^|: |\n)([^\n:]*: [^\n]*)\nCommand failed [^\n]*:(\d+)/g);
      for (const [, complaint = "", number] of complaints)
        failures.push(`${part[Number(number) - 1]}: ${complaint.replace(/.*(Error|answers): /, "")}`);
    });
  }
  return failures;
}

/** Lines that follow each other and are of the same kind. */
function parts(lines: readonly string[]): readonly (readonly [six: boolean, lines: readonly string[]])[] {
  const made: [boolean, string[]][] = [];
  for (const line of lines) {
    const six = line.startsWith("-6 ");
    const plain = line.replace(/^-6 /, "");
    const last = made.at(-1);
    if (last?.[0] === six) last[1].push(plain);
    else made.push([six, [plain]]);
  }
  return made;
}
