import type { Fleet, Member } from "../model/host.ts";
import { setKeyword } from "./across/edits.ts";
import { type Exchange, exchanges } from "./across/exchanged.ts";
import { fix } from "./edits.ts";
import { file, named } from "./examples.ts";
import { listed } from "./support.ts";
import type { FleetRule } from "./types.ts";

const web = (vrid: string) => named("WEB", `virtual_router_id ${vrid}`);
const mail = (vrid: string) =>
  named("MAIL", `virtual_router_id ${vrid}`, "virtual_ipaddress {\n    10.0.0.110/24\n}");
const low = (text: string) => text.replace("priority 150", "priority 100");

export const xhVridSwapped: FleetRule = {
  id: "xh-vrid-swapped",
  severity: "error",
  over: "fleet",
  summary: "Two instances have exchanged their virtual_router_id on one host.",
  why: "Each host hears adverts of the right number with the wrong addresses. keepalived up to 2.3.2 rejects them and every host becomes MASTER of everything; from 2.3.3 on the instances pair up crosswise and after a takeover the wrong addresses are missing.",
  basis: "RFC 3768 section 7.1; seen with running daemons, 2.2.7 and 2.4.3; the change came with 2.3.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(web("«51»"), mail("«52»")),
        "b.conf": low(file(web("«52»"), mail("«51»"))),
      },
      fixed: { "a.conf": file(web("51"), mail("52")), "b.conf": low(file(web("51"), mail("52"))) },
    },
  ],
  good: () => [
    { "a.conf": file(web("51"), mail("52")), "b.conf": low(file(mail("52"), web("51"))) },
    { "a.conf": file(web("51"), mail("52")), "b.conf": low(file(web("53"), mail("52"))) },
  ],
  check(fleet, report) {
    for (const { here, there } of swaps(fleet)) {
      const wanted = here.map(({ instance }) => String(instance.vrid?.value));
      const fixes = fix(
        `Set virtual_router_id ${listed(wanted)} in ${there[0].host.shownAs}, as in ${here[0].host.shownAs}`,
        false,
        ...there.map((member, index) => setKeyword(member, "virtual_router_id", wanted[index] ?? "")),
      );
      const all = [...here, ...there];
      for (const own of all) {
        const related = all.filter((other) => other.host !== own.host).map(relatedVrid);
        if (own.instance.vrid) report(own.instance.vrid.at, message(own, all), { related, fixes });
      }
    }
  },
};

function relatedVrid({ host, instance }: Member) {
  return {
    at: instance.vrid?.at ?? instance.at,
    message: `${host.shownAs} gives ${instance.name} number ${instance.vrid?.value}`,
  };
}

function message(own: Member, all: readonly Member[]): string {
  const names = listed([...new Set(all.map(({ instance }) => instance.name))]);
  const other = all.find(({ host }) => host !== own.host)?.host.shownAs;
  return `The virtual_router_id values of ${names} are exchanged between this file and ${other}. Each host then takes one router's adverts for the other's, and addresses end up on both hosts or on none. Give each router the same number on all hosts.`;
}

const known = new WeakMap<Fleet, readonly Exchange[]>();

/** The instances of two hosts whose numbers are crossed. */
export function swaps(fleet: Fleet): readonly Exchange[] {
  const before = known.get(fleet);
  if (before) return before;
  const found = exchanges(fleet, ({ vrid }) => vrid?.value);
  known.set(fleet, found);
  return found;
}
