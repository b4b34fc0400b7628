/** Sync groups: the same virtual routers move together on every host. */
import type { Edit } from "../../diagnostic.ts";
import type { Fleet, Host, SyncGroup } from "../../model/host.ts";
import { groupOn, memberOn } from "../../rules/across/sync.ts";
import { type Team, teams } from "../../rules/across/teams.ts";
import { insertAfter } from "../../rules/edits.ts";
import { linesOf, listed } from "../../rules/support.ts";
import { vrrpSyncMembershipBroken } from "../../rules/vrrp-sync-membership-broken.ts";
import { xhSyncGroupMembershipMismatch } from "../../rules/xh-sync-group-membership-mismatch.ts";
import { inside, type Statement } from "../../schema/statement.ts";
import type { Word } from "../../syntax/tree.ts";
import { contains, extentOf } from "../extent.ts";
import { insertAbove, removal, setWord } from "./edits.ts";
import { isFlawed, reportsOf } from "./reported.ts";
import { type Facet, prevailing, type Step, step } from "./step.ts";

/** One group as the hosts should have it: some of the virtual routers that all these hosts share. */
interface Task {
  readonly host: Host;
  readonly model: Host;
  /** The routers that the host shares with the model. */
  readonly shared: readonly Team[];
}

export const groupFacet: Facet = {
  settles: [xhSyncGroupMembershipMismatch],
  find: (fleet, reported) => {
    if (fleet.hosts.some((host) => host.uncertain || host.groups.some(({ uncertain }) => uncertain)))
      return [];
    return fleet.hosts.flatMap((host) => {
      const task = taskFor(fleet, host);
      return task?.shared.some((team) => reported.includes(team)) ? align(task) : [];
    });
  },
};

/** The host whose groups count for this one: most of those that share the same routers, or the first of them. */
function taskFor(fleet: Fleet, host: Host): Task | undefined {
  const all = teams(fleet);
  const routersOf = (one: Host) => all.filter((team) => memberOn(team, one));
  const shared = routersOf(host);
  const mates = fleet.hosts.filter((mate) => sameItems(routersOf(mate), shared));
  const model = prevailing(mates.map((mate) => ({ mate, key: partition(shared, mate) })))?.mate;
  if (!model || model === host || shared.length < 2) return undefined;
  if (model.groups.some(({ block }) => isFlawed(fleet, model, block) || isBroken(fleet, block)))
    return undefined;
  return partition(shared, model) === partition(shared, host) ? undefined : { host, model, shared };
}

/** Lists too few members, or some that are no instances: then it does not say what its author meant. */
function isBroken(fleet: Fleet, block: Statement): boolean {
  const extent = extentOf(block);
  return reportsOf(fleet, [vrrpSyncMembershipBroken]).some(({ at }) => extent && contains(extent, at));
}

function sameItems<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}

/** Which routers a host joins, whatever it calls the groups. A group of one is none. */
function partition(shared: readonly Team[], host: Host): string {
  const sets = groupsOf(shared, host).map(({ joined }) => joined.map((team) => shared.indexOf(team)));
  return JSON.stringify(sets.filter(({ length }) => length > 1));
}

interface Joined {
  readonly group: SyncGroup;
  readonly joined: readonly Team[];
}

function groupsOf(shared: readonly Team[], host: Host): readonly Joined[] {
  const groups = new Set(shared.flatMap((team) => groupOn(team, host) ?? []));
  return [...groups].map((group) => ({
    group,
    joined: shared.filter((team) => groupOn(team, host) === group),
  }));
}

function align(task: Task): readonly Step[] {
  const { host, model, shared } = task;
  const wanted = groupsOf(shared, model).filter(({ joined }) => joined.length > 1);
  const joinedThere = wanted.flatMap(({ joined }) => joined);
  const surplus = groupsOf(shared, host).filter(
    ({ joined }) => !joined.some((team) => joinedThere.includes(team)),
  );
  return [
    ...surplus.filter(({ joined }) => joined.length > 1).flatMap((one) => dissolve(task, one)),
    ...wanted.flatMap((one) => form(task, one)),
  ];
}

const namesIn = (routers: readonly Team[], host: Host) =>
  routers.flatMap((team) => memberOn(team, host)?.instance.name ?? []);

