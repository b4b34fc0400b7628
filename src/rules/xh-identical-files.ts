import type { Fleet, Host, Instance } from "../model/host.ts";
import { isSameText } from "../text.ts";
import { pairs } from "./across/teams.ts";
import { file, headerMarked, instance } from "./examples.ts";
import { listed } from "./support.ts";
import type { FleetRule } from "./types.ts";

const lines = ["unicast_src_ip 10.0.0.1", "unicast_peer {\n    10.0.0.2\n}"];

export const xhIdenticalFiles: FleetRule = {
  id: "xh-identical-files",
  severity: "warning",
  over: "fleet",
  summary: "Two hosts have the same file, byte for byte, with values in it that must differ.",
  why: "Both hosts then have one priority and one source address: nobody is meant to be master, and one host sends from an address that it does not have.",
  basis: "keepalived.conf(5), config-id; keepalived issue 534.",
  bad: () => [
    {
      input: {
        "a.conf": file(headerMarked(instance(...lines))),
        "b.conf": file(headerMarked(instance(...lines))),
      },
    },
  ],
  good: () => [
    {
      "a.conf": file(instance(...lines)),
      "b.conf": file(instance("priority 100", "unicast_src_ip 10.0.0.2", "unicast_peer {\n    10.0.0.1\n}")),
    },
  ],
  check(fleet, report) {
    for (const host of fleet.hosts) {
      const copies = copiesOf(fleet, host);
      const [first] = host.instances;
      const shared = first ? mustDiffer(host) : [];
      if (!first || copies.length === 0 || shared.length < 2) continue;
      report(
        first.at,
        `This file is the same as ${listed(copies.map((copy) => copy.shownAs))}, with the same ${listed(shared)}. These must differ between hosts: ${consequence(host)}. Give each host its own values, for instance in lines that begin with @NAME and keepalived -i NAME.`,
        {
          related: copies.flatMap((copy) =>
            copy.instances.slice(0, 1).map(({ at }) => ({ at, message: `${copy.shownAs} is the same file` })),
          ),
        },
      );
    }
  },
};

function copiesOf(fleet: Fleet, host: Host): readonly Host[] {
  const text = host.sources[0]?.text;
  if (text === undefined || host.uncertain) return [];
  const copies = pairs(fleet.hosts)
    .filter((pair) => pair.includes(host) && pair.every((each) => isSameText(each.sources[0]?.text, text)))
    .map(([one, other]) => (one === host ? other : one))
    .filter((other) => other.file !== host.file);
  return copies.length > 0 && adapts(host) ? [] : copies;
}

/** Whether a file says different things on different hosts: conditions, or values from the host's surroundings. */
function adapts(host: Host): boolean {
  return host.sources.some((source) => {
    if (source.text.includes("${_")) return true;
    return source.lines.some(({ parts }) => parts.some(({ kind }) => kind === "condition"));
  });
}

function consequence({ instances }: Host): string {
  const sends = instances.some(({ source }) => source !== undefined);
  return `no host is meant to be master${sends ? ", and one sends from an address it does not have" : ""}`;
}

/** What a host's files say that no two hosts can have in common. */
function mustDiffer({ instances, globals }: Host): readonly string[] {
  const some = (test: (instance: Instance) => boolean) => instances.some(test);
  return [
    ...(some(({ vrid }) => vrid !== undefined) ? ["priority"] : []),
    ...(some(({ source }) => source !== undefined) ? ["source address"] : []),
    ...(globals.routerId ? ["router_id"] : []),
  ];
}
