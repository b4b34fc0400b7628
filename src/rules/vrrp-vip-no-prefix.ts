import { eachInstance } from "./each.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

const addresses = (...lines: string[]) => file(instance(block("virtual_ipaddress", ...lines)));

export const vrrpVipNoPrefix: FileRule = {
  id: "vrrp-vip-no-prefix",
  severity: "hint",
  over: "file",
  summary: "A virtual address without prefix length becomes a /32 or /128.",
  why: "That is fine when the interface has another address of the subnet. When it has none, the master has no route to its neighbours and cannot answer them.",
  basis: "keepalived.conf(5), virtual_ipaddress.",
  bad: () => [
    {
      input: addresses("«10.0.0.100»", "10.0.0.101"),
      fixed: addresses("10.0.0.100/32", "10.0.0.101/32"),
    },
  ],
  good: () => [addresses("10.0.0.100/24"), addresses("10.0.0.100/32")],
  check: eachInstance(({ addresses: advertised, excluded }, report) => {
    const bare = [...advertised, ...excluded].filter(({ prefix }) => prefix === undefined);
    const [first, ...others] = bare.filter(({ statement }) => !statement.words[0]?.text.includes("/"));
    if (!first) return;
    const length = first.family === 4 ? 32 : 128;
    // Whoever means the subnet's length would not see the difference any more, so it is no safe fix.
    const edits = [first, ...others].map(({ statement: { words }, family }) =>
      replaceWord(words[0], `${words[0]?.text}/${family === 4 ? 32 : 128}`),
    );
    // One hint for an instance says enough.
    report(
      first.at,
      `Without a prefix length keepalived uses /${length}: right when the interface already has an address of the subnet, otherwise the master cannot reach its neighbours. Write /${length} to say that it is meant, or the subnet's length.`,
      { fixes: fix(`Write /${length}, as keepalived does now`, false, ...edits) },
    );
  }),
};
