/** static_ipaddress, static_routes and static_rules: what keepalived puts on the host and never moves. */
import { staticAddressLines } from "./addresses.ts";
import { staticRouteLines, staticRuleLines } from "./routes.ts";
import type { Keyword } from "./types.ts";

export const staticBlocks: readonly Keyword[] = [
  {
    name: "static_ipaddress",
    args: [],
    lines: staticAddressLines,
    times: "many",
    doc: "Addresses this host always has, whoever is master. Only useful when nothing else configures the host's interfaces; an address that moves between hosts belongs in virtual_ipaddress instead.",
    example: "static_ipaddress {\n    192.0.2.10/24 dev eth0\n}",
    source: "keepalived.conf(5), Static routes/addresses/rules",
  },
  {
    name: "static_routes",
    args: [],
    lines: staticRouteLines,
    times: "many",
    doc: "Routes this host always has, whoever is master. The lines read as for `ip route add`, with full option names.",
    example: "static_routes {\n    198.51.100.0/24 via 192.0.2.254 dev eth0\n}",
    source: "keepalived.conf(5), Static routes/addresses/rules",
  },
  {
    name: "static_rules",
    args: [],
    lines: staticRuleLines,
    times: "many",
    doc: "Policy routing rules this host always has, whoever is master. The lines read as for `ip rule add`; give each a preference, or keepalived picks one.",
    example: "static_rules {\n    from 192.0.2.0/24 table 100 preference 100\n}",
    source: "keepalived.conf(5), Static routes/addresses/rules",
  },
];
