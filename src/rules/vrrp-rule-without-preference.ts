import { inside } from "../schema/statement.ts";
import { eachStatement } from "./each.ts";
import { block, file, instance } from "./examples.ts";
import { spanOf } from "./support.ts";
import type { FileRule } from "./types.ts";

const rules = (...lines: string[]) => file(instance(block("virtual_rules", ...lines)));
const orders = new Set(["preference", "order", "priority"]);

export const vrrpRuleWithoutPreference: FileRule = {
  id: "vrrp-rule-without-preference",
  severity: "warning",
  over: "file",
  summary: "A routing rule without a preference.",
  why: "keepalived gives the first such rule 16384 and counts down from there. The order of the rules then depends on which of them were added first and may be another one after a failover.",
  basis: "keepalived/vrrp/vrrp_iprule.c (v2.2.7); keepalived -t.",
  bad: () => [{ input: rules("«from 10.0.0.0/24 lookup 100»") }],
  good: () => [rules("from 10.0.0.0/24 lookup 100 preference 100")],
  check: eachStatement((list, report) => {
    if (list.entry?.name !== "virtual_rules" && list.entry?.name !== "static_rules") return;
    for (const { words, line, damaged } of inside(list)) {
      if (damaged || words.some(({ text, unknown }) => unknown || orders.has(text))) continue;
      report(
        spanOf(words, line.at),
        "Without preference keepalived picks a place for the rule, and after a failover it may be another one. Add preference and a number that no other rule of the host uses, the same on every host.",
      );
    }
  }),
};
