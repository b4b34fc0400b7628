import { byteLength } from "../schema/values.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "vrrp-auth-pass-too-long";
const password = (written: string) => block("authentication", "auth_type PASS", `auth_pass ${written}`);

export const vrrpAuthPassTooLong: FileRule = {
  id,
  severity: "warning",
  over: "file",
  summary: "auth_pass is longer than the 8 bytes that keepalived uses.",
  why: "The password field of an advert has 8 bytes. keepalived cuts the rest off, so the secret is shorter than it looks, two long passwords with the same start are equal, and the configuration test fails.",
  basis: "RFC 2338 section 5.3.10; keepalived/vrrp/vrrp_parser.c, vrrp_auth_pass_handler (v2.2.7).",
  bad: () => [
    { input: file(instance(password("«1-internal-ha»"))), fixed: file(instance(password("1-intern"))) },
    { input: file(instance(password('«"nine char"»'))), fixed: file(instance(password('"nine cha"'))) },
  ],
  good: () => [file(instance(password("s3cret-8"))), file(instance(password("short")))],
  check(host, report) {
    for (const { kind, word, at } of findingsFor(host, id)) {
      if (!word || kind !== "too-long") continue;
      const kept = firstBytes(word.text, 8);
      const length = byteLength(word.text);
      const used = kept === undefined ? "the first 8 of them" : `the first 8, "${kept}",`;
      report(
        at,
        `auth_pass has ${length} bytes, but an advert has room for 8: keepalived uses ${used} and drops the rest. Write at most 8 bytes, the same on every host; hosts whose first 8 bytes are equal understand each other all the same.`,
        { fixes: kept === undefined ? [] : fix(`Write ${kept}`, true, replaceWord(word, kept)) },
      );
    }
  },
};

/** The first bytes of a text in UTF-8, or undefined when they end inside a character. */
function firstBytes(text: string, count: number): string | undefined {
  let kept = "";
  for (const character of text) {
    if (byteLength(kept) === count) return kept;
    kept += character;
    if (byteLength(kept) > count) return undefined;
  }
  return kept;
}
