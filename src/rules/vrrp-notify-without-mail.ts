import type { Instance, SyncGroup } from "../model/host.ts";
import { named, type Statement } from "../schema/statement.ts";
import { readBoolean } from "../schema/values.ts";
import { inInstances } from "./each.ts";
import { block, file, instance } from "./examples.ts";
import { keywordPlace, lineOf, mentions } from "./support.ts";
import type { FileRule } from "./types.ts";

const globals = (...lines: string[]) => block("global_defs", ...lines);
const mail = [block("notification_email", "ops@example.com"), "smtp_server 192.0.2.25"];

export const vrrpNotifyWithoutMail: FileRule = {
  id: "vrrp-notify-without-mail",
  severity: "info",
  over: "file",
  summary: "smtp_alert without a receiver or a mail server.",
  why: "keepalived sends no mail and says nothing. Failovers go unnoticed by the people who rely on the mails.",
  basis: "keepalived.conf(5), smtp_alert and notification_email.",
  bad: () => [{ input: file(instance("«smtp_alert»")) }],
  good: () => [
    file(globals(...mail), instance("smtp_alert")),
    file(instance("smtp_alert off")),
    file(instance()),
  ],
  check(host, report) {
    if (host.uncertain) return;
    const has = (keyword: string) => named(host.globals.statements, keyword).length > 0;
    const missing = ["notification_email", "smtp_server"].filter((keyword) => !has(keyword));
    if (
      missing.length === 0 ||
      named(host.statements, "global_defs").some((defs) =>
        missing.some((each) => mentions({ block: defs }, each)),
      )
    )
      return;
    for (const line of [...inInstancesOf(host), ...host.groups.flatMap(wantedBy)]) {
      report(
        keywordPlace(line),
        `smtp_alert asks for mails, but global_defs has no ${missing.join(" and no ")}, so none are sent. Add what is missing, or delete smtp_alert.`,
      );
    }
  },
};

/** The line by which an instance or a group asks for mails. */
function wantedBy(of: Instance | SyncGroup): readonly Statement[] {
  const line = lineOf(of, "smtp_alert");
  return line && isOn(line) ? [line] : [];
}

const inInstancesOf = inInstances(wantedBy);

function isOn({ words }: Statement): boolean {
  return !words[1] || (!words[1].unknown && readBoolean(words[1].text) === true);
}
