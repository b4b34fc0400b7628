/** One more host beside those that are there: its own file, and its address in the peer lists of the others. */
import { formFleet } from "../../model/fleet.ts";
import type { Fleet, Host, Instance, Member } from "../../model/host.ts";
import { listed } from "../../rules/support.ts";
import { inside, named } from "../../schema/statement.ts";
import { type Named, type Order, retold } from "../remarks.ts";
import { addPeers } from "./adverts.ts";
import { Changes, rewrite } from "./changes.ts";
import { speakingOf } from "./comments.ts";
import {
  type Copy,
  copyFor,
  type Failure,
  type Original,
  type PlaceOf,
  readAgain,
  readOriginal,
  stuckAt,
} from "./copy.ts";
import type { Made } from "./derive.ts";
import { changeJoinerStanding, membersWith } from "./join-standing.ts";
import { type Given, judgeGiven, judgeNew } from "./judge.ts";
import type { Existing, Newcomer, Problem } from "./newcomer.ts";
import { ownOf } from "./own-addresses.ts";

/** Makes the files of the new host after the first given one, and changes the others, or says why not. */
export function join(givens: readonly Existing[], newcomer: Newcomer, placeOf: PlaceOf): Made | Failure {
  const read = givens.map((given) => readOriginal(given, newcomer));
  const failure = read.find((each) => "problems" in each);
  if (failure) return failure;
  const originals = read.flatMap((each) => ("problems" in each ? [] : each));
  const [first] = originals;
  const hosts = originals.map(({ host }) => host);
  const judged = judgeGiven(hosts, hosts.length > 1);
  if (!first || judged.problems.length > 0) return { is: "problems", problems: judged.problems, hosts };
  const fleet = formFleet(hosts, { complete: true });
  const copy = copyFor(first, {
    newcomer,
    role: "joiner",
    placeOf,
    retell: (text, fresh) => retold(text, namesFor(first.host, fleet, first.host, fresh, fresh.name)),
    standing: (old, base, changes) => [
      ...namesake(hosts, newcomer),
      ...unnamedPeers(hosts, fleet),
      ...commonFiles(hosts),
      ...sessions(hosts),
      ...changeJoinerStanding(old, base, fleet, newcomer, changes),
    ],
  });
  if (copy.is === "problems") return copy;
  const others = withNewcomer(originals, fleet, copy);
  return "problems" in others ? others : verdictOf(first.host, copy, others, judged);
}

function verdictOf(old: Host, copy: Copy, others: Others, judged: Given): Made | Failure {
  const hosts = [...others.hosts, copy.host];
  const { fleet, problems, remarks, warnings } = judgeNew(
    hosts,
    true,
    judged,
    (file) => copy.origins.get(file) ?? file,
  );
  if (problems.length > 0) return { is: "problems", problems, hosts };
  const speaking = speakingOf(copy.host, old);
  return {
    is: "files",
    texts: copy.texts,
    origins: copy.origins,
    changed: others.texts,
    fleet,
    remarks,
    mended: [],
    notes: [],
    warnings,
    speaking,
  };
}

function namesake(hosts: readonly Host[], { name }: Newcomer): readonly Problem[] {
  const same = hosts.find((host) => name !== undefined && host.globals.routerId?.value === name);
  if (!same) return [];
  return [{ is: "missing", message: `--as ${name}: ${same.shownAs} is the file of a host with this name` }];
}

/** The lines of one host in a file for several are not all that has to change there. */
function commonFiles(hosts: readonly Host[]): readonly Problem[] {
  return hosts.flatMap(({ configIds, shownAs }): Problem[] => {
    if (configIds.length < 2) return [];
    const names = listed(configIds.map((id) => `@${id}`));
    const message = `${shownAs} is one file for several hosts, with lines for ${names}. Add the lines of the new host there, or take a file of one host.`;
    return [{ is: "refused", message }];
  });
}

