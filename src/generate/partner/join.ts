/** One more host beside those that are there: its own file, and its address in the peer lists of the others. */
import { formFleet } from "../../model/fleet.ts";
import type { Fleet, Host, Instance } from "../../model/host.ts";
import { listed } from "../../rules/support.ts";
import { inside, named } from "../../schema/statement.ts";
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
    standing: (old, base, changes) => [
      ...namesake(hosts, newcomer),
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
    hosts.push(rewritten.host);
    for (const [path, text] of rewritten.texts) {
      if ((texts.get(path) ?? text) !== text) return sharedFile(path, host);
      texts.set(path, text);
    }
  }
  return { hosts, texts };
}

function sharedFile(path: string, host: Host): Failure {
  const message = `${path} is a part of several hosts, and the new one means another change of it for each of them. Change its peer lists by hand.`;
  return { is: "problems", problems: [{ is: "refused", message }], hosts: [host] };
}
