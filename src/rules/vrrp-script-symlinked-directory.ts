import type { Host } from "../model/host.ts";
import { inside, named } from "../schema/statement.ts";
import { fix } from "./edits.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import { type Command, commandsOf, olderThan } from "./support.ts";
import type { FileRule } from "./types.ts";

const checks = (...lines: string[]) =>
  file(secured, script(...lines), instance(block("track_script", "chk")));
/** Links on systems whose programs all live under /usr, and the older link of /run. */
const linked: readonly (readonly [RegExp, string])[] = [
  [/^\/(bin|sbin|lib|lib64)\//, "/usr/$1/"],
  [/^\/var\/run\//, "/run/"],
];

export const vrrpScriptSymlinkedDirectory: FileRule = {
  id: "vrrp-script-symlinked-directory",
  severity: "error",
  over: "file",
  summary: "The path of a script leads through a directory that is a symbolic link on current systems.",
  why: "From release 2.3.0 on keepalived refuses to run as root what it reaches through a linked directory, with or without script security. On systems where /bin is a link to /usr/bin the check is gone after the upgrade, and a dead service keeps its addresses.",
  basis:
    "keepalived commit ebf37b95 (first in 2.3.0), lib/notify.c, check_security (v2.4.3); seen with running daemons.",
  bad: () => [
    {
      input: checks('script «"/bin/pidof nginx"»'),
      fixed: checks('script "/usr/bin/pidof nginx"'),
    },
    { input: checks('script «"/var/run/check"»'), fixed: checks('script "/run/check"'), target: "2.4.3" },
  ],
  good: () => [
    checks('script "/usr/bin/pidof nginx"'),
    checks('script "/bin/pidof nginx"', "user nobody"),
    file(secured, instance('notify_master "/bin/true" nobody')),
  ],
  check(host, report) {
    for (const command of commandsOf(host)) {
      const path = /^\S+/.exec(command.text)?.[0] ?? "";
      const link = linked.find(([pattern]) => pattern.test(path));
      if (!link || !runsAsRoot(host, command)) continue;
      const direct = path.replace(link[0], link[1]);
      const harmless = olderThan(host.target, "2.3.0");
      const place = /^(\/\w+(\/run)?)\//.exec(path)?.[1] ?? path;
      const which =
        host.target !== undefined && !harmless
          ? `keepalived ${host.target} does`
          : "keepalived 2.3.0 and later do";
      report(
        command.word.at,
        `On current systems ${place} is a symbolic link, and ${which} not run as root what lies behind a linked directory: the check is silently gone${harmless ? " after an upgrade" : ""}. Write ${direct}.`,
        {
          fixes: rewritten(command, path, direct),
          ...(harmless ? { severity: "info" as const } : {}),
        },
      );
    }
  },
};

/** Its own user, else the global script_user; without either keepalived uses root unless a special account exists. */
function runsAsRoot(host: Host, { statement }: Command): boolean {
  const notify = statement.words[0]?.text.startsWith("notify");
  const line = !notify && statement.parent ? named(inside(statement.parent), "user").at(-1) : undefined;
  const user = notify ? statement.words[2] : line?.words[1];
  if (user) return user.text === "root" || user.text === "0";
  const global = host.globals.scriptUser;
  return !global || (!global.unknown && (global.value === "root" || global.value === "0"));
}

/** Not safe: on a system without the links the program may not be there. */
function rewritten({ word, text }: Command, path: string, direct: string) {
  if (!word.exact || word.via || /['"\\]/.test(text)) return [];
  const changed = text.replace(path, direct);
  return fix(`Write ${direct}`, false, { at: word.at, text: word.quoted ? `"${changed}"` : changed });
}
