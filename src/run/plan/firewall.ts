/**
 * The firewall around instances, in tables of nft as keepalived makes them (vrrp_nftables.c). Addresses of a master that
 * neither owns nor accepts them are for routing only: what is sent to them or from them is dropped. And whoever is no
 * master must not send from a virtual MAC address, or switches would take it for the master: reports of groups leave by
 * the interface below the virtual one.
 */
import type { Place } from "../../diagnostic.ts";
import type { Host } from "../../model/host.ts";
import { ownerPriority } from "../../model/instance.ts";
import { numberOf } from "../../model/machine-settings.ts";
import { wordOf } from "./lines.ts";
import { has } from "./programs.ts";
import { isLinkLocal } from "./source.ts";
import type { Surroundings } from "./surroundings.ts";
import type { InstancePlan, Resource, VirtualInterface } from "./types.ts";
import type { Family } from "./words.ts";

const nft = "nft";
const usualTable = "keepalived";
const usualPriority = -1;
const lowest = 2 ** 31 - 1;

/** Instances with what the firewall needs of them, and the tables, which have to be there first. */
export interface Walled {
  readonly instances: readonly InstancePlan[];
  readonly tables: readonly Resource[];
}

/** Whether the machine has what makes the firewall. */
export function hasNft({ inspect }: Pick<Surroundings, "inspect">): boolean {
  return inspect(nft, { uid: 0, gid: 0 }, false).refused === undefined;
}

/** Adds the firewall that the instances need; none where all accept and no interface is a virtual one. */
export function withFirewall(
  host: Host,
  plans: readonly InstancePlan[],
  surroundings: Pick<Surroundings, "inspect">,
): Walled {
  if (!hasNft(surroundings)) return { instances: plans, tables: [] };
  const name = tableName(host);
  const instances = plans.map((plan) => ({
    ...plan,
    resources: [...dropped(plan, name), ...plan.resources],
    virtuals: plan.virtuals.map((each) => announced(each, name)),
  }));
  const lines = instances.flatMap(({ resources, virtuals }) => [
    ...resources.filter(({ kind }) => kind === "firewall").map(({ add }) => add),
    ...virtuals.flatMap(({ add }) => add),
  ]);
  const tables = ([4, 6] as const).flatMap((family) => {
    const own = lines.filter(
      (line) => line.startsWith("nft ") && line.includes(` ${table(family)} ${name} `),
    );
    const needs = { vips: own.some(about("vips")), vmacs: own.some(about("vmac_map")) };
    const [first] = instances;
    return first && (needs.vips || needs.vmacs) ? [tableResource(host, family, name, needs, first.at)] : [];
  });
  return { instances, tables };
}

const about = (set: string) => (line: string) => line.includes(` ${set}`);
const table = (family: Family) => (family === 4 ? "ip" : "ip6");

/** Whether the addresses of an instance are for routing only (vrrp.c, vrrp_handle_accept_mode). */
export function acceptsNothing({ config }: Pick<InstancePlan, "config">): boolean {
  return !config.accept && config.priority !== ownerPriority;
}

function tableName({ globals }: Host): string {
  const name = wordOf(globals.statements, "nftables")?.text ?? usualTable;
  return /^[A-Za-z_][\w./-]*$/.test(name) ? name : usualTable;
}

/** What drops the packets of an instance's addresses while it has them. */
function dropped(plan: InstancePlan, name: string): readonly Resource[] {
  if (!acceptsNothing(plan)) return [];
  const elements = elementsOf(plan);
  const sets = [
    [`ip ${name} vips`, elements.filter(({ family }) => family === 4)],
    [`ip6 ${name} vips`, elements.filter(({ family, local }) => family === 6 && !local)],
    [`ip6 ${name} vips_link_local`, elements.filter(({ local }) => local)],
  ] as const;
  const written = sets.flatMap(([set, own]) => {
    return own.length === 0 ? [] : [`element ${set} { ${own.map(({ text }) => text).join(", ")} }`];
  });
  if (written.length === 0) return [];
  return [
    resource({
      key: `firewall ${written.join(" ")}`,
      add: `nft ${written.map((each) => `add ${each}`).join("; ")}`,
      remove: `nft ${written.map((each) => `delete ${each}`).join("; ")}`,
      family: plan.config.advert.family,
      at: plan.at,
    }),
  ];
}

/** A link-local address is one on its interface only. */
function elementsOf({ resources }: InstancePlan) {
  return resources.flatMap(({ announcement, family }) => {
    if (!announcement) return [];
    const { address, interface: device } = announcement;
    const local = family === 6 && isLinkLocal(address);
    return [{ family, local, text: local ? `${address} . "${device}"` : address }];
  });
}

