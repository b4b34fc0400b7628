import type { Instance } from "../model/host.ts";
import { inside, named, type Statement } from "../schema/statement.ts";
import { byteLength, readInteger } from "../schema/values.ts";
import { eachInstance } from "./each.ts";
import { block, file, instance } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import { keywordPlace } from "./support.ts";
import type { FileRule, Report } from "./types.ts";

const id = "vrrp-auth-hmac-invalid";
const key = "0123456789abcdef0123456789abcdef";
const signed = (...lines: string[]) => instance(block("auth_hmac", ...lines));
const unsigned =
  "adverts are then not signed, and hosts that insist on signatures drop them: both become master.";

export const vrrpAuthHmacInvalid: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "auth_hmac lacks a usable key.",
  why: "keepalived does not refuse the file but switches signing off. Hosts that insist on signatures drop its adverts, and both become master.",
  basis:
    "keepalived/vrrp/vrrp_parser.c, vrrp_auth_hmac_key_handler, and vrrp.c, vrrp_complete_instance (v2.4.3).",
  bad: () => [
    { input: file(signed("key 1 «tooshort»", "active_key 1")) },
    { input: file(signed(`key 1 ${key}`, "active_key «2»")) },
    { input: file(signed(`key 1 ${key}`, `key «1» ${key}`, "active_key 1")) },
    { input: file(signed(`key 1 ${key}`).replace("auth_hmac", "«auth_hmac»")) },
    {
      input: file(
        instance(
          block("«authentication»", "auth_type PASS", "auth_pass s3cret"),
          block("auth_hmac", `key 1 ${key}`, "active_key 1"),
        ),
      ),
    },
  ],
  good: () => [
    file(signed(`key 1 ${key}`, "active_key 1")),
    file(signed(`key 1 hex:${key}${key}`, "active_key 1")),
    file(signed("key 1 file:/etc/keepalived/key", "active_key 1")),
  ],
  check(host, report) {
    for (const { word, at, expected } of findingsFor(host, id))
      report(
        at,
        `${word?.text ?? "This"} is not ${expected ?? "a valid value"}. keepalived leaves the line out; ${unsigned}`,
      );
    blocks(host, report);
  },
};

const blocks = eachInstance((instance, report) => {
  for (const hmac of named(inside(instance.block), "auth_hmac")) reportBlock(instance, hmac, report);
});

function reportBlock(instance: Instance, hmac: Statement, report: Report): void {
  const defined = new Set<number>();
  const keys = named(inside(hmac), "key");
  for (const { words } of keys) {
    const number = readInteger(words[1]?.text ?? "");
    if (words.some((word) => word.unknown) || number === undefined || !words[1]) continue;
    const length = keyLength(words[2]?.text ?? "");
    if (words[2] && length !== undefined && (length < 32 || length > 64))
      report(
        words[2].at,
        `A key has 32 to 64 bytes, this one ${length}. keepalived leaves it out; ${unsigned} Write a longer random key, the same on every host.`,
      );
    if (defined.has(number))
      report(
        words[1].at,
        `Key ${number} is defined above, and keepalived leaves this one out. Give every key a number of its own.`,
      );
    defined.add(number);
  }
  const active = named(inside(hmac), "active_key").at(-1)?.words[1];
  if (instance.uncertain || active?.unknown) return;
  if (!active)
    report(
      keywordPlace(hmac),
      `There is no active_key, so keepalived switches auth_hmac off; ${unsigned} Add active_key with the number of a key.`,
    );
  else if (!defined.has(Number(active.text)) && /^\d+$/.test(active.text))
    report(
      active.at,
      `There is no key ${active.text}, so keepalived switches auth_hmac off; ${unsigned} Name a key that is defined here.`,
    );
  const legacy = named(inside(instance.block), "authentication")[0];
  if (legacy && instance.version.value === 2 && !instance.strict.value)
    report(
      keywordPlace(legacy),
      "auth_hmac replaces authentication, so keepalived drops this block. Delete it on every host that has auth_hmac.",
    );
}

/** In bytes; undefined when the key is in a file, or the text is no key. */
function keyLength(text: string): number | undefined {
  if (text.startsWith("file:")) return undefined;
  return text.startsWith("hex:") ? (text.length - 4) / 2 : byteLength(text);
}
