/** Findings as results of tests in JUnit's XML, as GitLab, Jenkins and others read them. */
import type { Diagnostic } from "../diagnostic.ts";
import { coverageText } from "./coverage.ts";
import type { Outcome } from "./documents.ts";
import { diagnosticText, endlessPage } from "./report.ts";
import { rangeOf, type Shown, shownFiles } from "./shown.ts";
import { type Element, element, xmlDocument } from "./xml.ts";

/** A suite for each file that was read; in it a test for each finding, which errors and warnings fail. */
export function junitReport(outcome: Outcome): string {
  const { fleet, diagnostics } = outcome;
  const files = shownFiles(fleet);
  const paths = new Set([...files.keys(), ...diagnostics.map(({ at }) => at.file)]);
  const suites = [...paths].map((file): Suite => {
    const found = diagnostics.filter(({ at }) => at.file === file);
    return [file, found.length > 0 ? findings(found, files, outcome) : [sound(file, outcome)]];
  });
  const others = [...problemCases(outcome), ...explored(outcome)];
  if (others.length > 0) suites.push(["vrrp-lint", others]);
  const all = counts(suites.flatMap(([, cases]) => cases));
  return xmlDocument(element("testsuites", { name: "vrrp-lint", ...all, time: 0 }, suites.map(suite)));
}

/** A name, and the cases. */
type Suite = readonly [name: string, cases: readonly Element[]];

function suite([name, cases]: Suite): Element {
  return element("testsuite", { name, ...counts(cases), time: 0 }, cases);
}

function counts(cases: readonly Element[]) {
  const having = (name: string) =>
    cases.filter(
      ({ children }) => typeof children !== "string" && children.some((each) => each.name === name),
    ).length;
  return { tests: cases.length, failures: having("failure"), errors: having("error"), skipped: 0 };
}

/** Readers know a test by its class and name: the rule, and its number where a file breaks it more often. No line, which moves. */
function findings(
  found: readonly Diagnostic[],
  files: ReadonlyMap<string, Shown>,
  outcome: Outcome,
): Element[] {
  const seen = new Map<string, number>();
  return found.map((diagnostic) => {
    const { rule, at } = diagnostic;
    const count = (seen.get(rule) ?? 0) + 1;
    seen.set(rule, count);
    const name = count === 1 ? rule : `${rule} (${count})`;
    const { line } = rangeOf(at, files);
    return element("testcase", { ...identity(at.file, name, outcome), line, time: 0 }, [
      verdict(diagnostic, files),
    ]);
  });
}

/** What fails no test stands in its output. GitLab shows the text of a failure, Jenkins its message too. */
function verdict(diagnostic: Diagnostic, files: ReadonlyMap<string, Shown>): Element {
  const { severity, message } = diagnostic;
  const text = diagnosticText(diagnostic, files, endlessPage);
  return severity === "error" || severity === "warning"
    ? element("failure", { message, type: severity }, text)
    : element("system-out", {}, text);
}

function sound(file: string, outcome: Outcome): Element {
  return element("testcase", { ...identity(file, "no problems", outcome), time: 0 });
}

function identity(file: string, name: string, { repository }: Outcome) {
  return { name, classname: file, file: repository.pathOf(file) ?? file };
}

/** What could not be read was not tested: that is an error and no failure. */
function problemCases({ problems }: Outcome): Element[] {
  return problems.map((problem) =>
    element("testcase", { name: problem, classname: "vrrp-lint", time: 0 }, [
      element("error", { message: problem, type: "unreadable" }, problem),
    ]),
  );
}

function explored({ coverage, diagnostics }: Outcome): Element[] {
  if (!coverage) return [];
  const text = coverageText(coverage, diagnostics, endlessPage).trimEnd();
  return [
    element("testcase", { name: "--explore", classname: "vrrp-lint", time: 0 }, [
      element("system-out", {}, text),
    ]),
  ];
}
