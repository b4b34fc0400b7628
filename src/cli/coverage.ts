/** What `--explore` tried, and what it did not, in words. */
import type { Diagnostic } from "../diagnostic.ts";
import type { Coverage } from "../simulate/explore.ts";
import { wrap } from "./columns.ts";
import { counted, type Page } from "./report.ts";

/** What nobody can tell from the files, or what would take for ever. */
const never =
  "Not tried: two networks of a host that are cut apart from each other, one way only, a daemon that stands still, adverts lost while something else is going on, and faults of hosts that are off.";

/** Some lines behind the report. */
export function coverageText(coverage: Coverage, diagnostics: readonly Diagnostic[], page: Page): string {
  const { faults, units, states, orders, open, kinds, left } = coverage;
  const violations = diagnostics.filter(({ course }) => course).length;
  const found = violations === 0 ? "nothing fails" : counted(violations, "violation");
  const tried = `Explored: ${found} in ${orders.toLocaleString("en")} orders of up to ${counted(faults, "fault")} (${kinds.join(", ")}), through ${counted(states, "state")}.`;
  const lines = [
    units === 0 ? "Explored: nothing, see below." : tried,
    ...(open > 0 ? [`${counted(open, "order")} did not come to rest in time and were not judged.`] : []),
    ...(units === 0 ? [] : [never]),
    ...left.map((sentence) => `Not explored: ${sentence}`),
  ];
  return `${lines.map((line) => wrap(line, page.width, 2)).join("\n")}\n\n`;
}
