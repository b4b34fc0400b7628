/** The addresses of a virtual router: the same ones in the same block with the same prefix on every host. */
import type { Edit } from "../../diagnostic.ts";
import type { Fleet, Member, VirtualAddress } from "../../model/host.ts";
import { hostNames } from "../../rules/across/claims.ts";
import type { AddressBlock } from "../../rules/across/gaps.ts";
import { moved, type Team } from "../../rules/across/teams.ts";
import { insertAfter, insertBefore } from "../../rules/edits.ts";
import { lineOf, linesOf, listed } from "../../rules/support.ts";
import { xhExcludedVipMismatch } from "../../rules/xh-excluded-vip-mismatch.ts";
import { xhVipExcludedPlacement } from "../../rules/xh-vip-excluded-placement.ts";
import { xhVipPrefixMismatch } from "../../rules/xh-vip-prefix-mismatch.ts";
import { xhVipSetMismatch } from "../../rules/xh-vip-set-mismatch.ts";
import type { Statement } from "../../schema/statement.ts";
import { copied, insertLike, removal, setWord } from "./edits.ts";
import { wordOn } from "./names.ts";
import { isFlawed } from "./reported.ts";
import { type Facet, nameOf, prevailing, type Step, step } from "./step.ts";

const blocks: readonly AddressBlock[] = ["virtual_ipaddress", "virtual_ipaddress_excluded"];

/** An address as one host lists it. */
interface Listed {
  readonly by: Member;
  readonly block: AddressBlock;
  readonly line: VirtualAddress;
}

/** What a team is to list: for each address the host whose line counts. */
type Wanted = ReadonlyMap<string, Listed>;

/** Adds, removes and moves addresses until every host lists what the prevailing one lists. */
export const addressFacet: Facet = {
  settles: [xhVipSetMismatch, xhExcludedVipMismatch, xhVipExcludedPlacement],
  find: (fleet, reported) =>
    reported.flatMap((team) => {
      const wanted = wantedOf(team);
      const keepsSome = [...wanted.values()].some(({ block }) => block === "virtual_ipaddress");
      const flawed = [...wanted.values()].some(({ by, line }) => isFlawed(fleet, by.host, line.statement));
      if (!keepsSome || flawed || !team.every(isClear)) return [];
      return team.flatMap((member) => stepsFor({ fleet, team, member, wanted }));
    }),
};

/** No line is a mystery, and all addresses fit into an advert. */
function isClear({ instance }: Member): boolean {
  return (
    instance.refused.every(({ why }) => why === "family") && !instance.excluded.some((line) => line.moved)
  );
}

function listedBy(by: Member): readonly Listed[] {
  const { addresses, excluded } = by.instance;
  const lists = [addresses, excluded];
  return blocks.flatMap((block, index) => (lists[index] ?? []).map((line) => ({ by, block, line })));
}

function wantedOf(team: Team): Wanted {
  const lists = team.map(listedBy);
  const found = new Map<string, Listed>();
  const refused = new Set(team.flatMap(({ instance }) => instance.refused.map(({ address }) => address)));
  for (const { line } of lists.flat()) {
    const claims = lists.map((list) => list.find((one) => one.line.address === line.address));
    const wanted = prevailing(claims.map((claim) => ({ key: claim?.block ?? "", claim })))?.claim;
    if (wanted && !refused.has(line.address)) found.set(line.address, wanted);
  }
  return found;
}

interface Task {
  readonly fleet: Fleet;
  readonly team: Team;
  readonly member: Member;
  readonly wanted: Wanted;
}

function stepsFor(task: Task): readonly Step[] {
  const { member, wanted } = task;
  const own = listedBy(member);
  const refused = new Set(member.instance.refused.map(({ address }) => address));
  const missing = [...wanted.values()].filter(
    ({ line: { address } }) => !moved(member.instance).includes(address) && !isElsewhere(member, address),
  );
  const extra = own.filter(({ line }) => !wanted.has(line.address) && !refused.has(line.address));
  const misplaced = own.filter(({ line, block }) => {
    const right = wanted.get(line.address);
    return right !== undefined && right.block !== block;
  });
  return [
    ...misplaced.flatMap((line) => move(task, line)),
    ...blocks.flatMap((block) => fill(task, missing.filter(inBlock(block)), extra.filter(inBlock(block)))),
  ];
}

const inBlock = (block: AddressBlock) => (one: Listed) => one.block === block;

/** The host has the address in another way already; adding it here would make two of it. */
function isElsewhere({ host, instance }: Member, address: string): boolean {
  const others = host.instances.filter((other) => other !== instance);
  return (
    host.ownAddresses.some((own) => own.address === address) ||
    others.some((other) => moved(other).includes(address)) ||
    instance.refused.some((line) => line.address === address)
  );
}

/** One address too many and one missing is one mistyped address; more are removed and added. */
function fill(task: Task, missing: readonly Listed[], extra: readonly Listed[]): readonly Step[] {
  const { member, team } = task;
  const [lost, surplus] = [missing[0], extra[0]];
  if (lost && surplus && missing.length + extra.length === 2) return retype(task, surplus, lost);
  const gone = extra.flatMap(({ line, block }) => {
    const others = team.filter((other) => !moved(other.instance).includes(line.address));
    const why = `as ${hostNames(others)} ${others.length > 1 ? "do" : "does"} not have it`;
    const title = `${nameOf(member)}: ${line.address} is removed from ${block}, ${why}`;
    return step(member.host, title, takeOut(member, block, line, extra), true);
  });
  return [...gone, ...add(task, missing)];
}

