/** Which of the newcomer's addresses takes the place of an address that belongs to the host whose file is read. */
import type { Place } from "../../diagnostic.ts";
import { readHostAddress } from "../../model/addresses.ts";
import type { Host, Instance } from "../../model/host.ts";
import { listed } from "../../rules/support.ts";
import { bitsOf, contains, type ParsedAddress, parseAddress } from "../../schema/address.ts";
import type { Word } from "../../syntax/tree.ts";
import type { Existing, Newcomer, Problem } from "./newcomer.ts";

/** The newcomer's addresses, read once. Addresses that are none are problems. */
export class OwnAddresses {
  readonly problems: readonly Problem[];
  readonly #given: readonly ParsedAddress[];
  /** Addresses of the old host as the user says them. */
  readonly #old: readonly ParsedAddress[];
  /** What stands for the old host's addresses, by these. */
  readonly #fresh = new Map<string, string>();

  constructor({ addresses }: Newcomer, given: Existing) {
    this.#old = given.addresses.flatMap((text) => parseAddress(text) ?? []);
    const read = addresses.map((text) => ({ text, address: parseAddress(text) }));
    this.problems = read.flatMap(({ text, address }): Problem[] =>
      address && address.rangeEnd === undefined
        ? []
        : [{ is: "missing", message: `--address ${text}: this is no IP address` }],
    );
    this.#given = read.flatMap(({ address }) => address ?? []);
  }

  /** The given addresses of a family, in canonical text. */
  ofFamily(family: 4 | 6): readonly string[] {
    return this.#given.filter((each) => each.family === family).map(({ address }) => address);
  }

  /** The old host's address of a family, where the user says it. */
  oldOfFamily(family: 4 | 6): string | undefined {
    return this.#old.find((each) => each.family === family)?.address;
  }

  /** Remembers that an address of the old host is another one on the new host. */
  match(old: string, fresh: string): void {
    this.#fresh.set(old, fresh);
  }

  /** What stands for an address of the old host. */
  freshFor(old: string): string | undefined {
    return this.#fresh.get(old);
  }

  /** The old host's address for which one of the new host stands. */
  oldFor(fresh: string): string | undefined {
    return [...this.#fresh].find(([, value]) => value === fresh)?.[0];
  }

  /** The given address that takes the place of `old`: the only one of its family, else the only one in its network. */
  choose(old: string, neighbours: readonly string[], at: Place, what: string): string | Problem {
    const known = this.freshFor(old);
    if (known !== undefined) return known;
    const near = [old, ...neighbours].flatMap((text) => parseAddress(text) ?? []);
    const family = near[0]?.family ?? 4;
    const all = this.#given.filter((each) => each.family === family);
    const [only, ...more] = all.length > 1 ? all.filter((each) => near.some((one) => touch(one, each))) : all;
    if (only && more.length === 0) return only.address;
    const message = only
      ? `${what} is ${old}, and ${listed(all.map(({ address }) => address))} may all stand for it: --address ADDRESS/PREFIX says which networks they are in`
      : `${what} ${old} belongs to this host: --address ADDRESS says what the new host has in its place`;
    return { is: "missing", at, message };
  }
}

function isNetwork({ family, prefix }: ParsedAddress): boolean {
  return prefix !== undefined && prefix < bitsOf(family);
}

function touch(one: ParsedAddress, other: ParsedAddress): boolean {
  return (isNetwork(one) && contains(one, other)) || (isNetwork(other) && contains(other, one));
}

/** The word that gives an instance its source address. */
export function sourceWord({ source }: Instance): Word | undefined {
  return source?.statement?.words.find(({ text }) => readHostAddress(text)?.address === source.value);
}

/** Virtual addresses with their prefix: the networks an instance is in. */
export function networksOf({ addresses, excluded }: Instance): readonly string[] {
  return [...addresses, ...excluded].flatMap(({ address, prefix }) =>
    prefix === undefined ? [] : `${address}/${prefix}`,
  );
}

/** Every address that a host's file says is its own. */
export function ownOf({ ownAddresses }: Host): readonly string[] {
  return ownAddresses.map(({ address }) => address);
}
