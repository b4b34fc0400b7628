import { eachInstance } from "./each.ts";
import { block, file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

const password = (text: string) => instance(block("authentication", "auth_type PASS", `auth_pass ${text}`));
/** What tutorials and sample files use. */
const samples = new Set([
  "1111",
  "1234",
  "12345",
  "123456",
  "12345678",
  "0000",
  "password",
  "pass",
  "secret",
  "keepaliv",
  "changeme",
]);

export const vrrpAuthTrivial: FileRule = {
  id: "vrrp-auth-trivial",
  severity: "info",
  over: "file",
  summary: "auth_pass is the password of a tutorial.",
  why: "The password cannot keep an attacker out, as it is sent in clear. What it does is to keep two clusters apart that use the same VRID by accident, and with the password that everybody copies it does not do even that.",
  basis: "RFC 3768 section 10.",
  bad: () => [{ input: file(password("«1111»")) }],
  good: () => [file(password("k7Qx2vLp"))],
  check: eachInstance(({ authentication }, report) => {
    const { password: used, passwordAt, type } = authentication.value;
    if (type === "none" || !passwordAt || authentication.unknown || !samples.has(used.toLowerCase())) return;
    report(
      passwordAt,
      "Many sample files have this password, so another cluster in the network that uses the same VRID by accident is not kept out. Use eight random characters, the same on every host.",
    );
  }),
};
