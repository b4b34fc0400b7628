import type { Fix } from "../diagnostic.ts";
import type { Finding } from "../schema/statement.ts";
import { fix, replaceWord } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "vrrp-advert-int-unparsable";

export const vrrpAdvertIntUnparsable: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "advert_int is not a plain number of seconds.",
  why: "keepalived ignores the line and sends an advert every second. A peer whose file has the number written correctly uses another interval; in VRRP version 2 the two then reject each other's adverts, and both become master.",
  basis:
    "RFC 3768 section 7.1; keepalived/vrrp/vrrp_parser.c, vrrp_adv_handler (v2.2.7); seen with running daemons: 3s against 3.",
  bad: () => [
    { input: file(instance("advert_int «3s»")), fixed: file(instance("advert_int 3")) },
    {
      input: file(instance("version 3", "advert_int «500ms»")),
      fixed: file(instance("version 3", "advert_int 0.5")),
    },
    { input: file(instance("advert_int «3;»")), fixed: file(instance("advert_int 3")) },
    { input: file(instance("advert_int «0»")) },
    { input: file(instance("advert_int «300»")) },
  ],
  good: () => [file(instance("advert_int 1")), file(instance("version 3", "advert_int 0.1"))],
  check(host, report) {
    for (const finding of findingsFor(host, id)) {
      if (!finding.word) continue;
      report(
        finding.at,
        `${problem(finding)} keepalived ignores the line and sends an advert every second; a peer that uses another interval then rejects the adverts, and both hosts become master. Write seconds as a plain number, the same on every host.`,
        { fixes: repair(finding) },
      );
    }
  },
};

function problem({ word, kind }: Finding): string {
  const text = word?.text ?? "";
  if (kind !== "out-of-range") return `${text} is not a number of seconds.`;
  return Number(text) > 1
    ? `${text} seconds is more than advert_int allows (255).`
    : `${text} is too short for advert_int.`;
}

/** Milliseconds and seconds by their unit; anything else that is clear without one. */
function repair({ word }: Finding): readonly Fix[] {
  const match = /^=?(\d+(?:\.\d+)?)\s*(ms|msecs?|s|secs?|seconds?)?[;,]*$/i.exec(word?.text ?? "");
  if (!match?.[1]) return [];
  const seconds = match[2]?.toLowerCase().startsWith("m") ? Number(match[1]) / 1000 : Number(match[1]);
  if (seconds < 0.01 || seconds > 255) return [];
  return fix(`Write ${seconds}`, true, replaceWord(word, String(seconds)));
}
