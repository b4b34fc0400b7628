/** Runs the rules: the one place where reports become diagnostics. */
import { keptAlike } from "../alike.ts";
import type { Diagnostic, Severity } from "../diagnostic.ts";
import type { Fleet, Host } from "../model/host.ts";
import { fix } from "./edits.ts";
import { rules as allRules, findRule } from "./index.ts";
import { lintUnusedSilencer } from "./lint-unused-silencer.ts";
import { findProperty } from "./properties.ts";
import { type Silencer, silencersOf, silences, withoutSilencer } from "./silence.ts";
import type { FileRule, Report, Rule } from "./types.ts";

export interface LintSettings {
  /** Another severity for a rule, or "off". */
  readonly severities?: Readonly<Record<string, Severity | "off">>;
  /** The rules to run; all by default. */
  readonly rules?: readonly Rule[];
  /** What was found otherwise, by exploring: it is silenced, levelled and ordered like the rest. */
  readonly explored?: readonly Diagnostic[];
  /** An earlier state and what was found in it: what is found again is the same object. */
  readonly earlier?: { readonly fleet: Fleet; readonly diagnostics: readonly Diagnostic[] } | undefined;
}

/**
 * Lints a fleet. The diagnostics come in the order of the hosts' files, within a file by place; the same finding in a
 * file that several hosts share is told once.
 */
