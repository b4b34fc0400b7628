/** Where generated files mean something else than the files they were described from. */
import type { Host } from "../../model/host.ts";
import { type Fact, type Facts, meaningOf, type NamedRouter } from "./meaning.ts";
import type { Note } from "./notes.ts";
import { unwrittenSources } from "./unicast.ts";

/** Every fact that was lost on the way, and those that came up; instances of `after` are called as their routers. */
export function differences(
  hosts: readonly Host[],
  routers: readonly NamedRouter[],
  after: readonly Host[],
): readonly Note[] {
  const then = meaningOf(hosts, routers);
  const now = meaningOf(after, routersOf(after));
  // The source of adverts is told of as what it is: written where it was not.
  const expected = new Set(
    unwrittenSources(routers).map(({ member, source }) => `${member.host.name} ${source}`),
  );
  return hosts.flatMap((host) => {
    const before = then.get(host.name) ?? new Map<string, Fact>();
    const current = now.get(host.name) ?? new Map<string, Fact>();
    return factDifferences(before, current, (fact) =>
      expected.has(`${host.name} ${/: source address (.*)$/.exec(fact)?.[1]}`),
    );
  });
}

/** The routers of hosts whose instances have one name on all. */
export function routersOf(hosts: readonly Host[]): readonly NamedRouter[] {
  const names = [...new Set(hosts.flatMap(({ instances }) => instances.map(({ name }) => name)))];
  return names.map((name) => ({
    name,
    members: hosts.flatMap((host) =>
      host.instances.filter((instance) => instance.name === name).map((instance) => ({ host, instance })),
    ),
  }));
}

function factDifferences(
  before: Facts,
  after: Facts,
  isExpected: (fact: string) => boolean,
): readonly Note[] {
  const lost = [...before].filter(([fact]) => !after.has(fact));
  const gained = [...after].filter(([fact]) => !before.has(fact) && !isExpected(fact));
  const told = new Set(lost.map(([, { shown }]) => subjectOf(shown)));
  const [first] = before.values();
  const lostNotes = withoutWholes(lost, after).map(({ shown, at }): Note => {
    const instead = gained.find(([, fact]) => subjectOf(fact.shown) === subjectOf(shown))?.[1].shown;
    return { at, message: `The description cannot hold ${shown}.${insteadText(shown, instead)}`, lost: true };
  });
  const gainedNotes = gained
    .filter(([, { shown }]) => !told.has(subjectOf(shown)))
    .map(([, { shown }]) => `Generated files will hold what this host does not have: ${shown}.`);
  return [
    ...lostNotes,
    ...(first ? gainedNotes.map((message) => ({ at: first.at, message, lost: true })) : []),
  ];
}

function insteadText(shown: string, instead: string | undefined): string {
  if (instead === undefined) return "";
  return instead === shown
    ? " Generated files will have another one."
    : ` Generated files will say ${instead}.`;
}

/** What a fact is about: another value of it was told already. */
function subjectOf(shown: string): string {
  return shown.slice(0, shown.lastIndexOf(" "));
}

/** A virtual router or a definition that is gone as a whole is told once. */
function withoutWholes(lost: readonly (readonly [string, Fact])[], after: Facts): readonly Fact[] {
  const left = new Set([...after.keys()].map(ownerOf));
  const told = new Set<string>();
  return lost.flatMap(([fact, { shown, at }]) => {
    const owner = ownerOf(fact);
    if (owner === "" || left.has(owner)) return { shown, at };
    if (told.has(owner)) return [];
    told.add(owner);
    const why = /^(script|process|file) /.test(owner)
      ? ": nothing that is generated uses it"
      : ": a virtual router needs an address, and has to be on all hosts";
    return { shown: owner + why, at };
  });
}

/** The virtual router, group or definition whose fact it is: what stands before the colon. */
function ownerOf(fact: string): string {
  return /^(?:group |script |process |file )?\S+(?=: )/.exec(fact)?.[0] ?? "";
}
