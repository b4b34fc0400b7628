/** The linter as judge of files that were made from others: what those have already is no reason against them. */
import type { Diagnostic } from "../../diagnostic.ts";
import { formFleet } from "../../model/fleet.ts";
import type { Fleet, Host } from "../../model/host.ts";
import { lintUnusedSilencer } from "../../rules/lint-unused-silencer.ts";
import { lint } from "../../rules/run.ts";
import { messageWithoutSecrets } from "../secrets.ts";
import type { Problem } from "./newcomer.ts";

/** What the linter says of files that are given. */
export interface Given {
  readonly diagnostics: readonly Diagnostic[];
  readonly errors: readonly Diagnostic[];
  /** The errors as reasons to make nothing. */
  readonly problems: readonly Problem[];
}

/** Judges the files that are given. */
export function judgeGiven(hosts: readonly Host[], complete: boolean): Given {
  const diagnostics = judged(formFleet(hosts, { complete }));
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return {
    diagnostics,
    errors,
    problems: [...errors.map(problemOf), ...helpFor(errors)],
  };
}

/** What the linter says, without passwords. */
function judged(fleet: Fleet): readonly Diagnostic[] {
  const instances = fleet.hosts.flatMap((host) => host.instances);
  const secrets = instances
    .map(({ authentication }) => authentication.value.written)
    .filter((each) => each !== "");
  const texts = new Map(fleet.hosts.flatMap(({ sources }) => sources.map(({ path, text }) => [path, text])));
  return lint(fleet).map((each) => ({
    ...each,
    message: messageWithoutSecrets(each, texts.get(each.at.file)?.toString() ?? "", secrets),
  }));
}

function problemOf({ at, rule, message }: Diagnostic): Problem {
  return { is: "refused", at, rule, message };
}

function helpFor(errors: readonly Diagnostic[]): readonly Problem[] {
  if (errors.length === 0) return [];
  const mended = errors.filter(({ fixes }) => fixes.some(({ safe }) => safe)).length;
  const files = [...new Set(errors.map(({ at }) => at.file))].join(" ");
  const message =
    mended === 0
      ? `A copy would have the same faults. Mend ${files} first.`
      : `A copy would have the same faults. vrrp-lint --fix ${files} mends ${mended === errors.length ? "them" : `${mended} of these ${errors.length}`}; do that first.`;
  return [{ is: "refused", message }];
}

/** The fleet with the newcomer, and what the linter has against it that it had not against the files before. */
export interface Verdict {
  readonly fleet: Fleet;
  readonly problems: readonly Problem[];
  /** Hints that are new. */
  readonly remarks: readonly Diagnostic[];
  /** What is to be said against the last host and was against the file that it was made from. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * Judges the files with the newcomer's among them, the last one. `origin` says which given file a new one comes from; a rule may
 * report as often there as it did before.
 */
export function judgeNew(
  hosts: readonly Host[],
  complete: boolean,
  given: Given,
  origin: (file: string) => string,
): Verdict {
  const fleet = formFleet(hosts, { complete });
  const known = new Map<string, number>();
  for (const { rule, at } of given.diagnostics) count(known, `${rule} ${at.file}`);
  const seen = new Map<string, number>();
  const all = judged(fleet);
  const fresh = all.filter(({ rule, at }) => {
    const before = known.get(`${rule} ${origin(at.file)}`) ?? 0;
    return count(seen, `${rule} ${at.file}`) > before;
  });
  const files = hosts.at(-1)?.sources.map(({ path }) => path) ?? [];
  // A comment that silences a rule is copied, too; that nothing is left to silence is no harm.
  const isReason = ({ severity, rule }: Diagnostic) =>
    rule !== lintUnusedSilencer.id && (severity === "error" || severity === "warning");
  return {
    fleet,
    problems: fresh.filter(isReason).map(problemOf),
    remarks: fresh.filter((each) => !isReason(each)),
    warnings: all.filter((each) => isReason(each) && !fresh.includes(each) && files.includes(each.at.file)),
  };
}

function count(counts: Map<string, number>, key: string): number {
  const next = (counts.get(key) ?? 0) + 1;
  counts.set(key, next);
  return next;
}
