import { eachInstance } from "./each.ts";
import { block, file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

const typed = (type: string) => instance(block("authentication", `auth_type ${type}`, "auth_pass s3cret"));

export const vrrpAuthAh: FileRule = {
  id: "vrrp-auth-ah",
  severity: "info",
  over: "file",
  summary: "auth_type AH is not recommended.",
  why: "The sequence numbers of AH do not survive three hosts, unicast or a master that starts first; hosts then ignore each other and several are master. The standard dropped it twenty years ago.",
  basis: "RFC 3768 section 10; keepalived.conf(5), auth_type.",
  bad: () => [{ input: file(typed("«AH»")) }],
  good: () => [file(typed("PASS"))],
  check: eachInstance(({ authentication }, report) => {
    const { type, typeAt } = authentication.value;
    if (type !== "AH" || !typeAt || authentication.unknown) return;
    report(
      typeAt,
      "AH is known to fail with more than two hosts and with unicast: hosts ignore each other's adverts, and several become master. Use PASS on all hosts, or auth_hmac from release 2.4.0 on.",
    );
  }),
};
