import { named, type Statement } from "../schema/statement.ts";
import { eachInstance } from "./each.ts";
import { block, file, instance } from "./examples.ts";
import { isWhole, linesOf, spanOf } from "./support.ts";
import type { FileRule } from "./types.ts";

export const vrrpAuthPassMissing: FileRule = {
  id: "vrrp-auth-pass-missing",
  severity: "error",
  over: "file",
  summary: "auth_type without a password: there is no authentication.",
  why: "keepalived reports it and sends adverts without authentication. A peer whose file has the password rejects them and sends its own, which this host rejects: both become master.",
  basis:
    "RFC 2338 section 7.1; keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7); seen with running daemons.",
  bad: () => [
    { input: file(instance(block("authentication", "«auth_type PASS»"))) },
    { input: file(instance(block("authentication", "auth_type PASS", '«auth_pass ""»'))) },
  ],
  good: () => [
    file(instance(block("authentication", "auth_type PASS", "auth_pass s3cret"))),
    // One line is another mistake, and another rule reports it.
    file(instance("authentication { auth_type PASS auth_pass s3cret }")),
  ],
  check: eachInstance((instance, report, host) => {
    const lines = linesOf(instance, "authentication");
    const type = named(lines, "auth_type").at(-1);
    const password = named(lines, "auth_pass").at(-1);
    if (!type || !isWhole(host, instance) || !isType(type) || instance.version.value === 3) return;
    if (password ? password.words[1]?.text !== "" : type.words.length > 2) return;
    const missing = password ?? type;
    report(
      spanOf(missing.words, missing.line.at),
      `There is no password, so keepalived ignores auth_type and sends adverts without authentication. A peer that authenticates rejects them, and both hosts become master. Add auth_pass with at most 8 characters, the same on every host, or delete the authentication block on every host.`,
    );
  }),
};

function isType(line: Statement): boolean {
  const written = line.words[1]?.text;
  return written === "PASS" || written === "AH";
}