export function lint(fleet: Fleet, settings: LintSettings = {}): readonly Diagnostic[] {
  const steps = lintSteps(fleet, settings);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Lints a fleet like `lint` and pauses after each rule, for who has something else to do in between. */
export function* lintSteps(
  fleet: Fleet,
  settings: LintSettings = {},
): Generator<undefined, readonly Diagnostic[], undefined> {
  const { severities = {}, rules = allRules } = settings;
  const found: Diagnostic[] = [];
  const earlier = new Map(settings.earlier?.fleet.hosts.map((host) => [host.file, host]));
  for (const rule of rules) {
    const severity = severities[rule.id] ?? rule.severity;
    if (severity === "off") continue;
    const forced = severities[rule.id] === undefined ? undefined : severity;
    if (rule.over === "fleet") rule.check(fleet, reportTo(found, rule, forced));
    else
      for (const host of fleet.hosts) {
        for (const each of saidOf(rule, host, forced, earlier.get(host.file))) found.push(each);
      }
    yield;
  }
  for (const diagnostic of settings.explored ?? []) {
    const severity = severities[diagnostic.rule] ?? diagnostic.severity;
    if (severity !== "off") found.push({ ...diagnostic, severity });
  }
  const told = withoutSilenced(fleet, found, settings);
  return keptAlike(withoutRepeats(inOrder(fleet, told)), settings.earlier?.diagnostics ?? []);
}

/** What takes a rule's reports; a forced severity counts for all of them. */
function reportTo(found: Diagnostic[], rule: Rule, forced: Severity | undefined): Report {
  return (at, message, { related = [], fixes = [], severity = rule.severity } = {}) => {
    found.push({ rule: rule.id, severity: forced ?? severity, message, at, related, fixes });
  };
}

interface Said {
  readonly forced: Severity | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const said = new WeakMap<Host, Map<FileRule, Said>>();

/** What a rule says about a host, which is asked for once: in an editor most hosts stay as they are. */
function saidOf(
  rule: FileRule,
  host: Host,
  forced: Severity | undefined,
  earlier: Host | undefined,
): readonly Diagnostic[] {
  const byRule = said.get(host) ?? new Map<FileRule, Said>();
  said.set(host, byRule);
  const before = byRule.get(rule);
  if (before && before.forced === forced) return before.diagnostics;
  const fresh: Diagnostic[] = [];
  rule.check(host, reportTo(fresh, rule, forced));
  const inEarlier = earlier && said.get(earlier)?.get(rule);
  const diagnostics = keptAlike(fresh, inEarlier?.diagnostics ?? []);
  byRule.set(rule, { forced, diagnostics });
  return diagnostics;
}

function withoutSilenced(fleet: Fleet, found: readonly Diagnostic[], settings: LintSettings): Diagnostic[] {
  const silencers = sourcesOf(fleet).flatMap(silencersOf);
  if (silencers.length === 0) return [...found];
  const used = new Set<Silencer>();
  const told = found.filter((diagnostic) => {
    const silencing = silencers.filter((silencer) => silences(silencer, diagnostic));
    for (const silencer of silencing) used.add(silencer);
    return silencing.length === 0;
  });
  const ran = settings.rules ?? allRules;
  const severity = settings.severities?.[lintUnusedSilencer.id] ?? lintUnusedSilencer.severity;
  if (severity === "off" || !ran.includes(lintUnusedSilencer)) return told;
  const unused = silencers.filter((silencer) => !used.has(silencer) && isJudged(silencer, settings));
  const texts = new Map(sourcesOf(fleet).map(({ path, text }) => [path, text]));
  return [
    ...told,
    ...unused.map((silencer) =>
      unusedDiagnostic(silencer, severity, texts.get(silencer.at.file)?.toString() ?? ""),
    ),
  ];
}

/** A silencer of a rule that is switched off says nothing about itself, nor one of what only exploring finds. */
function isJudged({ rule }: Silencer, { severities = {}, explored }: LintSettings): boolean {
  if (rule === undefined) return true;
  return severities[rule] !== "off" && (explored !== undefined || findProperty(rule) === undefined);
}

function unusedDiagnostic(silencer: Silencer, severity: Severity, text: string): Diagnostic {
  const { at } = silencer;
  // While somebody writes, what it silences may be gone for a moment only.
  const fixes = fix("Remove it from the comment", false, withoutSilencer(silencer, text));
  return { rule: lintUnusedSilencer.id, severity, message: unusedText(silencer), at, related: [], fixes };
}

function unusedText({ rule, reach }: Silencer): string {
  if (rule !== undefined && !findRule(rule) && !findProperty(rule))
    return `This comment silences ${rule}, but there is no such rule. Run vrrp-lint --list-rules for the names.`;
  if (reach === undefined)
    return "This comment silences nothing where it stands. Move it above the first line of configuration to silence the whole file, or write vrrp-lint-disable-next-line above the line that is meant.";
  const what = rule === undefined ? "all rules, and none of them has anything" : `${rule}, which has nothing`;
  return `This comment silences ${what} to say here. Remove it, or it will hide a later mistake.`;
}

function sourcesOf(fleet: Fleet) {
  return [
    ...new Map(
      fleet.hosts.flatMap((host) => host.sources.map((source) => [source.path, source] as const)),
    ).values(),
  ];
}

/** Leaves out what one rule says twice about a place; what is about one stretch of text stands side by side. */
function withoutRepeats(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const told: Diagnostic[] = [];
  for (const diagnostic of diagnostics) if (!isTold(told, diagnostic)) told.push(diagnostic);
  return told;
}

function isTold(told: readonly Diagnostic[], { rule, at, message }: Diagnostic): boolean {
  for (let index = told.length - 1; index >= 0; index--) {
    const before = told[index] as Diagnostic;
    const { start, end } = before.at.span;
    if (start !== at.span.start || end !== at.span.end) return false;
    if (before.rule === rule && before.at.file === at.file && before.message === message) return true;
  }
  return false;
}

function inOrder(fleet: Fleet, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const byFile = new Map<string, Diagnostic[]>(sourcesOf(fleet).map(({ path }) => [path, []]));
  const elsewhere: Diagnostic[] = [];
  for (const diagnostic of diagnostics) (byFile.get(diagnostic.at.file) ?? elsewhere).push(diagnostic);
  const all = [...byFile.values(), elsewhere];
  for (const each of all)
    each.sort(
      ({ at: { span: one } }, { at: { span: other } }) => one.start - other.start || one.end - other.end,
    );
  return all.flat();
}
