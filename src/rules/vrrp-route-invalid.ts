import { parseAddress } from "../schema/address.ts";
import { inside, type Statement, walk } from "../schema/statement.ts";
import type { Word } from "../syntax/tree.ts";
import { block, file, instance } from "./examples.ts";
import type { FileRule, Report } from "./types.ts";

const routes = (...lines: string[]) => file(instance(block("virtual_routes", ...lines)));
const blocks = new Set(["virtual_routes", "static_routes", "virtual_rules", "static_rules"]);

export const vrrpRouteInvalid: FileRule = {
  id: "vrrp-route-invalid",
  severity: "error",
  over: "file",
  summary: "A route has no valid gateway, or a route or rule ends where a value is missing.",
  why: "keepalived drops a route with a bad gateway, and the master cannot reach what lies behind it. Where a value is missing it stops reading the file altogether and does not start.",
  basis: "keepalived/vrrp/vrrp_iproute.c (v2.2.7); keepalived -t: exit code 2.",
  bad: [
    { input: routes("10.9.0.0/24 via «10.0.0.999»") },
    { input: routes("10.9.0.0/24 via 10.0.0.1 dev eth0 «metric»") },
  ],
  good: [
    routes("10.9.0.0/24 via 10.0.0.1 dev eth0 metric 100"),
    routes("src 10.0.0.100 10.9.0.0/24 via 10.0.0.1 dev eth0"),
    routes("10.9.0.0/24 via inet 10.0.0.1 dev eth0"),
  ],
  check(host, report) {
    for (const list of walk(host.statements)) {
      if (!list.entry?.lines || !blocks.has(list.entry.name)) continue;
      const needing = list.entry.lines.options?.filter(({ args }) => args[0] && !args[0].optional) ?? [];
      const names = new Set(needing.map((option) => option.name));
      for (const line of inside(list)) {
        if (line.words.some((word) => word.unknown)) continue;
        reportMissing(line, names, report);
        if (list.entry.name.endsWith("routes")) reportGateways(line, report);
      }
    }
  },
};

function reportMissing(line: Statement, needing: ReadonlySet<string>, report: Report): void {
  const last = line.words.at(-1);
  if (!last || line.words.length < 2 || !needing.has(last.text)) return;
  // `dev dev` names an interface called dev.
  if (needing.has(line.words.at(-2)?.text ?? "")) return;
  report(
    last.at,
    `The value of ${last.text} is missing. keepalived stops at this line and does not start: all virtual addresses of this host are down. Add the value or delete the word.`,
  );
}

function reportGateways(line: Statement, report: Report): void {
  for (const [index, word] of line.words.entries()) {
    if (word.text !== "via" && word.text !== "gw") continue;
    const gateway = gatewayAfter(line.words, index);
    if (!gateway || isGateway(gateway.text)) continue;
    report(
      gateway.at,
      `${gateway.text} is not the address of a gateway, so keepalived drops the route, and the master cannot reach what lies behind it. Write an address without prefix length.`,
    );
  }
}

function gatewayAfter(words: readonly Word[], index: number): Word | undefined {
  const next = words[index + 1];
  return next?.text === "inet" || next?.text === "inet6" ? words[index + 2] : next;
}

function isGateway(text: string): boolean {
  const parsed = parseAddress(text);
  return parsed !== undefined && parsed.prefix === undefined && parsed.rangeEnd === undefined;
}
