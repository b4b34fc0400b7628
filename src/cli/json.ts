/** The JSON document of vrrp-lint, version 1: fields are only added to it. */
import type { Diagnostic, Place } from "../diagnostic.ts";
import type { Fleet } from "../model/host.ts";
import { type Takeover, takeovers } from "../model/takeover.ts";
import type { Coverage } from "../simulate/explore.ts";
import { countBySeverity, isFixable, rangeOf, type Shown, shownFiles } from "./shown.ts";

/** What was asked for besides the diagnostics. */
export interface Asked {
  /** Each router also says who holds it and who follows. */
  readonly takeover: boolean;
  readonly coverage: Coverage | undefined;
}

/** The document for one call. */
export function jsonReport(
  fleet: Fleet,
  diagnostics: readonly Diagnostic[],
  { takeover, coverage }: Asked,
): string {
  const files = shownFiles(fleet);
  const count = countBySeverity(diagnostics);
  const document = {
    version: 1,
    files: fleet.hosts.flatMap(({ name, sources }) => sources.map(({ path }) => ({ path, host: name }))),
    routers: takeovers(fleet).map((each) => routerJson(each, takeover)),
    diagnostics: diagnostics.map((diagnostic) => ({
      ...placeJson(diagnostic.at, files),
      severity: diagnostic.severity,
      rule: diagnostic.rule,
      message: diagnostic.message,
      related: diagnostic.related.map(({ at, message }) => ({ ...placeJson(at, files), message })),
      fixable: isFixable(diagnostic),
      ...(diagnostic.course && { story: diagnostic.course.events, replay: diagnostic.course.replay }),
    })),
    ...(coverage && { exploration: explorationJson(coverage, diagnostics) }),
    summary: { errors: count.error, warnings: count.warning, infos: count.info, hints: count.hint },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** What was tried by exploring. */
export function explorationJson(coverage: Coverage, diagnostics: readonly Diagnostic[]) {
  const { faults, units, states, orders, open, kinds, left } = coverage;
  const violations = diagnostics.filter(({ course }) => course).length;
  return { faults, violations, units, states, orders, undecided: open, kinds, notExplored: left };
}

function routerJson({ router, addresses, turns }: Takeover, takeover: boolean) {
  const head = { vrid: router.vrid ?? null, family: router.family };
  if (takeover) {
    const members = turns.map((turn) => ({
      ...memberJson(turn.member),
      host: turn.member.host.name,
      takeoverSeconds: turn.seconds,
      tied: turn.tied,
      uncertain: turn.uncertain,
    }));
    return { ...head, addresses, members };
  }
  return { ...head, members: router.members.map(memberJson) };
}

function memberJson({ host, instance }: Takeover["turns"][number]["member"]) {
  return { file: host.file, instance: instance.name, priority: instance.priority.value };
}

function placeJson(at: Place, files: ReadonlyMap<string, Shown>) {
  return { file: at.file, ...rangeOf(at, files) };
}