/** A virtual interface is known to the table before it can send. */
function announced(virtual: VirtualInterface, name: string): VirtualInterface {
  const [first, ...rest] = virtual.add;
  if (virtual.kind !== "macvlan" || first === undefined) return virtual;
  const speaksSix = virtual.settings.some(([path, value]) => path.endsWith("/disable_ipv6") && value === "0");
  const families: readonly Family[] = speaksSix ? [4, 6] : [4];
  const elements = families.map((family) => {
    const own = `${table(family)} ${name}`;
    const map = `add element ${own} vmac_map { "${virtual.name}" : "${virtual.base}" }`;
    return family === 4 ? map : `${map}; add element ${own} vmac_set { "${virtual.name}" }`;
  });
  return { ...virtual, add: [first, `nft ${elements.join("; ")}`, ...rest] };
}

interface Needs {
  readonly vips: boolean;
  readonly vmacs: boolean;
}

/** A table that a killed keepalived has left would drop what is ours, so it goes first. */
function tableResource(host: Host, family: Family, name: string, needs: Needs, at: Place): Resource {
  const lines = host.globals.statements;
  const own = `${table(family)} ${name}`;
  const counter = has(lines, "nftables_counters") ? "counter " : "";
  const priority = numberOf(lines, "nftables_priority", -lowest, lowest) ?? usualPriority;
  const hook = (way: string) =>
    `add chain ${own} ${way} { type filter hook ${way}put priority ${priority}; policy accept; }`;
  const rules = (family === 4 ? rulesOfFour : rulesOfSix)(needs, counter);
  return resource({
    key: `firewall table ${own}`,
    add: [
      `nft add table ${own}; delete table ${own}; add table ${own}`,
      ...setsOf(family, needs).map(([what, set, kind]) => `add ${what} ${own} ${set} { ${kind}; }`),
      ...[hook("in"), hook("out")],
      ...rules.map((rule) => `add rule ${own} ${rule}`),
    ].join("; "),
    remove: `nft delete table ${own}`,
    family,
    at,
  });
}

type SetOfTable = readonly [what: "set" | "map", name: string, kind: string];

function setsOf(family: Family, { vips, vmacs }: Needs): readonly SetOfTable[] {
  const ofVips: readonly SetOfTable[] = [
    ["set", "vips", `type ipv${family}_addr`],
    ["set", "vips_link_local", "type ipv6_addr . iface_index"],
  ];
  const ofVmacs: readonly SetOfTable[] = [
    ["map", "vmac_map", "type iface_index : iface_index"],
    ["set", "vmac_set", "type iface_index"],
  ];
  const all = [...(vips ? ofVips : []), ...(vmacs ? ofVmacs : [])];
  return all.filter(([, , kind]) => family === 6 || (!kind.includes("ipv6") && kind !== "type iface_index"));
}

const belowVirtual = (family: Family, counter: string) =>
  `meta oifkind "macvlan" dup to ${table(family)} daddr device oif map @vmac_map ${counter}drop`;

function rulesOfFour({ vips, vmacs }: Needs, counter: string): readonly string[] {
  return [
    ...(vmacs ? [`out ip protocol igmp ${belowVirtual(4, counter)}`] : []),
    ...(vips ? [`in ip daddr @vips ${counter}drop`, `out ip saddr @vips ${counter}drop`] : []),
  ];
}

/** Neighbours are answered in any case, or nobody could send through the master. */
function rulesOfSix({ vips, vmacs }: Needs, counter: string): readonly string[] {
  const neighbours = "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept";
  return [
    ...(vmacs
      ? [
          `out icmpv6 type mld2-listener-report ${belowVirtual(6, counter)}`,
          `out icmpv6 type nd-router-solicit oif @vmac_set ${counter}drop`,
        ]
      : []),
    ...(vips
      ? [
          ...[`in ${neighbours}`, `in ip6 daddr . iif @vips_link_local ${counter}drop`],
          ...[`in ip6 daddr @vips ${counter}drop`, `out ${neighbours}`],
          ...[`out ip6 saddr . oif @vips_link_local ${counter}drop`, `out ip6 saddr @vips ${counter}drop`],
        ]
      : []),
  ];
}

function resource(own: Pick<Resource, "key" | "add" | "remove" | "family" | "at">): Resource {
  const nothing = { announcement: undefined, device: undefined, tracked: false, instances: [] };
  return { kind: "firewall", ...nothing, ...own };
}
