/**
 * Rules that look at one instance, or at the members of one virtual router, at a time. Where such a rule had nothing to
 * say, it is not asked again while all that it may look at stays the same: after a keystroke in one block, hundreds of
 * others need no second look.
 */
import type { Fleet, Host, Instance } from "../model/host.ts";
import { type Statement, walk } from "../schema/statement.ts";
import { type Team, teams } from "./across/teams.ts";
import { blockSilences, type Home, instanceSilences, teamSilences, visit } from "./silences.ts";
import type { FileRule, FleetRule, Report } from "./types.ts";

let count = 0;

/** Whether anything is reported. */
function listen(report: Report, check: (report: Report) => void): boolean {
  let said = false;
  check((...words) => {
    said = true;
    report(...words);
  });
  return said;
}

/** A rule's check from what it says about one instance. */
export function eachInstance(
  check: (instance: Instance, report: Report, host: Home) => void,
): FileRule["check"] {
  const rule = count++;
  return (host, report) =>
    visit(host.instances, instanceSilences(host), rule, (instance) =>
      listen(report, (tell) => check(instance, tell, host)),
    );
}

/** What a search finds in all instances of a host, in their order. */
export function inInstances<T>(
  search: (instance: Instance, host: Home) => readonly T[],
): (host: Host) => readonly T[] {
  const rule = count++;
  return (host) => {
    const found: T[] = [];
    visit(host.instances, instanceSilences(host), rule, (instance) => {
      const here = search(instance, host);
      found.push(...here);
      return here.length > 0;
    });
    return found;
  };
}

/** A rule's check from what it says about the members of one virtual router. `fleet` is for what it reports. */
export function eachTeam(check: (team: Team, report: Report, fleet: Fleet) => void): FleetRule["check"] {
  const rule = count++;
  return (fleet, report) =>
    visit(teams(fleet), teamSilences(fleet), rule, (team) =>
      listen(report, (tell) => check(team, tell, fleet)),
    );
}

/** A rule's check from what it says about one statement, whatever block it stands in. */
export function eachStatement(
  check: (statement: Statement, report: Report, host: Home) => void,
): FileRule["check"] {
  const rule = count++;
  return (host, report) =>
    visit(host.statements, blockSilences(host), rule, (block) =>
      listen(report, (tell) => {
        for (const statement of walk([block])) check(statement, tell, host);
      }),
    );
}

/** What a search finds in all statements of a host, in their order. */
export function inStatements<T>(
  search: (statement: Statement, host: Home) => T | undefined,
): (host: Host) => readonly T[] {
  const rule = count++;
  const known = new WeakMap<Host, readonly T[]>();
  return (host) => {
    const before = known.get(host);
    if (before) return before;
    const found: T[] = [];
    visit(host.statements, blockSilences(host), rule, (block) => {
      const length = found.length;
      for (const statement of walk([block])) {
        const one = search(statement, host);
        if (one !== undefined) found.push(one);
      }
      return found.length > length;
    });
    known.set(host, found);
    return found;
  };
}
