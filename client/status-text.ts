/** The words of the status bar. */
import type { StatusParams } from "../src/language/requests.ts";

/** What the item says, and what it says when the mouse rests on it. */
export function statusText({ hosts, errors, warnings }: Omit<StatusParams, "uri">): {
  readonly text: string;
  readonly tooltip: string;
} {
  const icon = errors > 0 ? "$(error)" : warnings > 0 ? "$(warning)" : "$(check)";
  const judged = hosts === 1 ? "1 host judged, no peer found" : `${hosts} hosts judged together`;
  const found =
    errors + warnings === 0 ? "nothing wrong" : `${some(errors, "error")}, ${some(warnings, "warning")}`;
  return {
    text: `${icon} ${some(hosts, "host")}`,
    tooltip: `keepalived: ${judged}, ${found}. Click to see who takes over.`,
  };
}

function some(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
