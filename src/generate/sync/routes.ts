/** Routes and rules that a virtual router brings along: the same lines on every host. */
import type { Edit } from "../../diagnostic.ts";
import type { Fleet, Member } from "../../model/host.ts";
import type { Team } from "../../rules/across/teams.ts";
import { insertAfter } from "../../rules/edits.ts";
import { lineOf, linesOf } from "../../rules/support.ts";
import { destination, xhVirtualRoutesMismatch } from "../../rules/xh-virtual-routes-mismatch.ts";
import type { Statement } from "../../schema/statement.ts";
import { copied, insertLike, removal } from "./edits.ts";
import { wordOn } from "./names.ts";
import { type Facet, nameOf, prevailing, type Step, step } from "./step.ts";

const keywords = ["virtual_routes", "virtual_rules"] as const;

export const routeFacet: Facet = {
  settles: [xhVirtualRoutesMismatch],
  find: (fleet, reported) =>
    reported.flatMap((team) => keywords.flatMap((keyword) => settleLines(fleet, team, keyword))),
};

interface Line {
  readonly key: string;
  readonly by: Member;
  readonly statement: Statement;
}

/** Routes are known by where they lead, rules by all they say. */
function linesBy(by: Member, keyword: (typeof keywords)[number]): readonly Line[] | undefined {
  const statements = linesOf(by.instance, keyword);
  const lines = statements.map((statement) => {
    const key = keyword === "virtual_routes" ? destination(statement) : copied(statement);
    return key === undefined ? undefined : { key, by, statement };
  });
  return lines.some((line) => line === undefined) ? undefined : lines.filter((line) => line !== undefined);
}

function settleLines(fleet: Fleet, team: Team, keyword: (typeof keywords)[number]): readonly Step[] {
  const lists = team.map((member) => linesBy(member, keyword));
  if (lists.includes(undefined) || disputed(lists, keyword)) return [];
  const all = lists.flatMap((list) => list ?? []);
  return [...new Set(all.map(({ key }) => key))].flatMap((key) => {
    const claims = lists.map((list) => list?.find((line) => line.key === key));
    const wanted = prevailing(claims.map((line) => ({ key: line ? "here" : "absent", line })))?.line;
    return team.flatMap((member, index) => {
      const own = claims[index];
      if ((own === undefined) === (wanted === undefined)) return [];
      return own ? drop(member, own, keyword) : wanted ? add(fleet, member, wanted, keyword) : [];
    });
  });
}

/** Equally many rules that read differently may be meant to differ: nothing says which are the same. */
function disputed(lists: readonly (readonly Line[] | undefined)[], keyword: string): boolean {
  const counts = new Set(lists.map((list) => list?.length));
  return keyword === "virtual_rules" && counts.size === 1;
}

function drop(member: Member, { key, statement }: Line, keyword: string): readonly Step[] {
  const { host, instance } = member;
  const block = lineOf(instance, keyword);
  const only = linesOf(instance, keyword).length === 1;
  const edits = removal(host, only && block ? block : statement);
  return step(
    host,
    `${nameOf(member)}: ${key} is removed from ${keyword}, as others do not have it`,
    edits,
    true,
  );
}

function add(fleet: Fleet, member: Member, wanted: Line, keyword: string): readonly Step[] {
  const { host, instance } = member;
  const words = wanted.statement.words.map(({ text }) => text);
  const changed = words.map((_, index) => wordOn(fleet, wanted.by, member, words, index));
  const own = wanted.by.host.ownAddresses.map(({ address }) => address);
  const text = copied(wanted.statement, (_, index) => changed[index] ?? "");
  // A line with an address of the other host itself would be wrong here.
  const foreign = changed.includes(undefined) || words.some((word) => own.includes(word));
  const title = `${nameOf(member)}: ${wanted.key} is added to ${keyword}, as in ${wanted.by.host.shownAs}`;
  return step(host, title, [foreign || text === undefined ? undefined : put()]);

  function put(): Edit | undefined {
    const last = linesOf(instance, keyword).at(-1);
    if (last) return insertAfter(host, last, text ?? "");
    if (lineOf(instance, keyword)) return undefined;
    const model = lineOf(wanted.by.instance, keyword);
    return insertLike(host, instance.block, model, [`${keyword} {`, `    ${text}`, "}"]);
  }
}