function dissolve({ host, model }: Task, { group, joined }: Joined): readonly Step[] {
  const names = namesIn(joined, host);
  const title = `sync group ${group.name} is removed, as ${model.shownAs} does not join ${listed(names)}`;
  const whole = group.members.every(({ name }) => names.includes(name));
  return step(host, title, whole ? removal(host, group.block) : takeOut(host, group, names), true);
}

/** Makes the host's group of these routers hold what the model's holds; writes it where there is none. */
function form({ host, model, shared }: Task, { group: theirs, joined }: Joined): readonly Step[] {
  const names = namesIn(joined, host);
  const here = groupsOf(shared, host);
  const candidates = here.filter((one) => one.joined.some((team) => joined.includes(team)));
  const alike = (one: Joined) => one.joined.filter((team) => joined.includes(team)).length;
  const [best] = [...candidates].sort((a, b) => alike(b) - alike(a));
  const main = best?.group ?? host.groups.find(({ name }) => name === theirs.name);
  const end = `as in ${model.shownAs}: a group moves as a whole`;
  if (!main) return found(host, theirs, names, end);
  const elsewhere = candidates.filter(({ group }) => group !== main);
  if (elsewhere.length > 0)
    return elsewhere.flatMap(({ group }) => {
      const moving = names.filter((name) => group.members.some((member) => member.name === name));
      const title = `sync group ${group.name} gives up ${listed(moving)}, ${end}`;
      return step(host, title, takeOut(host, group, moving), true);
    });
  return complete(host, main, names, namesIn(shared, host), end);
}

function found(host: Host, theirs: SyncGroup, names: readonly string[], end: string): readonly Step[] {
  const [first] = host.instances;
  const more = inside(theirs.block).flatMap(({ words }) => words[0]?.text ?? []);
  const left = [...new Set(more)].filter((keyword) => keyword !== "group" && !keyword.startsWith("track_"));
  const note = left.length > 0 ? `; what ${listed(left)} says there is not copied` : "";
  const title = `sync group ${theirs.name} is added for ${listed(names)}, ${end}${note}`;
  const members = names.map((name) => `        ${name}`);
  const lines = [`vrrp_sync_group ${theirs.name} {`, "    group {", ...members, "    }", "}"];
  return step(host, title, [first && insertAbove(host, first.block, lines)]);
}

/** Adds and removes members; a name that no instance has stands for the one that is missing. */
function complete(
  host: Host,
  group: SyncGroup,
  names: readonly string[],
  shared: readonly string[],
  end: string,
): readonly Step[] {
  const listedHere = group.members.map(({ name }) => name);
  const missing = names.filter((name) => !listedHere.includes(name));
  const surplus = listedHere.filter((name) => shared.includes(name) && !names.includes(name));
  const broken = listedHere.filter((name) => !host.instances.some((instance) => instance.name === name));
  const [lost, wrong] = [missing[0], broken[0]];
  if (lost && wrong && missing.length + broken.length === 2)
    return step(host, `sync group ${group.name}: ${wrong}, which is no instance, becomes ${lost}, ${end}`, [
      setWord(host, wordOf(group, wrong)?.word, lost),
    ]);
  const last = linesOf(group, "group").at(-1);
  const added = step(host, `sync group ${group.name} gets ${listed(missing)}, ${end}`, [
    last && insertAfter(host, last, missing.join("\n")),
  ]);
  const gone = step(
    host,
    `sync group ${group.name} gives up ${listed(surplus)}, ${end}`,
    takeOut(host, group, surplus),
    true,
  );
  return [...(missing.length > 0 ? added : []), ...(surplus.length > 0 ? gone : [])];
}

function wordOf(group: SyncGroup, name: string): { line: Statement; word: Word } | undefined {
  const all = linesOf(group, "group").flatMap((line) => line.words.map((word) => ({ line, word })));
  return all.find(({ word }) => word.text === name);
}

function takeOut(host: Host, group: SyncGroup, names: readonly string[]): readonly (Edit | undefined)[] {
  return names.flatMap((name) => {
    const place = wordOf(group, name);
    return place?.line.words.length === 1 ? removal(host, place.line) : [undefined];
  });
}
