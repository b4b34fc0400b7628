/** Findings as workflow commands of GitHub Actions, which show them at their lines. One command is one line. */
import type { Diagnostic, Severity } from "../diagnostic.ts";
import { coverageText } from "./coverage.ts";
import type { Outcome } from "./documents.ts";
import { foldLostLines } from "./fold.ts";
import { endlessPage } from "./report.ts";
import { rangeOf, type Shown, shownFiles } from "./shown.ts";
import { placeText, wholeText } from "./telling.ts";
import { standardInput } from "./texts.ts";
import { visible } from "./visible.ts";

const levels: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "notice",
  hint: "notice",
};

/** One command for each finding, and for each file that could not be read. */
export function githubReport(outcome: Outcome): string {
  const { fleet, diagnostics, coverage, problems } = outcome;
  const files = shownFiles(fleet);
  // Only the first ten errors and warnings of a step are shown, so what has one cause takes one of them.
  const told = foldLostLines(diagnostics, ({ at }) => rangeOf(at, files).line);
  const lines = [
    ...problems.map((problem) => command("error", { title: "vrrp-lint" }, problem)),
    ...told.map((diagnostic) => finding(diagnostic, files, outcome)),
    ...(coverage
      ? [
          command(
            "notice",
            { title: "vrrp-lint --explore" },
            coverageText(coverage, diagnostics, endlessPage).trimEnd(),
          ),
        ]
      : []),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function finding(diagnostic: Diagnostic, files: ReadonlyMap<string, Shown>, { repository }: Outcome): string {
  const { rule, severity, at } = diagnostic;
  const text = wholeText(diagnostic, (place) => placeText(place, files));
  const title = `vrrp-lint ${rule}`;
  if (at.file === standardInput)
    return command(levels[severity], { title: `${title} at ${placeText(at, files)}` }, text);
  const { line, column, endLine, endColumn } = rangeOf(at, files);
  const file = repository.pathOf(at.file) ?? repository.absolute(at.file);
  // The runner takes columns of one line only.
  const columns = line === endLine ? { col: column } : {};
  const endColumns = line === endLine ? { endColumn } : {};
  return command(levels[severity], { file, line, ...columns, endLine, ...endColumns, title }, text);
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${inProperty(`${value}`)}`);
  return `::${name} ${written.join(",")}::${inMessage(message)}`;
}

/** As the runner reads a message: it takes `%`, carriage returns and line feeds as escapes. */
function inMessage(text: string): string {
  return visible(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** As the runner reads a property, which ends at a comma or a colon. */
function inProperty(text: string): string {
  return inMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
