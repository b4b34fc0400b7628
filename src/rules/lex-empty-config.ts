import { block, file, instance } from "./examples.ts";
import { placeOf } from "./lexical/mistake.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

/** What gives the daemon something to do. */
const working = new Set([
  "vrrp_instance",
  "vrrp_sync_group",
  "virtual_server",
  "virtual_server_group",
  "bfd_instance",
  "static_ipaddress",
  "static_routes",
  "static_rules",
]);

/** Rules after which the file may hold more than could be read. */
const unreadable = [
  "lex-utf16",
  "lex-cr-only",
  "lex-unknown-block",
  "lex-missing-open-brace",
  "lex-keyword-case",
];

export const lexEmptyConfig: FileRule = {
  id: "lex-empty-config",
  severity: "warning",
  over: "file",
  summary: "A file without any virtual router or virtual server.",
  why: "keepalived accepts it in silence, finds no configuration to run and does nothing: the host is out of the cluster.",
  basis: "Seen with keepalived -t and with a running daemon.",
  bad: () => [
    { input: "«# vrrp_instance VI_1 {»\n# }\n" },
    { input: `«${block("global_defs", "router_id a").split("\n")[0]}»\n    router_id a\n}\n` },
  ],
  good: () => [file(instance()), "include /etc/keepalived/conf.d/*.conf\n"],
  check(host, report) {
    const main = host.sources[0];
    if (!main || host.uncertain || unreadable.some((rule) => mistakes(host, rule).length > 0)) return;
    if (host.statements.some((statement) => working.has(statement.words[0]?.text ?? ""))) return;
    const start = main.text.toString().search(/\S/);
    const first = /^[^\r\n]*/.exec(main.text.slice(Math.max(start, 0)))?.[0].trimEnd() ?? "";
    const from = Math.max(start, 0);
    report(
      placeOf(main.path, from, from + first.length),
      "This file sets up no virtual router and no virtual server, so keepalived has nothing to do on this host and it takes no part in the cluster. Add a vrrp_instance, or check that this is the file keepalived reads.",
    );
  },
};
