/** Names and interfaces that some file of the cluster has. */
import type { Host, Instance } from "../../model/host.ts";
import { inside, type Statement } from "../../schema/statement.ts";
import type { NameKind } from "../../schema/types.ts";
import type { Around } from "./router-values.ts";
import { rank, type Suggestion } from "./suggestion.ts";

/** What is defined on this host under a kind of name, then what only other hosts define. */
export function definedNames({ view, host }: Around, kind: NameKind): readonly Suggestion[] {
  const others = view.fleet.hosts.filter((other) => other !== host);
  return [
    ...namesOn(host, kind).map((block) => name(block, rank.here, described(block))),
    ...others.flatMap((other) =>
      namesOn(other, kind).map((block) => name(block, rank.elsewhere, `defined on ${other.name}, not here`)),
    ),
  ];
}

const known = new WeakMap<Host, ReadonlyMap<NameKind, readonly Statement[]>>();

/** The blocks at the top level of a host's files that define a kind of name. */
export function namesOn(host: Host, kind: NameKind): readonly Statement[] {
  const before = known.get(host) ?? blocksByKind(host);
  known.set(host, before);
  return before.get(kind) ?? [];
}

function blocksByKind({ statements }: Host): ReadonlyMap<NameKind, readonly Statement[]> {
  const found = new Map<NameKind, Statement[]>();
  for (const block of statements) {
    const value = block.entry?.args[0]?.value;
    const name = block.words[1];
    if (value?.is !== "name" || !value.defines || !name || name.unknown) continue;
    const alike = found.get(value.defines);
    if (alike) alike.push(block);
    else found.set(value.defines, [block]);
  }
  return found;
}

/** The keyword, and the program of a script. */
function described({ words, body }: Statement): string {
  const script = body?.statements.find((line) => line.words[0]?.text === "script")?.words[1]?.text;
  return [words[0]?.text ?? "", ...(script === undefined ? [] : [script])].join(": ");
}

/** Names for a new definition: those that something on this host refers to in vain, and those that partners have. */
export function namesToDefine({ view, host, routed }: Around, kind: NameKind): readonly Suggestion[] {
  const taken = new Set(namesOn(host, kind).map(({ words }) => words[1]?.text));
  // The header that is being written may be read as a name already; it must not hide its own suggestion.
  const own = routed?.member.instance.name;
  const isFree = (text: string) => text === own || !taken.has(text);
  const wanted = wantedOn(host, kind).map((text) => value(text, rank.best, "used here, defined nowhere"));
  const others = view.fleet.hosts.filter((other) => other !== host);
  const theirs = others.flatMap((other) =>
    namesOn(other, kind).map((block) => name(block, rank.peer, `on ${other.name}, not here`)),
  );
  return [...wanted, ...theirs].filter(({ text }) => isFree(text));
}

const trackerKinds = { script: "script", process: "track-process", file: "track-file", bfd: "bfd" } as const;

/** Names that trackers and groups of a host use and nothing defines. */
function wantedOn({ instances, groups }: Host, kind: NameKind): readonly string[] {
  if (kind === "instance") {
    const known = new Set(instances.map((instance) => instance.name));
    return groups
      .flatMap(({ members }) => members.map((member) => member.name))
      .filter((each) => !known.has(each));
  }
  const trackers = [...instances, ...groups].flatMap((each) => each.trackers);
  return trackers.flatMap((tracker) =>
    tracker.ignored === "undefined-name" &&
    tracker.kind !== "interface" &&
    trackerKinds[tracker.kind] === kind
      ? [tracker.name]
      : [],
  );
}

/** Every interface that instances of the cluster name, those of the same virtual router and of this host first. */
export function interfaces({ view, host, routed }: Around): readonly Suggestion[] {
  const related = new Set(routed?.router.members.map(({ instance }) => instance) ?? []);
  const found = new Map<string, Suggestion>();
  for (const other of view.fleet.hosts)
    for (const instance of other.instances) {
      const order = related.has(instance) ? rank.best : other === host ? rank.here : rank.elsewhere;
      for (const text of devicesOf(instance)) {
        const best = found.get(text);
        if (!best || order < best.rank)
          found.set(text, { text, detail: `on ${other.name}`, rank: order, kind: "interface" });
      }
    }
  return [...found.values()];
}

function* devicesOf({ interface: own, addresses, trackers }: Instance): Generator<string> {
  if (own) yield own.value;
  for (const { device } of addresses) if (device !== undefined) yield device;
  for (const { kind, name } of trackers) if (kind === "interface") yield name;
}

/** Members of a list that has them already are left out, but for the line that is being written. */
export function listedIn(
  block: Statement | undefined,
  statement: Statement | undefined,
): ReadonlySet<string> {
  const lines = block ? inside(block).filter((line) => line !== statement) : [];
  return new Set(lines.map(({ words }) => words[0]?.text ?? ""));
}

function name({ words }: Statement, order: number, detail: string): Suggestion {
  return value(words[1]?.text ?? "", order, detail);
}

function value(text: string, order: number, detail: string): Suggestion {
  return { text, detail, rank: order, kind: "name" };
}
