/** The checks of a virtual router: the same ones with the same weight on every host. */
import type { Edit } from "../../diagnostic.ts";
import type { Definition, Fleet, Host, Member, Tracker } from "../../model/host.ts";
import { groupOf } from "../../rules/across/election.ts";
import type { Team } from "../../rules/across/teams.ts";
import { insertAfter } from "../../rules/edits.ts";
import { linesOf } from "../../rules/support.ts";
import { xhTrackingMissingOnHost } from "../../rules/xh-tracking-missing-on-host.ts";
import { xhWeightCannotChangeMaster } from "../../rules/xh-weight-cannot-change-master.ts";
import { xhWeightInvertsHealthyOrder } from "../../rules/xh-weight-inverts-healthy-order.ts";
import { named, type Statement, walk } from "../../schema/statement.ts";
import { copied, insertAbove, insertLike, rawText, removal, setWord } from "./edits.ts";
import { interfaceOn } from "./names.ts";
import { type Facet, nameOf, prevailing, type Step, step } from "./step.ts";

/** A check as one host has it, in the instance or in its group. */
interface Check {
  readonly by: Member;
  readonly tracker: Tracker;
  readonly key: string;
}

function checksOf(by: Member): readonly Check[] {
  const all = [...by.instance.trackers, ...(groupOf(by)?.trackers ?? [])];
  return all.map((tracker) => ({ by, tracker, key: `${tracker.kind} ${tracker.name}` }));
}

/** Adds checks that are missing, and takes away those that the prevailing hosts do not have. */
export const checkFacet: Facet = {
  settles: [xhTrackingMissingOnHost, xhWeightInvertsHealthyOrder],
  find: (fleet, reported) =>
    reported.flatMap((team) => {
      const lists = team.map(checksOf);
      const keys = new Set(lists.flat().map(({ key }) => key));
      return [...keys].flatMap((key) => {
        const claims = lists.map((list) => list.find((check) => check.key === key));
        const wanted = prevailing(claims.map((check) => ({ key: check ? "here" : "absent", check })))?.check;
        return team.flatMap((member, index) => {
          const own = claims[index];
          if (wanted) return own || wanted.tracker.ignored ? [] : add(fleet, member, wanted);
          return own ? drop(own, team[0] ?? member) : [];
        });
      });
    }),
};

function drop({ by, tracker }: Check, model: Member): readonly Step[] {
  const list = tracker.statement.parent;
  const only = list?.body?.statements.length === 1;
  const title = `${nameOf(by)}: ${tracker.name} is no longer checked, as ${model.host.shownAs} does not check it`;
  return step(by.host, title, removal(by.host, only ? list : tracker.statement), true);
}

function add(fleet: Fleet, member: Member, { by, tracker }: Check): readonly Step[] {
  const { host } = member;
  const name = tracker.kind === "interface" ? interfaceOn(fleet, by.host, host, tracker.name) : tracker.name;
  if (tracker.kind === "interface" && name === member.instance.interface?.value) return [];
  const line = copied(tracker.statement, (word, index) => (index === 0 ? (name ?? word) : word));
  const defined =
    tracker.kind === "interface" ||
    host.definitions.some(
      ({ kind, name: own, ignored }) => kind === tracker.kind && own === name && !ignored,
    );
  const definition = defined ? [] : [define(host, tracker.definition, by.host)];
  const note = defined ? "" : "; its definition is copied, see that what it runs is on this host too";
  const title = `${nameOf(member)}: ${tracker.name} is checked, as in ${by.host.shownAs}${note}`;
  const track = name === undefined || line === undefined ? undefined : put(member, by, tracker, line);
  return step(host, title, [track, ...definition]);
}

/** In the group where the other host has it there and this one has a group, else in the instance. */
function put(member: Member, by: Member, { statement }: Tracker, line: string): Edit | undefined {
  const { host, instance } = member;
  const list = statement.parent;
  const keyword = list?.words[0]?.text;
  const inGroup = list?.parent !== undefined && list.parent === groupOf(by)?.block;
  const home = (inGroup ? groupOf(member) : undefined) ?? instance;
  if (!list || keyword === undefined) return undefined;
  const last = linesOf(home, keyword).at(-1);
  if (last) return insertAfter(host, last, line);
  return insertLike(host, home.block, list, [`${keyword} {`, `    ${line}`, "}"]);
}

/** Copies a definition word for word, above everything that may use it. */
export function define(to: Host, definition: Definition | undefined, from: Host): Edit | undefined {
  const { block } = definition ?? {};
  const first = block?.words[0]?.at;
  const close = block?.body?.close;
  if (!block || !first || !close || close.file !== first.file) return undefined;
  const foreign = [...walk([block])].some(({ words, line }) =>
    [line.condition, ...words.map(({ via, unknown }) => via ?? (unknown || undefined))].some(Boolean),
  );
  const span = { start: first.span.start, end: close.span.end };
  const text = rawText(from, { file: first.file, span });
  const users = new Set(["vrrp_sync_group", "vrrp_instance"]);
  const before = to.statements.find(({ words }) => users.has(words[0]?.text ?? ""));
  if (foreign || text === undefined || !before) return undefined;
  return insertAbove(to, before, text.split(/\r?\n/));
}

/** Gives a check the prevailing weight where different weights lead to a wrong master. */
export const weightFacet: Facet = {
  settles: [xhWeightInvertsHealthyOrder, xhWeightCannotChangeMaster],
  find: (_, reported) => reported.flatMap(weigh),
};

function weigh(team: Team): readonly Step[] {
  const all = team.flatMap(checksOf).filter(({ tracker }) => !tracker.ignored && !tracker.weight.unknown);
  return [...new Set(all.map(({ key }) => key))].flatMap((key) => {
    const claims = all
      .filter((check) => check.key === key)
      .map((check) => ({ key: String(check.tracker.weight.value), check }));
    const wanted = prevailing(claims);
    if (!wanted) return [];
    return claims
      .filter((claim) => claim.key !== wanted.key)
      .flatMap(({ check: { by, tracker } }) => {
        const title = `${nameOf(by)}: the weight of ${tracker.name} ${tracker.weight.value} becomes ${wanted.key}, as in ${wanted.check.by.host.shownAs}`;
        return step(by.host, title, [setWeight(by, tracker, wanted.key)]);
      });
  });
}

function setWeight({ host }: Member, { statement, definition }: Tracker, weight: string): Edit | undefined {
  if (statement.words[1]?.text === "weight") return setWord(host, statement.words[2], weight);
  const written = definition && named(definition.block.body?.statements ?? [], "weight").at(-1);
  if (written) return setWord(host, written.words[1], weight);
  return definition ? afterLast(host, definition.block, `weight ${weight}`) : undefined;
}

function afterLast(host: Member["host"], block: Statement, line: string): Edit | undefined {
  const last = block.body?.statements.at(-1);
  return last && insertAfter(host, last, line);
}
