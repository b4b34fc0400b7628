import type { Fix } from "../diagnostic.ts";
import type { Fleet, Member } from "../model/host.ts";
import { setKeyword } from "./across/edits.ts";
import { type Exchange, exchanges } from "./across/exchanged.ts";
import { fix } from "./edits.ts";
import { file, named } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const inside = (name: string) => named("INSIDE", `interface ${name}`);
const outside = (name: string) =>
  named("OUTSIDE", `interface ${name}`, "virtual_router_id 52", "virtual_ipaddress {\n    192.0.2.10/24\n}");
const low = (text: string) => text.replaceAll("priority 150", "priority 100");

export const xhInterfaceCrossed: FleetRule = {
  id: "xh-interface-crossed",
  severity: "warning",
  over: "fleet",
  summary: "Two instances have exchanged their interfaces on one host.",
  why: "Adverts stay in the network of their interface. If eth0 and eth1 lead to the same networks on both hosts, the hosts do not hear each other and both become MASTER, with the addresses in the wrong networks.",
  basis: "Seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(inside("«eth0»"), outside("«eth1»")),
        "b.conf": low(file(inside("«eth1»"), outside("«eth0»"))),
      },
      fixed: {
        "a.conf": file(inside("eth0"), outside("eth1")),
        "b.conf": low(file(inside("eth0"), outside("eth1"))),
      },
    },
  ],
  good: () => [
    {
      "a.conf": file(inside("eth0"), outside("eth1")),
      "b.conf": low(file(inside("ens3"), outside("ens4"))),
    },
    {
      "a.conf": file(inside("eth0"), outside("eth1")),
      "b.conf": low(file(inside("eth1"), outside("eth2"))),
    },
  ],
  check(fleet, report) {
    // A member that is crossed with many others is told of the first.
    const told = new Map<Member, Set<Member>>();
    for (const exchange of crossings(fleet)) {
      const all = [...exchange.here, ...exchange.there];
      let fixes: readonly Fix[] | undefined;
      for (const own of all) {
        const twin = all.find(
          (other) => other !== own && other.host !== own.host && isTwin(exchange, own, other),
        );
        if (!own.instance.interface || !twin?.instance.interface) continue;
        if (told.get(own)?.has(twin)) continue;
        told.set(own, (told.get(own) ?? new Set()).add(twin));
        fixes ??= exchanging(exchange);
        report(
          own.instance.interface.at,
          `${own.instance.name} runs on ${own.instance.interface.value} here and on ${twin.instance.interface.value} in ${twin.host.shownAs}, and another instance the other way round. If the names mean the same networks on both hosts, they do not hear each other and all become MASTER. Use the interface of the same network on every host.`,
          {
            related: [
              {
                at: twin.instance.interface.at,
                message: `${twin.host.shownAs} says ${twin.instance.interface.value}`,
              },
            ],
            fixes,
          },
        );
      }
    }
  },
};

function exchanging({ here, there }: Exchange): readonly Fix[] {
  const wanted = here.map(({ instance }) => instance.interface?.value ?? "");
  return fix(
    `Exchange the interfaces of ${there[0].instance.name} and ${there[1].instance.name} in ${there[0].host.shownAs}`,
    false,
    ...there.map((member, index) => setKeyword(member, "interface", wanted[index] ?? "")),
  );
}

function isTwin({ here, there }: Exchange, own: Member, other: Member): boolean {
  const index = (member: Member) => Math.max(here.indexOf(member), there.indexOf(member));
  return index(own) === index(other);
}

/** Pairs of instances whose interface names are the other's on another host. */
function crossings(fleet: Fleet): readonly Exchange[] {
  return exchanges(fleet, (instance) =>
    instance.interface?.unknown ? undefined : instance.interface?.value,
  );
}
