/**
 * What `ip -o monitor label …` prints. JSON would be better, but iproute2 6.1 of Debian 12 prints text there whatever it
 * is asked for. Pure.
 */
import type { Family } from "../../vrrp/address.ts";
import type { GroundEvent, Interface, RouteOrRule } from "../ports.ts";
import { addressEvent, canonical, isUp } from "./ground.ts";

/** What is known of the machine, by index, because names change. */
export type Known = Map<number, Interface>;

/**
 * The events of one line from the monitor of one family. `known` is brought up to date; what changes nothing there is no
 * event. A line that is not understood tells nothing.
 */
export function readMonitorLine(line: string, family: Family, known: Known): readonly GroundEvent[] {
  const [, label, deleted, rest = ""] = /^\[(LINK|ADDR|ROUTE|RULE)\](Deleted )?(.*)$/.exec(line) ?? [];
  const gone = deleted !== undefined;
  if (label === "LINK") return link(rest, gone, known);
  if (label === "ADDR") return address(rest, gone, known);
  const text = plain(rest);
  if (label === "ROUTE") return [{ what: "route", gone, family, text }];
  return label === "RULE" ? [{ what: "rule", gone, family, text }] : [];
}

/** What `ip -o route` or `ip -o rule` prints. */
export function routesOrRules(
  what: "route" | "rule",
  family: Family,
  output: string,
): readonly RouteOrRule[] {
  const lines = output.split("\n").map(plain);
  return lines.filter((text) => text !== "").map((text) => ({ what, family, text }));
}

/** Without the tabs and the blanks at the end that `ip` prints. */
function plain(line: string): string {
  return line.replaceAll("\t", " ").trim();
}

const linkLine = /^(\d+): ([^\s:]+): <([^>]*)> mtu (\d+)/;

function link(text: string, gone: boolean, known: Known): readonly GroundEvent[] {
  const [, number, shown = "", flags = "", mtu] = linkLine.exec(text) ?? [];
  if (number === undefined) return [];
  const index = Number(number);
  const old = known.get(index);
  // `eth0@if7` stands on another one; a name may itself have the sign.
  const name = shown.includes("@") ? shown.slice(0, shown.lastIndexOf("@")) : shown;
  const renamed = old !== undefined && old.name !== name;
  const left: readonly GroundEvent[] =
    old && (gone || renamed) ? [{ what: "interface-gone", name: old.name }] : [];
  if (gone) {
    known.delete(index);
    return left;
  }
  const mac = / link\/ether ([0-9a-f:]+)/.exec(text)?.[1];
  const now = {
    name,
    index,
    mac,
    mtu: Number(mtu),
    up: isUp(flags.split(",")),
    addresses: old?.addresses ?? [],
  };
  known.set(index, now);
  const same = old && !renamed && old.up === now.up && old.mac === now.mac && old.mtu === now.mtu;
  return same ? [] : [...left, { what: "interface", interface: now }];
}

const addressLine = /^(\d+): \S+ +inet6? ([0-9a-f.:]+)(?: peer [0-9a-f.:]+)?(?:\/(\d+))? .*?\bscope (\S+)/;

function address(text: string, gone: boolean, known: Known): readonly GroundEvent[] {
  const [, index, local, length, scope = ""] = addressLine.exec(text) ?? [];
  const on = known.get(Number(index));
  if (!on || local === undefined) return [];
  const family = local.includes(":") ? 6 : 4;
  const prefix = length === undefined ? (family === 6 ? 128 : 32) : Number(length);
  const each = { family, address: canonical(local), prefix, scope } as const;
  const others = on.addresses.filter((other) => other.address !== each.address || other.prefix !== prefix);
  const had = others.length < on.addresses.length;
  known.set(on.index, { ...on, addresses: gone ? others : had ? on.addresses : [...others, each] });
  return had === gone ? [addressEvent(on.name, each, gone)] : [];
}
