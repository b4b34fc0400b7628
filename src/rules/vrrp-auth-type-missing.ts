import { named } from "../schema/statement.ts";
import { eachInstance } from "./each.ts";
import { fix, insertBefore } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { isWhole, keywordPlace, linesOf } from "./support.ts";
import type { FileRule } from "./types.ts";

export const vrrpAuthTypeMissing: FileRule = {
  id: "vrrp-auth-type-missing",
  severity: "error",
  over: "file",
  summary: "auth_pass without auth_type: there is no authentication.",
  why: "keepalived says nothing and sends adverts without the password. A peer whose file has auth_type rejects them and sends its own, which this host rejects: both become master.",
  basis:
    "RFC 2338 section 7.1; keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7); seen with running daemons.",
  bad: () => [
    {
      input: file(instance(block("authentication", "«auth_pass» s3cret"))),
      fixed: file(instance(block("authentication", "auth_type PASS", "auth_pass s3cret"))),
    },
  ],
  good: () => [
    file(instance(block("authentication", "auth_type PASS", "auth_pass s3cret"))),
    file(instance()),
  ],
  check: eachInstance((instance, report, host) => {
    const lines = linesOf(instance, "authentication");
    const password = named(lines, "auth_pass").at(-1);
    if (!password || !isWhole(host, instance) || named(lines, "auth_type").length > 0) return;
    if (instance.version.value === 3 || instance.version.unknown) return;
    report(
      keywordPlace(password),
      "Without auth_type keepalived ignores the password and sends adverts without authentication, and does not say so. A peer that authenticates rejects them, and both hosts become master. Add auth_type PASS on every host, or delete the authentication block on every host.",
      { fixes: fix("Insert auth_type PASS", false, insertBefore(host, password, "auth_type PASS")) },
    );
  }),
};
