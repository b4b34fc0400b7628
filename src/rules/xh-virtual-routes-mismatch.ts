import type { Member } from "../model/host.ts";
import { parseAddress } from "../schema/address.ts";
import type { Statement } from "../schema/statement.ts";
import { hostNames } from "./across/claims.ts";
import { keywordOrHeader } from "./across/edits.ts";
import { eachTeam } from "./each.ts";
import { block, file, headerMarked, instance } from "./examples.ts";
import { listed } from "./support.ts";
import type { FleetRule, Report } from "./types.ts";

const routes = (...lines: readonly string[]) => block("virtual_routes", ...lines);
const marked = (text: string) => text.replace("virtual_routes", "«virtual_routes»");

export const xhVirtualRoutesMismatch: FleetRule = {
  id: "xh-virtual-routes-mismatch",
  severity: "warning",
  over: "fleet",
  summary: "The hosts of a virtual router do not bring the same routes or rules.",
  why: "Routes and rules are not in the adverts, so nothing notices. After a takeover they are missing, and networks behind them cannot be reached.",
  basis: "keepalived.conf(5), virtual_routes; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
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
  good: () => [
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
  check: eachTeam((team, report) => {
    const routes = team.map((by) => ({ by, brings: by.instance.virtualRoutes.map(destination) }));
    compare("virtual_routes", routes, report);
    const rules = team.map((by) => ({
      by,
      brings: by.instance.virtualRules.map((_, index) => `rule ${index + 1}`),
    }));
    compare("virtual_rules", rules, report);
  }),
};

interface Bringing {
  readonly by: Member;
  readonly brings: readonly (string | undefined)[];
}

function compare(keyword: string, all: readonly Bringing[], report: Report): void {
  if (all.some(({ brings }) => brings.includes(undefined))) return;
  const union = [...new Set(all.flatMap(({ brings }) => brings))];
  const absentOf = ({ brings }: Bringing) => union.filter((route) => !brings.includes(route));
  const placeOf = ({ by }: Bringing) => keywordOrHeader(by.instance, keyword);
  const lacking = all.filter((one) => absentOf(one).length > 0);
  if (lacking.length === 0) return;
  for (const own of all) {
    const others = lacking.filter((other) => other !== own).map(({ by }) => by);
    const what =
      absentOf(own).length > 0
        ? `${keyword} lacks ${names(absentOf(own))} here, which another host brings`
        : `${keyword} in ${hostNames(others)} lacks what this host brings`;
    report(
      placeOf(own),
      `${what}. The adverts do not show it: after a takeover the host without it cannot reach what lies behind. List the same on every host.`,
      {
        related: all
          .filter((other) => other !== own)
          .map((other) => ({
            at: placeOf(other),
            message: `${other.by.host.shownAs} brings ${names(other.brings)}`,
          })),
      },
    );
  }
}

function names(routes: readonly (string | undefined)[]): string {
  return routes.length === 0 ? "nothing" : listed(routes.map(String));
}

/** Where a route leads; how it gets there may differ between hosts. Undefined when the line does not say it plainly. */
export function destination({ words }: Statement): string | undefined {
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
