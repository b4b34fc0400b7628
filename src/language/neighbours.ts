/** What stands around a block in its cluster: its instance, the same virtual router and the same block on other hosts. */
import type { Fleet, Host, Member, VirtualRouter } from "../model/host.ts";
import { inside, type Statement } from "../schema/statement.ts";
import type { FileView } from "./file-view.ts";

/** A block of another host that does the same as one here. */
export interface Counterpart {
  readonly host: Host;
  readonly block: Statement;
}

/** An instance with its virtual router over all hosts. */
export interface Routed {
  readonly member: Member;
  readonly router: VirtualRouter;
  readonly partners: readonly Member[];
}

/** The blocks from the outermost to this one. */
function chainOf(block: Statement | undefined): readonly Statement[] {
  const chain: Statement[] = [];
  for (let each = block; each; each = each.parent) chain.unshift(each);
  return chain;
}

const known = new WeakMap<Fleet, ReadonlyMap<Statement, Routed>>();

/** Every instance of a fleet by its block. */
function instancesOf(fleet: Fleet): ReadonlyMap<Statement, Routed> {
  const before = known.get(fleet);
  if (before) return before;
  const made = new Map<Statement, Routed>();
  for (const router of fleet.routers)
    for (const member of router.members)
      made.set(member.instance.block, {
        member,
        router,
        partners: router.members.filter((each) => each !== member),
      });
  known.set(fleet, made);
  return made;
}

/** The instance that a block is or lies in; undefined elsewhere, and in an instance that keepalived does not create. */
export function routedAt({ fleet }: FileView, block: Statement | undefined): Routed | undefined {
  const [outer] = chainOf(block);
  return outer && instancesOf(fleet).get(outer);
}

/**
 * The same block on other hosts: that of the same virtual router, else the one with the same header. At the top level
 * there is none.
 */
export function counterpartsOf(
  view: FileView,
  host: Host,
  block: Statement | undefined,
): readonly Counterpart[] {
  const [outer, ...inner] = chainOf(block);
  if (!outer) return [];
  const routed = routedAt(view, outer);
  const outers: readonly Counterpart[] = routed
    ? routed.partners.map((partner) => ({ host: partner.host, block: partner.instance.block }))
    : namedAlike(view, host, outer);
  return inner.reduce(
    (found, { words }) =>
      found.flatMap(({ host: other, block: around }) => {
        const same = inside(around).find((each) => each.body && sameWords(each, words));
        return same ? [{ host: other, block: same }] : [];
      }),
    outers,
  );
}

function namedAlike({ fleet }: FileView, host: Host, outer: Statement): readonly Counterpart[] {
  // An instance without partner has none; another one of its name is another virtual router.
  if (host.instances.some((instance) => instance.block === outer)) return [];
  return fleet.hosts.flatMap((other) => {
    const same =
      other === host ? undefined : other.statements.find((each) => each.body && sameWords(each, outer.words));
    return same ? [{ host: other, block: same }] : [];
  });
}

function sameWords({ words }: Statement, others: Statement["words"]): boolean {
  return words.length === others.length && words.every(({ text }, index) => text === others[index]?.text);
}
