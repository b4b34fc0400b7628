import type { Place } from "../diagnostic.ts";
import type { Instance, Member } from "../model/host.ts";
import { parseAddress } from "../schema/address.ts";
import type { Statement } from "../schema/statement.ts";
import { files } from "./across/claims.ts";
import { keywordOrHeader } from "./across/edits.ts";
import { type Team, teams } from "./across/teams.ts";
import { block, file, headerMarked, instance } from "./examples.ts";
import { listed } from "./support.ts";
import type { FleetRule } from "./types.ts";

const routes = (...lines: readonly string[]) => block("virtual_routes", ...lines);
const marked = (text: string) => text.replace("virtual_routes", "«virtual_routes»");

export const xhVirtualRoutesMismatch: FleetRule = {
  id: "xh-virtual-routes-mismatch",
  severity: "warning",
  over: "fleet",
  summary: "The hosts of a virtual router do not bring the same routes or rules.",
  why: "Routes and rules are not in the adverts, so nothing notices. After a takeover they are missing, and networks behind them cannot be reached.",
  basis: "keepalived.conf(5), virtual_routes; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: [
    {
      input: {
        "a.conf": file(instance(marked(routes("192.168.7.0/24 via 10.0.0.254")))),
        "b.conf": file(headerMarked(instance("priority 100"))),
      },
    },
    {
      input: {
        "a.conf": file(
          instance(marked(routes("192.168.7.0/24 via 10.0.0.254", "192.168.8.0/24 via 10.0.0.254"))),
        ),
        "b.conf": file(instance("priority 100", marked(routes("192.168.7.0/24 via 10.0.0.254")))),
      },
    },
  ],
  good: [
    {
      "a.conf": file(instance(routes("192.168.7.0/24 via 10.0.0.254 dev eth0", "default via 10.0.0.254"))),
      "b.conf": file(
        instance(
          "priority 100",
          routes("0.0.0.0/0 via 10.0.0.254", "192.168.7.0/24 via 10.0.0.254 dev ens3"),
        ),
      ),
    },
  ],
  check(fleet, report) {
    for (const team of teams(fleet)) {
      compare(team, "virtual_routes", ({ virtualRoutes }) => virtualRoutes.map(destination));
      compare(team, "virtual_rules", ({ virtualRules }) =>
        virtualRules.map((_, index) => `rule ${index + 1}`),
      );
    }

    function compare(
      team: Team,
      keyword: string,
      read: (instance: Instance) => readonly (string | undefined)[],
    ): void {
      const all = team.map((member) => ({ member, routes: read(member.instance) }));
      if (all.some(({ routes }) => routes.includes(undefined))) return;
      const union = [...new Set(all.flatMap(({ routes }) => routes))];
      const lacking = all.filter(({ routes }) => union.some((route) => !routes.includes(route)));
      if (lacking.length === 0) return;
      const placeOf = ({ instance }: Member): Place => keywordOrHeader(instance, keyword);
      for (const { member, routes } of all) {
        const absent = union.filter((route) => !routes.includes(route));
        const others = lacking.filter((other) => other.member !== member).map((other) => other.member);
        if (absent.length === 0 && others.length === 0) continue;
        const here =
          absent.length > 0 ? `${keyword} lacks ${names(absent)} here, which another host brings` : "";
        const there = `${keyword} in ${files(others)} lacks what this host brings`;
        report(
          placeOf(member),
          `${here || there}. The adverts do not show it: after a takeover the host without it cannot reach what lies behind. List the same on every host.`,
          {
            related: all
              .filter((other) => other.member !== member)
              .map((other) => ({
                at: placeOf(other.member),
                message: `${other.member.host.file} brings ${names(other.routes)}`,
              })),
          },
        );
      }
    }
  },
};

function names(routes: readonly (string | undefined)[]): string {
  return routes.length === 0 ? "nothing" : listed(routes.map(String));
}

/** Where a route leads; how it gets there may differ between hosts. Undefined when the line does not say it plainly. */
function destination({ words }: Statement): string | undefined {
  const start = words[0]?.text === "src" ? 2 : 0;
  const word = words.slice(start).find(({ text }) => text !== "to" && !types.has(text));
  if (!word || word.unknown) return undefined;
  if (word.text === "default") return "default";
  const address = parseAddress(word.text);
  if (!address) return undefined;
  return address.prefix === 0
    ? "default"
    : `${address.address}/${address.prefix ?? (address.family === 4 ? 32 : 128)}`;
}

const types = new Set(["unicast", "blackhole", "unreachable", "prohibit", "throw", "local", "inet", "inet6"]);
