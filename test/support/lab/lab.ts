/** What tests do with a running lab. */
import type { Bell } from "./bell.ts";
import { bridge, bridgeLines } from "./cabling.ts";
import { ipLines } from "./commands.ts";
import { now } from "./daemon.ts";
import type { Advert, Announcement } from "./frames.ts";
import type { LabHost } from "./host.ts";

/** The hosts that hold each address, in the order of the plan. */
export type Holders = Readonly<Record<string, readonly string[]>>;

/** Something that a host sent: when, in ms since 1970 by the kernel's clock, and on which network. */
export interface Sent {
  readonly at: number;
  readonly host: string;
  readonly network: number;
}

/** How long a condition may take, in seconds. Far more than any needs, so that only a real failure meets it. */
const deadline = 60;

export class Lab {
  /** What the names of its namespaces begin with. */
  readonly name: string;
  readonly hosts: readonly LabHost[];
  /** Every advert that a host sent, oldest first. */
  readonly adverts: (Advert & Sent)[] = [];
  /** Every address that a host announced, oldest first. */
  readonly announcements: (Announcement & Sent)[] = [];
  /** The bytes of everything above, and of adverts in an authentication header, from the Ethernet header on. */
  readonly frames: ({ readonly bytes: Buffer } & Sent)[] = [];
  readonly #switch: string;
  readonly #bell: Bell;
  #bridges: readonly string[] = [];

  constructor(name: string, hosts: readonly LabHost[], switchNamespace: string, bell: Bell) {
    this.name = name;
    this.hosts = hosts;
    this.#switch = switchNamespace;
    this.#bell = bell;
  }

  host(name: string): LabHost {
    const host = this.hosts.find((each) => each.name === name);
    if (!host) throw new Error(`There is no host ${name} in the lab.`);
    return host;
  }

  /** Starts keepalived on every host that has a text. */
  start(texts: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(texts)) this.host(name).start(text);
  }

  /** Resolves once the condition is true; rejects after the deadline, or when a program ends by itself. */
  until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
    return this.#bell.until(
      async () => {
        const failure = this.hosts.find((host) => host.failure)?.failure;
        if (failure !== undefined) throw new Error(failure);
        return condition();
      },
      deadline,
      () => new Error(`Not within ${deadline} seconds: ${what}`),
    );
  }

  /** Conditions are looked at again after so many seconds, for what neither packets nor programs tell. */
  lookAgain(seconds: number): void {
    this.#bell.ringAfter(seconds);
  }

  /** Runs lines of `ip` in the namespace of the switch. */
  atSwitch(...lines: readonly string[]): Promise<void> {
    return ipLines(lines, this.#switch);
  }

  /** Who holds these addresses now. */
  async holders(addresses: readonly string[]): Promise<Holders> {
    const held = await Promise.all(this.hosts.map((host) => host.addresses()));
    const holdersOf = (address: string) =>
      this.hosts.filter((_, index) => held[index]?.has(address)).map(({ name }) => name);
    return Object.fromEntries(addresses.map((address) => [address, holdersOf(address)]));
  }

  /**
   * Resolves once exactly these hosts hold these addresses, and no address of any host has come or gone for so many
   * seconds. Take more than the longest takeover, so that whoever waits for its turn would have taken it.
   */
  async settled(expected: Holders, seconds: number): Promise<void> {
    let seen: Holders = {};
    let since = 0;
    let changes = -1;
    const holds = async () => {
      seen = await this.holders(Object.keys(expected));
      const changesNow = this.hosts.reduce((sum, host) => sum + host.changes, 0);
      if (changesNow !== changes) {
        changes = changesNow;
        since = now();
        this.#bell.ringAfter(seconds);
      }
      return sameHolders(seen, expected) && now() - since >= seconds * 1000;
    };
    await this.until(`addresses settle as ${JSON.stringify(expected)}`, holds).catch((error: Error) => {
      error.message += `\nHolders at the end: ${JSON.stringify(seen)}`;
      throw error;
    });
  }

  /** Divides every network: hosts in one group reach each other, and those in no group reach nobody. */
  async partition(...groups: readonly (readonly string[])[]): Promise<void> {
    await this.heal();
    const groupOf = ({ name }: LabHost) => groups.findIndex((group) => group.includes(name));
    const moves = this.hosts.flatMap((host) =>
      host.ports.map(({ name, network }) => ({ name, network, group: groupOf(host) })),
    );
    this.#bridges = [
      ...new Set(moves.flatMap(({ network, group }) => (group > 0 ? bridge(network, group) : []))),
    ];
    await ipLines(
      [
        ...this.#bridges.flatMap(bridgeLines),
        ...moves.map(({ name, network, group }) =>
          group === -1 ? `link set ${name} nomaster` : `link set ${name} master ${bridge(network, group)}`,
        ),
      ],
      this.#switch,
    );
  }

  /** Joins what was divided. */
  async heal(): Promise<void> {
    const ports = this.hosts.flatMap((host) => host.ports);
    await ipLines(
      [
        ...ports.map(({ name, network }) => `link set ${name} master ${bridge(network)}`),
        ...this.#bridges.map((name) => `link delete ${name}`),
      ],
      this.#switch,
    );
    this.#bridges = [];
  }

  /** The last log lines of every host, for messages of failures. */
  story(): string {
    const tellings = this.hosts.map(({ name, log }) =>
      [`--- log of ${name}`, ...log.slice(-20).map(({ text }) => text)].join("\n"),
    );
    return tellings.join("\n");
  }
}

/** Same addresses held by the same hosts. */
export function sameHolders(one: Holders, other: Holders): boolean {
  const text = (holders: Holders) =>
    JSON.stringify(
      Object.entries(holders)
        .map(([address, hosts]) => [address, [...hosts].sort()])
        .sort(),
    );
  return text(one) === text(other);
}
