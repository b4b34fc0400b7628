/**
 * Interfaces with a MAC address of their own: use_vmac, use_vmac_addr, use_ipvlan (keepalived, vrrp_vmac.c and the end
 * of vrrp_complete_instance in vrrp.c).
 */

import type { Host, Instance } from "../../model/host.ts";
import { parseAddress } from "../../schema/address.ts";
import { inside, named } from "../../schema/statement.ts";
import type { Family } from "../../vrrp/address.ts";
import type { Ground } from "../ports.ts";
import { ipLine } from "./ip-words.ts";
import { lineOf, textsOf, wordOf } from "./lines.ts";
import { has } from "./programs.ts";
import type { VirtualInterface } from "./types.ts";

/** What an instance writes about its virtual MAC. */
export interface VirtualWish {
  readonly kind: "macvlan" | "ipvlan";
  readonly name: string | undefined;
  readonly mac: string | undefined;
  /** Adverts leave by the interface below. */
  readonly sendsFromBase: boolean;
  /** use_ipvlan: its way of passing packets on, and its address with prefix. */
  readonly mode: string | undefined;
  readonly address: string | undefined;
}

/** Undefined where an instance uses its interface itself. */
export function wishOf({ block, interface: base, unicast, strict }: Instance): VirtualWish | undefined {
  const own = inside(block);
  const kind = has(own, "use_ipvlan") ? "ipvlan" : has(own, "use_vmac") ? "macvlan" : undefined;
  // Unicast without an interface has nothing that it could stand on.
  if (!kind || !base) return undefined;
  const words = named(own, kind === "ipvlan" ? "use_ipvlan" : "use_vmac").flatMap((line) =>
    textsOf(line).slice(1),
  );
  const modes = words.filter((word) => kind === "ipvlan" && ipvlanModes.has(word));
  const addresses = words.filter((word) => kind === "ipvlan" && parseAddress(word) !== undefined);
  const macs = words.filter((word) => kind === "macvlan" && word.includes(":"));
  const others = new Set([...modes, ...addresses, ...macs]);
  return {
    kind,
    name: words.find((word) => !others.has(word)),
    mac: strict.value ? undefined : macs[0],
    sendsFromBase: kind === "macvlan" && !strict.value && (unicast || has(own, "vmac_xmit_base")),
    mode: modes[0],
    address: addresses[0],
  };
}

const ipvlanModes = new Set(["bridge", "private", "vepa"]);

/** RFC 9568, 7.3: the MAC address of a virtual router. */
function routerMac(family: Family, vrid: number): string {
  return `00:00:5e:00:${family === 4 ? "01" : "02"}:${hex(vrid)}`;
}

function hex(octet: number): string {
  return octet.toString(16).padStart(2, "0");
}

/** Five octets are completed with the VRID. */
function macOf(wish: VirtualWish | undefined, family: Family, vrid: number): string {
  const octets = wish?.mac?.split(":").filter((octet) => octet !== "") ?? [];
  const written = octets.map((octet) => hex(Number.parseInt(octet, 16)));
  if (written.length === 5) return [...written, hex(vrid)].join(":");
  return written.length === 6 ? written.join(":") : routerMac(family, vrid);
}

/** Gives virtual interfaces their names; one for each host's plan. */
export class VirtualInterfaces {
  readonly #ground: Ground;
  readonly #globals: Host["globals"]["statements"];
  /** By base, MAC address and family: addresses on the same interface share it. */
  readonly #made = new Map<string, VirtualInterface>();
  readonly #names: Set<string>;

  constructor(host: Host, ground: Ground) {
    this.#ground = ground;
    this.#globals = host.globals.statements;
    this.#names = new Set(host.instances.flatMap((instance) => wishOf(instance)?.name ?? []));
  }

