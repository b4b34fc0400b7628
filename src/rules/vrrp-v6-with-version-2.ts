import { eachInstance } from "./each.ts";
import { deleteLines, fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

const addresses = block("virtual_ipaddress", "fe80::100/64");

export const vrrpV6WithVersion2: FileRule = {
  id: "vrrp-v6-with-version-2",
  severity: "warning",
  over: "file",
  summary: "An IPv6 instance with VRRP version 2.",
  why: "Version 2 has no IPv6. keepalived sends something of its own that no other product understands, and a peer without the line uses version 3: both become master.",
  basis: "RFC 9568 section 5; seen with running daemons.",
  bad: () => [
    {
      input: file(instance("version «2»", addresses)),
      fixed: file(instance(addresses)),
    },
  ],
  good: () => [file(instance(addresses)), file(instance("version 2"))],
  check: eachInstance(({ family, version }, report, host) => {
    if (family !== 6 || version.value !== 2 || !version.written || version.unknown) return;
    if (version.statement?.words[0]?.text !== "version") return;
    report(
      version.at,
      "VRRP version 2 has no IPv6: a peer without this line uses version 3, and both hosts become master. Delete the line on every host.",
      { fixes: fix("Delete the line", false, deleteLines(host, version.statement)) },
    );
  }),
};
