import type { Fix } from "../diagnostic.ts";
import type { Word } from "../syntax/tree.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const labelled = (label: string) =>
  file(instance(block("virtual_ipaddress", `10.0.0.100/24 dev eth0 label ${label}`)));

export const vrrpVipLabelTooLong: FileRule = {
  id: "vrrp-vip-label-too-long",
  severity: "error",
  over: "file",
  summary: "The label of a virtual address is longer than 15 bytes.",
  why: "Linux keeps 15 bytes for a label. keepalived does not shorten it but drops the whole address: it is on no host.",
  basis: "keepalived/vrrp/vrrp_ipaddress.c, alloc_ipaddress (v2.2.7); keepalived -t.",
  bad: () => [{ input: labelled("«eth0:web-frontend»"), fixed: labelled("eth0:web-fronte") }],
  good: () => [labelled("eth0:web")],
  check(host, report) {
    for (const { word, at, kind } of findingsFor(host, "vrrp-vip-invalid")) {
      if (kind !== "too-long" || !word) continue;
      report(
        at,
        `A label has at most 15 bytes. keepalived drops the whole address because of ${word.text}: the address is on no host. Write a shorter label.`,
        { fixes: shortened(word) },
      );
    }
  },
};

/** As much as Linux keeps; a sign of several bytes is not cut in two. */
function shortened(word: Word): readonly Fix[] {
  const short = word.text.slice(0, 15);
  const isPlain = [...short].every((sign) => sign <= "~");
  return isPlain ? fix(`Write ${short}`, false, replaceWord(word, short)) : [];
}
