/** global_defs as a description says it. */
import { inside, type Statement } from "../../schema/statement.ts";
import type { Intent, MailIntent } from "../intent.ts";
import { leftover, restOf } from "./leftover.ts";
import { isPlain, keywordIn, type Reading } from "./reading.ts";

type GlobalIntent = Pick<Intent, "mail" | "scriptUser" | "scriptSecurity" | "globals">;

const mailKeywords = ["notification_email", "notification_email_from", "smtp_server", "smtp_connect_timeout"];
const scriptKeywords = ["script_user", "enable_script_security"];

/** What all hosts' global_defs say. `runs`: the description names programs, so it writes who they run as. */
export function globalIntent(readings: readonly Reading[], runs: boolean): GlobalIntent {
  const mails = readings.map(mailOf);
  const [mail] = mails;
  const mailSaid = mail !== undefined && mails.every((each) => JSON.stringify(each) === JSON.stringify(mail));
  const users = readings.map(securedUser);
  const [user] = users;
  const userSaid = runs && user !== undefined && users.every((each) => each === user);
  // The version is that of each virtual router.
  const said = [
    "router_id",
    "vrrp_version",
    ...(mailSaid ? mailKeywords : []),
    ...(userSaid ? scriptKeywords : []),
  ];
  const rests = readings.map((reading) => {
    const rest = reading.host.globals.statements.filter(
      (statement) => isPlain(statement) && !said.includes(keywordIn(statement)),
    );
    return [reading.host, rest.map((statement) => restOf(reading, statement))] as const;
  });
  return {
    mail: mailSaid ? mail : undefined,
    scriptUser: userSaid && user !== "root" ? user : undefined,
    scriptSecurity: runs && !userSaid ? false : undefined,
    globals: leftover("global_defs", new Map(rests)),
  };
}

function linesOf({ host }: Reading, keyword: string): readonly Statement[] {
  return host.globals.statements.filter((statement) => keywordIn(statement) === keyword);
}

/** Receivers and a server make mail possible; without one of them the lines stay as they are. */
function mailOf(reading: Reading): MailIntent | undefined {
  const to = linesOf(reading, "notification_email").flatMap((block) =>
    inside(block).flatMap((line) => reading.words(line).map(({ text }) => text)),
  );
  const value = (keyword: string) => {
    const line = linesOf(reading, keyword).at(-1);
    return (
      line &&
      reading
        .words(line)
        .slice(1)
        .map(({ text }) => text)
        .join(" ")
    );
  };
  const [server, wait] = [value("smtp_server"), value("smtp_connect_timeout")];
  if (to.length === 0 || !server || (wait !== undefined && !/^[1-9]\d{0,5}$/.test(wait))) return undefined;
  const timeout = wait === undefined ? 30 : Number(wait);
  return {
    to,
    from: value("notification_email_from") || undefined,
    server: server === "127.0.0.1" ? undefined : server,
    timeout: timeout === 30 ? undefined : timeout,
  };
}

/** The one account of programs, with its group if one is named, where script security is on; else undefined. */
function securedUser(reading: Reading): string | undefined {
  const [first, ...others] = linesOf(reading, "script_user");
  const words = first ? reading.words(first) : [];
  const secured = linesOf(reading, "enable_script_security").length === 1;
  const [, ...account] = words.map(({ text }) => text);
  const plain = (account.length === 1 || account.length === 2) && account.every((word) => /^\S+$/.test(word));
  return secured && others.length === 0 && plain ? account.join(" ") : undefined;
}