  /** The interface that an instance sends from and holds its addresses on. */
  ofInstance(instance: Instance, wish: VirtualWish, base: string, source: string): VirtualInterface {
    const vrid = instance.vrid?.value ?? 0;
    const { family } = instance;
    const mac = wish.kind === "ipvlan" ? (this.#ground.get(base)?.mac ?? "") : macOf(wish, family, vrid);
    const name = wish.name ?? this.#freeName(this.#prefix(), family, vrid, mac);
    const made =
      wish.kind === "ipvlan"
        ? ipvlan(name, mac, base, wish)
        : this.#macvlan(name, mac, base, instance, wish, source);
    this.#made.set(`${base} ${mac} ${family}`, made);
    return made;
  }

  /** The interface of a single address with a virtual MAC (use_vmac_addr, or use_vmac on its line). */
  ofAddress(
    instance: Instance,
    wish: VirtualWish | undefined,
    base: string,
    family: Family,
  ): VirtualInterface {
    const vrid = instance.vrid?.value ?? 0;
    const mac = macOf(wish, family, vrid);
    const key = `${base} ${mac} ${family}`;
    const known = this.#made.get(key);
    if (known) return known;
    const prefix = wordOf(this.#globals, "vmac_addr_prefix")?.text ?? this.#prefix();
    const name = this.#freeName(prefix, family, vrid, mac);
    const link = family === 6 ? { linkLocal: undefined } : {};
    const made = macvlan(name, mac, base, { family, hasOtherFamily: false, ...link });
    this.#made.set(key, made);
    return made;
  }

  #macvlan(
    name: string,
    mac: string,
    base: string,
    instance: Instance,
    wish: VirtualWish,
    source: string,
  ): VirtualInterface {
    const { family, excluded } = instance;
    const hasOtherFamily = excluded.some((address) => address.family !== family);
    const linkLocal = family === 6 && !wish.sendsFromBase ? source : undefined;
    return macvlan(name, mac, base, { family, hasOtherFamily, linkLocal });
  }

  #prefix(): string {
    return wordOf(this.#globals, "vmac_prefix")?.text ?? "vrrp";
  }

  /** `vrrp.51`, then `vrrp1.51` and so on; for IPv6 `vrrp6.51` comes second (vrrp.c, create_vmac_name). */
  #freeName(prefix: string, family: Family, vrid: number, mac: string): string {
    const numbers = family === 6 ? [6, 1, 2, 3, 4, 5] : [1, 2, 3, 4, 5, 6];
    const later = Array.from({ length: 250 }, (_, index) => index + 7);
    for (const number of ["", ...numbers, ...later]) {
      const name = shortened(prefix, `${number}.${vrid}`);
      const there = this.#ground.get(name);
      // One of that MAC address is what a run before has left, or what runs now.
      if (this.#names.has(name) || (there && there.mac !== mac)) continue;
      this.#names.add(name);
      return name;
    }
    return shortened(prefix, `.${vrid}`);
  }
}

const longestName = 15;

function shortened(prefix: string, ending: string): string {
  return `${prefix.slice(0, longestName - ending.length)}${ending}`;
}

interface Kind {
  readonly family: Family;
  /** An excluded address of the other family lies on it. */
  readonly hasOtherFamily: boolean;
  readonly linkLocal?: string | undefined;
}

function macvlan(name: string, mac: string, base: string, kind: Kind): VirtualInterface {
  const { family, hasOtherFamily, linkLocal } = kind;
  const four = (device: string, setting: string, value: string) => {
    return [`net/ipv4/conf/${device}/${setting}`, value] as const;
  };
  const arp = [
    four(name, "arp_ignore", "1"),
    four(name, "accept_local", "1"),
    four(name, "rp_filter", "0"),
    four(name, "promote_secondaries", "1"),
    four(base, "arp_ignore", "1"),
    four(base, "arp_filter", "1"),
  ];
  const six = family === 6 || hasOtherFamily ? "0" : "1";
  const own =
    linkLocal === undefined ? [] : [ipLine("address", "replace", `${linkLocal}/64`, "nodad", "dev", name)];
  return {
    ...{ kind: "macvlan", name, mac, base },
    add: [
      ipLine("link", "add", "link", base, "name", name, "address", mac, "type", "macvlan", "mode", "private"),
      ipLine("link", "set", "dev", name, "addrgenmode", "none"),
      ipLine("link", "set", "dev", name, "up"),
      ...own,
    ],
    remove: ipLine("link", "delete", "dev", name),
    settings: [...(family === 4 ? arp : []), [`net/ipv6/conf/${name}/disable_ipv6`, six]],
  };
}

function ipvlan(name: string, mac: string, base: string, { mode, address }: VirtualWish): VirtualInterface {
  return {
    ...{ kind: "ipvlan", name, mac, base },
    add: [
      ipLine("link", "add", "link", base, "name", name, "type", "ipvlan", "mode", "l2", mode ?? "bridge"),
      ...(address === undefined ? [] : [ipLine("address", "replace", address, "dev", name)]),
      ipLine("link", "set", "dev", name, "up"),
    ],
    remove: ipLine("link", "delete", "dev", name),
    settings: [],
  };
}

/** Whether addresses on other interfaces get a virtual MAC too (use_vmac_addr). */
export function allAddressesHaveMac({ block }: Instance): boolean {
  return lineOf(inside(block), "use_vmac_addr") !== undefined;
}
