import type { Member } from "../model/host.ts";
import { pathOf, type Statement, walk } from "../schema/statement.ts";
import { uniquePlaces } from "./across/claims.ts";
import { teams } from "./across/teams.ts";
import { file, instance } from "./examples.ts";
import { keywordPlace, olderThan } from "./support.ts";
import type { FleetRule } from "./types.ts";

const line = "down_timer_adverts 5";

export const xhVersionSkewKeyword: FleetRule = {
  id: "xh-version-skew-keyword",
  severity: "error",
  over: "fleet",
  summary: "The hosts run different releases, and one of them is too old for a keyword that both files use.",
  why: "The older host ignores the keyword, or loses the rest of the instance if it begins a block. The files look alike, but the hosts do not do the same.",
  basis: "keepalived's public history, by first release; seen with running daemons, 2.2.7 beside 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(instance(`«down_timer_adverts» 5`)),
        "b.conf": file(instance("priority 100", line)),
      },
      target: { "a.conf": "2.4.3", "b.conf": "2.2.0" },
    },
  ],
  good: () => [{ "a.conf": file(instance(line)), "b.conf": file(instance("priority 100", line)) }],
  check(fleet, report) {
    if (!fleet.hosts.some(({ target }) => target !== undefined)) return;
    const found = teams(fleet).flatMap((team) =>
      team.flatMap((newer) => team.flatMap((older) => (newer === older ? [] : lost(newer, older)))),
    );
    for (const { at, name, since, older, there } of uniquePlaces(found))
      report(
        at,
        `${older.host.shownAs} has ${name} as well, but runs keepalived ${older.host.target}, which does not know it: ${name} came with ${since}. It works on this host only, so the hosts do not do the same. Upgrade that host, or do without the keyword on both.`,
        {
          related: [
            {
              at: keywordPlace(there),
              message: `${older.host.shownAs}: unknown to keepalived ${older.host.target}`,
            },
          ],
        },
      );
  },
};

/** Keywords of the newer host's instance that the older host has too and cannot read. */
function lost(newer: Member, older: Member) {
  const [upper, lower] = [newer.host.target, older.host.target];
  if (upper === undefined || lower === undefined || !olderThan(lower, upper)) return [];
  const theirs = new Map(
    [...walk([older.instance.block])].map((statement) => [pathOf(statement), statement]),
  );
  return [...walk([newer.instance.block])].flatMap((statement: Statement) => {
    const { entry, data } = statement;
    const there = data ? undefined : theirs.get(pathOf(statement));
    if (entry?.since === undefined || !there || newer.host.target === undefined) return [];
    if (olderThan(newer.host.target, entry.since) || !olderThan(older.host.target, entry.since)) return [];
    return [{ at: keywordPlace(statement), name: entry.name, since: entry.since, older, there }];
  });
}
