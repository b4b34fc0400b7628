import { inStatements } from "./each.ts";
import { block, file, instance } from "./examples.ts";
import { isClaimed } from "./lexical.ts";
import { keywordPlace } from "./support.ts";
import type { FileRule } from "./types.ts";

const globals = (line: string) => file(block("global_defs", line), instance());

export const lexBuildOptionKeyword: FileRule = {
  id: "lex-build-option-keyword",
  severity: "info",
  over: "file",
  summary: "A keyword that only a keepalived built with iptables or ipset knows.",
  why: "Distributions such as Debian build keepalived with nftables alone. There vrrp_iptables sets up nftables instead and vrrp_ipsets is an unknown keyword; both are reported, so the configuration test fails, and firewall rules that count on the named chains do nothing.",
  basis: "keepalived/core/global_parser.c, vrrp_iptables_handler (v2.2.7); keepalived -t of Debian 12.",
  bad: () => [
    { input: globals("«vrrp_iptables» keepalived_in") },
    { input: globals("«vrrp_ipsets» keepalived") },
  ],
  good: () => [globals("nftables keepalived")],
  check(host, report) {
    for (const { statement, entry } of withIptables(host)) {
      const at = keywordPlace(statement);
      if (isClaimed(host, at)) continue;
      const effect =
        entry.name === "vrrp_iptables"
          ? "any other uses nftables in its place and reports the line"
          : "any other reports it as unknown";
      report(
        at,
        `${entry.name} needs a keepalived that was built with ${entry.build}; ${effect}. \`keepalived --version\` shows how yours was built. Where it lacks this, write nftables instead.`,
      );
    }
  },
};

/** The keywords that a keepalived built with nftables does not know. */
const withIptables = inStatements((statement) => {
  const { entry, data } = statement;
  return !data && entry?.build?.startsWith("iptables") ? { statement, entry } : undefined;
});
