/** What sync cannot settle, and tells. */
import type { Diagnostic, Place } from "../../diagnostic.ts";
import type { Fleet, Host, Instance } from "../../model/host.ts";
import { teamOf } from "../../rules/across/teams.ts";
import { contains, extentOf } from "../extent.ts";
import { isAcross, problems } from "./reported.ts";

/** A difference that is left to the user. */
export interface Open {
  readonly at: Place;
  readonly message: string;
  /** The rule of the linter that tells it. */
  readonly rule: string | undefined;
  /** Places in other hosts that have to do with it. */
  readonly also: readonly Place[];
}

/**
 * Everything that is left: what the linter says about several hosts together, mistakes of single files that were not
 * there at first, and virtual routers that nothing was compared with.
 */
export function openIn(fleet: Fleet, first: Fleet): readonly Open[] {
  const isOld = within(problems(first), first.hosts[0]?.file);
  const told = problems(fleet).filter((one) => isAcross(one) || !isOld(one));
  return [...once(told), ...loners(fleet, told)];
}

/** What the linter tells at each host's place is told once, at the first. */
function once(told: readonly Diagnostic[]): readonly Open[] {
  const seen = new Set<string>();
  return told.flatMap(({ rule, at, message, related }) => {
    const also = related.map((one) => one.at);
    const key = JSON.stringify([rule, ...[at, ...also].map(keyOf).sort()]);
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ at, message, rule, also: also.filter(({ file }) => file !== at.file) }];
  });
}

function keyOf({ file, span }: Place): string {
  return `${file} ${span.start}`;
}

/** Mistakes of single files that were there before; sync leaves them alone. */
export function ownMistakes(fleet: Fleet): readonly Diagnostic[] {
  return problems(fleet).filter((one) => !isAcross(one));
}

/**
 * Whether a diagnostic is one of these, each counted once: the same rule about the same file. What the host to follow
 * has wrong itself may have been copied from it and is no news.
 */
function within(
  all: readonly Diagnostic[],
  reference: string | undefined,
): (diagnostic: Diagnostic) => boolean {
  const key = ({ rule, at }: Diagnostic) => `${rule} ${at.file}`;
  const counts = new Map<string, number>();
  for (const one of all) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return (diagnostic) => {
    if (counts.has(`${diagnostic.rule} ${reference}`)) return true;
    const left = counts.get(key(diagnostic)) ?? 0;
    counts.set(key(diagnostic), left - 1);
    return left > 0;
  };
}

/** Instances without a counterpart, of which nothing else is told. */
function loners(fleet: Fleet, told: readonly Diagnostic[]): readonly Open[] {
  const places = told.flatMap(({ at, related }) => [at, ...related.map((one) => one.at)]);
  const isTold = ({ block }: Instance) => {
    const extent = extentOf(block);
    return places.some((place) => extent && contains(extent, place));
  };
  return fleet.hosts.flatMap((host) =>
    host.instances
      .filter((instance) => !teamOf(fleet, instance) && !isTold(instance))
      .map((instance) => ({
        at: instance.at,
        message: why(fleet, host, instance),
        rule: undefined,
        also: [],
      })),
  );
}

function why(fleet: Fleet, host: Host, { name, uncertain }: Instance): string {
  if (uncertain)
    return `${name} was not compared, because a part of it cannot be read: a file that is not here, a variable that nothing sets, or a line that keepalived does not know. vrrp-lint tells which.`;
  const others = fleet.hosts.filter((other) => other !== host);
  const twins = others.flatMap((other) =>
    other.instances.flatMap((instance) => (instance.name === name ? [{ other, instance }] : [])),
  );
  const [twin] = twins;
  const hint = !twin
    ? "If it is meant to move between the hosts, add it to the others."
    : twin.instance.uncertain
      ? `${name} in ${twin.other.shownAs} may be its counterpart, but cannot be read completely.`
      : `${twin.other.shownAs} has a ${name} too, with another virtual_router_id and other addresses. If both are meant to be one, give them one number.`;
  return `${name} was not compared, because no other host has its addresses or its virtual_router_id. ${hint}`;
}