/** Writes lines that belong behind the same one together, so that they come in the other host's order. */
function add(task: Task, missing: readonly Listed[]): readonly Step[] {
  const { member } = task;
  const groups = new Map<Statement | undefined, { lines: string[]; all: Listed[] }>();
  for (const one of missing) {
    const text = textOn(task, one);
    const anchor = anchorOf(member, one);
    const group = groups.get(anchor) ?? { lines: [], all: [] };
    groups.set(anchor, group);
    if (text === undefined) continue;
    group.lines.push(text);
    group.all.push(one);
  }
  return [...groups.values()].flatMap(({ lines, all: [first, ...rest] }) => {
    if (!first) return [];
    const what = listed([first, ...rest].map(({ line }) => line.address));
    const verb = rest.length > 0 ? "are" : "is";
    const title = `${nameOf(member)}: ${what} ${verb} added to ${first.block}, as in ${first.by.host.shownAs}: a takeover would lose what is missing`;
    return step(member.host, title, [putLines(member, first, lines)]);
  });
}

function retype({ member }: Task, surplus: Listed, lost: Listed): readonly Step[] {
  const text = lost.line.statement.words[0]?.text ?? "";
  return step(
    member.host,
    `${nameOf(member)}: the address ${surplus.line.address} becomes ${lost.line.address}, as in ${lost.by.host.shownAs}`,
    [setWord(member.host, surplus.line.statement.words[0], text)],
    true,
  );
}

function move(task: Task, { line, block }: Listed): readonly Step[] {
  const { member, wanted } = task;
  const right = wanted.get(line.address);
  if (!right) return [];
  const text = copied(line.statement);
  return step(
    member.host,
    `${nameOf(member)}: ${line.address} moves to ${right.block}, as in ${right.by.host.shownAs}`,
    [
      ...takeOut(member, block, line, [{ by: member, block, line }]),
      text === undefined ? undefined : putLines(member, right, [text]),
    ],
  );
}

/** Deletes a line, and the block with it that would be empty. */
function takeOut(
  { host, instance }: Member,
  block: AddressBlock,
  line: VirtualAddress,
  going: readonly Listed[],
): readonly (Edit | undefined)[] {
  const all = linesOf(instance, block);
  const statement = lineOf(instance, block);
  const empties = all.every((each) => going.some((one) => one.line.statement === each));
  if (empties && statement && block === "virtual_ipaddress_excluded") return removal(host, statement);
  return removal(host, line.statement);
}

/** The line as this host writes it; undefined where its interface is not known. */
function textOn({ fleet, member }: Task, { by, line }: Listed): string | undefined {
  const words = line.statement.words.map(({ text }) => text);
  const changed = words.map((_, index) => wordOn(fleet, by, member, words, index));
  return changed.includes(undefined) ? undefined : copied(line.statement, (_, index) => changed[index] ?? "");
}

/** The line of this host behind which a line of another host belongs; undefined at the top. */
function anchorOf({ instance }: Member, { by, block, line }: Listed): Statement | undefined {
  const theirs = listedBy(by).filter(inBlock(block));
  const ahead = theirs.slice(
    0,
    theirs.findIndex((one) => one.line === line),
  );
  const before = new Set(ahead.map((one) => one.line.address));
  const ours = linesOf(instance, block);
  const own = [...instance.addresses, ...instance.excluded].filter(({ address }) => before.has(address));
  return own.map(({ statement }) => statement).findLast((statement) => ours.includes(statement));
}

/** Writes lines behind the one that they follow on the other host, else as the first ones of the block. */
function putLines(member: Member, one: Listed, lines: readonly string[]): Edit | undefined {
  const { host, instance } = member;
  const { by, block } = one;
  const after = anchorOf(member, one);
  const [first] = linesOf(instance, block);
  if (after) return insertAfter(host, after, lines.join("\n"));
  if (first) return insertBefore(host, first, lines.join("\n"));
  if (lineOf(instance, block)) return undefined;
  const model = lineOf(by.instance, block);
  return insertLike(host, instance.block, model, [`${block} {`, ...lines.map((line) => `    ${line}`), "}"]);
}

/** Gives every address the prevailing prefix length. */
export const prefixFacet: Facet = {
  settles: [xhVipPrefixMismatch],
  find: (_, reported) =>
    reported.flatMap((team) => {
      const all = team.flatMap(listedBy);
      const addresses = [...new Set(all.map(({ line }) => line.address))];
      return addresses.flatMap((address) => prefixSteps(all.filter(({ line }) => line.address === address)));
    }),
};

function prefixSteps(all: readonly Listed[]): readonly Step[] {
  const claims = all.map((one) => ({ ...one, key: prefixOf(one.line) }));
  const wanted = prevailing(claims);
  if (!wanted) return [];
  return claims
    .filter(({ key }) => key !== wanted.key)
    .flatMap(({ by, line, key }) => {
      const word = line.statement.words[0];
      const [bare] = word?.text.split("/") ?? [];
      const [, ending = ""] = wanted.line.statement.words[0]?.text.split("/") ?? [];
      return step(
        by.host,
        `${nameOf(by)}: ${line.address}${key} becomes ${line.address}${wanted.key}, as in ${wanted.by.host.shownAs}`,
        [setWord(by.host, word, ending === "" ? `${bare}` : `${bare}/${ending}`)],
      );
    });
}

function prefixOf({ prefix, family }: VirtualAddress): string {
  return `/${prefix ?? (family === 4 ? 32 : 128)}`;
}