/** Sessions between two hosts are no use to a third, and it has none with them. */
function sessions(hosts: readonly Host[]): readonly Problem[] {
  const addresses = hosts.flatMap(ownOf);
  return hosts.flatMap((host) =>
    named(host.statements, "bfd_instance").flatMap((block): Problem[] => {
      const words = inside(block).map((line) => line.words[1]);
      const between = words.find((word) => word && addresses.includes(word.text));
      const message =
        "This BFD session is between two of the hosts. One more host needs sessions of its own with each of them, with names and trackers; write those by hand.";
      return between ? [{ is: "refused", at: between.at, message }] : [];
    }),
  );
}

interface Others {
  readonly hosts: readonly Host[];
  readonly texts: ReadonlyMap<string, string>;
}

/** The given hosts with the newcomer among their peers, and the texts that differ. */
function withNewcomer(
  originals: readonly Original[],
  fleet: Fleet,
  { host: fresh, own }: Copy,
): Others | Failure {
  const texts = new Map<string, string>();
  const hosts: Host[] = [];
  const first = originals[0]?.host;
  const addressFor = (instance: Instance) => {
    const mate = membersWith(fleet, instance).find(({ host }) => host === first)?.instance;
    const copied = fresh.instances.find(({ name }) => name === mate?.name);
    return copied?.source?.value ?? own.freshFor(own.oldOfFamily(instance.family) ?? "");
  };
  for (const { given, host, ids } of originals) {
    const changes = new Changes();
    addPeers(host, addressFor, changes);
    const rewritten = rewrite(host, changes, (now) => readAgain(given, ids.old, now));
    if (rewritten.stuck) return { is: "problems", problems: [stuckAt(rewritten.stuck)], hosts: [host] };
    const now = new Map(rewritten.texts);
    const main = now.get(given.path) ?? given.text;
    const told = first ? retold(main, namesFor(host, fleet, first, fresh)) : main;
    if (told !== main) now.set(given.path, told);
    hosts.push(told === main ? rewritten.host : readAgain(given, ids.old, now));
    for (const [path, text] of now) {
      if ((texts.get(path) ?? text) !== text) return sharedFile(path, host);
      texts.set(path, text);
    }
  }
  return { hosts, texts };
}

/** Whom the comments of a host's file name; `name` is who has them now: the newcomer, `fresh`, is a copy of `first`. */
function namesFor(host: Host, fleet: Fleet, first: Host, fresh: Host, name = host.name): Named {
  const names = fleet.hosts.map(({ name }) => name);
  const orders = host.instances.map((instance) => {
    const members = membersWith(fleet, instance);
    const mate = members.find((member) => member.host === first)?.instance;
    const copied = fresh.instances.find(({ name }) => name === mate?.name);
    const before = orderOf(members);
    const now = copied ? orderOf([...members, { host: fresh, instance: copied }]) : before;
    return [instance.name, { before, now }] as const;
  });
  return {
    host: { before: host.name, now: name },
    hosts: { before: names, now: [...names, fresh.name] },
    orders: new Map(orders),
  };
}

function orderOf(members: readonly Member[]): Order {
  return members
    .map(({ host, instance }) => ({ host: host.name, priority: instance.priority.value }))
    .toSorted((one, other) => other.priority - one.priority);
}

/** Peers whose files are not given: their lists would have to change, too, and their priorities are not known. */
function unnamedPeers(hosts: readonly Host[], fleet: Fleet): readonly Problem[] {
  return hosts.flatMap((host) =>
    host.instances.flatMap((instance): readonly Problem[] => {
      const members = membersWith(fleet, instance).length;
      const { name, peers } = instance;
      if (peers.length < members) return [];
      const message = `${name} has ${peers.length} peers, but only ${members - 1} of the files named ${members === 2 ? "is" : "are"} theirs. Name the files of all hosts: a new one becomes a peer of each, and its priority has to be another than theirs`;
      return [{ is: "missing", at: peers[0]?.at ?? instance.at, message }];
    }),
  );
}

function sharedFile(path: string, host: Host): Failure {
  const message = `${path} is a part of several hosts, and the new one means another change of it for each of them. Change its peer lists by hand.`;
  return { is: "problems", problems: [{ is: "refused", message }], hosts: [host] };
}
