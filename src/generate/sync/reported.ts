/** What the linter says about a fleet: sync changes nothing that it does not report, or that a comment silences. */
import type { Diagnostic } from "../../diagnostic.ts";
import type { Fleet, Host, Member } from "../../model/host.ts";
import { groupOf } from "../../rules/across/election.ts";
import { type Team, teams } from "../../rules/across/teams.ts";
import { lint } from "../../rules/run.ts";
import type { Rule } from "../../rules/types.ts";
import { named, type Statement } from "../../schema/statement.ts";
import { contains, extentOf } from "../extent.ts";

const known = new WeakMap<Fleet, readonly Diagnostic[]>();

/** The errors and warnings of a fleet. */
export function problems(fleet: Fleet): readonly Diagnostic[] {
  const before = known.get(fleet);
  if (before) return before;
  const found = lint(fleet).filter(({ severity }) => severity === "error" || severity === "warning");
  known.set(fleet, found);
  return found;
}

/** About several hosts together, not about one file. */
export function isAcross({ rule }: Diagnostic): boolean {
  return rule.startsWith("xh-");
}

/** What these rules say. */
export function reportsOf(fleet: Fleet, rules: readonly Rule[]): readonly Diagnostic[] {
  const ids = new Set(rules.map(({ id }) => id));
  return problems(fleet).filter(({ rule }) => ids.has(rule));
}

/** The teams about which one of these rules has something to say. */
export function reportedTeams(fleet: Fleet, rules: readonly Rule[]): readonly Team[] {
  const places = reportsOf(fleet, rules).flatMap(({ at, related }) => [at, ...related.map((one) => one.at)]);
  if (places.length === 0) return [];
  return teams(fleet).filter((team) =>
    team.some((member) => {
      const blocks = blocksOf(member).map(extentOf);
      return places.some((place) => blocks.some((block) => block && contains(block, place)));
    }),
  );
}

/** Everything that makes a member what it is: its own block, its group, what it tracks, and the host's settings. */
function blocksOf(member: Member): readonly Statement[] {
  const { host, instance } = member;
  const group = groupOf(member);
  const trackers = [...instance.trackers, ...(group?.trackers ?? [])];
  return [
    instance.block,
    ...(group ? [group.block] : []),
    ...trackers.flatMap(({ definition }) => definition?.block ?? []),
    ...named(host.statements, "global_defs"),
  ];
}

/**
 * Whether a statement holds an error that the linter sees in the file alone. What it says then is not what its author
 * meant, so no other host may follow it.
 */
export function isFlawed(fleet: Fleet, host: Host, statement: Statement | undefined): boolean {
  const extent = statement && extentOf(statement);
  if (!extent || !host.sources.some(({ path }) => path === extent.file)) return false;
  return problems(fleet).some(
    (one) => one.severity === "error" && !isAcross(one) && contains(extent, one.at),
  );
}
