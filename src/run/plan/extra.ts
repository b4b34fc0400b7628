/**
 * Announcements at an interval on interfaces where no adverts are sent, so that switches there do not forget the master
 * (garp_extra_if; vrrp.c, vrrp_send_vmac_update).
 */
import type { Host, Instance } from "../../model/host.ts";
import { readWhole } from "../../model/numbers.ts";
import { inside, named, type Statement } from "../../schema/statement.ts";
import { second } from "../../vrrp/time.ts";
import type { Announcement } from "../ports.ts";
import { textsOf } from "./lines.ts";
import type { InstancePlan, Resource, VirtualInterface } from "./types.ts";

/** Both names of a keyword set the same. */
const own = ["garp_extra_if", "vmac_garp_intvl"];
const global = ["vrrp_garp_extra_if", "vrrp_vmac_garp_intvl"];
const longest = 86_400;

/** What of an instance's plan matters here. */
export interface Places {
  readonly resources: readonly Resource[];
  readonly virtuals: readonly VirtualInterface[];
  /** The interface that adverts are read from, and whether they leave by the one below it. */
  readonly device: string | undefined;
  readonly sendsFromBase: boolean;
}

/** Undefined where nothing of it is asked for, or there is no such interface. */
export function extraOf(host: Host, { block }: Instance, places: Places): InstancePlan["extra"] {
  const wish = wishIn(inside(block), own) ?? wishIn(host.globals.statements, global);
  if (!wish || wish.seconds === 0) return undefined;
  const { device, sendsFromBase } = places;
  const isOurs = (name: string) => places.virtuals.some((virtual) => virtual.name === name);
  const all = places.resources.flatMap(({ announcement }) => announcement ?? []);
  const counts = ({ interface: name }: Announcement) => wish.all || isOurs(name);
  if (!all.some((each) => each.interface !== device && counts(each))) return undefined;
  const wanted = all.filter((each) => counts(each) && (each.interface !== device || sendsFromBase));
  const firsts = wanted.filter((each, index) => {
    return wanted.findIndex((other) => other.interface === each.interface) === index;
  });
  return { interval: wish.seconds * second, announcements: firsts };
}

/** The last line counts, and `all` of any line. */
function wishIn(lines: readonly Statement[], names: readonly string[]) {
  const written = lines.filter((line) => names.some((name) => named([line], name).length > 0));
  const words = written.map((line) => textsOf(line).slice(1));
  const numbers = words.flatMap((each) => {
    const number = each.findLast((word) => word !== "all");
    const read =
      number === undefined ? undefined : readWhole(number, { min: 0, max: longest, tolerant: true });
    return read ?? [];
  });
  const seconds = numbers.at(-1);
  return seconds === undefined ? undefined : { seconds, all: words.flat().includes("all") };
}
