import type { Finding } from "../schema/statement.ts";
import { fix, replaceWord } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "vrrp-state-invalid";
/** Words of other products for a host that waits. */
const standby = ["slave", "standby", "secondary", "passive"];
const active = ["primary", "active"];

export const vrrpStateInvalid: FileRule = {
  id,
  severity: "warning",
  over: "file",
  summary: "state is neither MASTER nor BACKUP.",
  why: "keepalived takes any other word as BACKUP, also master in small letters. The host then waits for adverts before it takes the addresses; which host is master is decided by the priorities either way.",
  basis: "keepalived/vrrp/vrrp_parser.c, vrrp_state_handler (v2.2.7).",
  bad: () => [
    { input: file(instance("state «master»")), fixed: file(instance("state MASTER")) },
    { input: file(instance("state «SLAVE»")), fixed: file(instance("state BACKUP")) },
    { input: file(instance("state «BACUP»")), fixed: file(instance("state BACKUP")) },
  ],
  good: () => [file(instance("state MASTER")), file(instance("state BACKUP"))],
  check(host, report) {
    for (const finding of findingsFor(host, id)) {
      if (!finding.word) continue;
      report(
        finding.at,
        `keepalived knows only MASTER and BACKUP in capitals and takes ${finding.word.text} as BACKUP. Write the state that is meant; the priority decides who becomes master, state only what the host starts as.`,
        { fixes: repair(finding) },
      );
    }
  },
};

function repair({ word, suggestion }: Finding) {
  const text = word?.text.toLowerCase() ?? "";
  const meant = standby.includes(text) ? "BACKUP" : active.includes(text) ? "MASTER" : suggestion;
  // BACKUP is what keepalived makes of the word already; MASTER would change how the host starts.
  return meant ? fix(`Write ${meant}`, meant === "BACKUP", replaceWord(word, meant)) : [];
}
