import type { Fix } from "../diagnostic.ts";
import { recognise } from "../syntax/parse.ts";
import { fix } from "./edits.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import { type Command, commandsOf, spanOf } from "./support.ts";
import type { FileRule } from "./types.ts";

const checks = (command: string) =>
  file(secured, script(`script ${command}`), instance(block("track_script", "chk")));

export const vrrpScriptShellSyntax: FileRule = {
  id: "vrrp-script-shell-syntax",
  severity: "error",
  over: "file",
  summary: "A script line uses shell syntax, but keepalived starts programs without a shell.",
  why: "Pipes, &&, redirections and $(…) are passed to the program as plain words. The check then fails always, and the host stays in FAULT, or it succeeds always, and a dead service keeps its addresses.",
  basis:
    "keepalived/lib/notify.c, system_call_script (v2.2.7): execve without a shell; seen with running daemons.",
  bad: () => [
    {
      input: checks('«"pidof nginx || exit 1"»'),
      fixed: checks(`"/usr/bin/sh -c 'pidof nginx || exit 1'"`),
    },
    { input: checks(`«"ss -ltn 'sport = :80' | grep -q LISTEN"»`) },
    {
      input: checks('«"/usr/bin/curl -s http://127.0.0.1/ > /dev/null"»'),
      fixed: checks(`"/usr/bin/sh -c '/usr/bin/curl -s http://127.0.0.1/ > /dev/null'"`),
    },
    {
      input: file(secured, instance('notify_master «"echo $(hostname) is master"»')),
      fixed: file(secured, instance(`notify_master "/usr/bin/sh -c 'echo $(hostname) is master'"`)),
    },
    {
      input: checks('«"ps aux|grep nginx|wc -l"»'),
      fixed: checks(`"/usr/bin/sh -c 'ps aux|grep nginx|wc -l'"`),
    },
    {
      input: checks('«"! test -e /run/drained"»'),
      fixed: checks(`"/usr/bin/sh -c '! test -e /run/drained'"`),
    },
    { input: checks("«/usr/bin/pidof nginx || exit 1»") },
  ],
  good: () => [
    checks(`"/usr/bin/sh -c 'pidof nginx || exit 1'"`),
    checks('"/usr/local/bin/check --url http://127.0.0.1/?a=1&b=2"'),
    checks(`"/usr/bin/grep -qE 'up|ready' /run/health"`),
    checks('"</run/health"'),
    checks('"/usr/local/bin/check --match=up|ready --url=http://127.0.0.1/?a=1&b=2;c=3"'),
    checks("/usr/bin/pidof nginx"),
  ],
  check(host, report) {
    for (const command of commandsOf(host)) {
      const { at, text, whole } = written(command);
      const found = shellSyntax(text);
      if (found === undefined) continue;
      report(at, message(found, text, whole), { fixes: wrapped(command) });
    }
  },
};

function message(found: string, text: string, whole: boolean): string {
  const start = "keepalived starts the program without a shell";
  const advice = `Write "/usr/bin/sh -c '…'", or put the commands into a script file.`;
  if (text.startsWith(found))
    return `${start} and takes ${found} for its name: it finds no such program, and the line does nothing. ${advice}`;
  if (!whole)
    return `${start}, and without quotes it drops all but the first word: ${found} and what it stands for do nothing. ${advice}`;
  return `${start}, so ${found} reaches it as a plain word: the check always fails or always succeeds, whatever the service does. ${advice}`;
}

/** The command as the author means it: without quotes it is all of the line, although keepalived takes one word. */
function written({ statement, word, text }: Command) {
  const words = statement.words.slice(1);
  if (word.quoted || words.length < 2) return { at: word.at, text, whole: true };
  return { at: spanOf(words, word.at), text: words.map((each) => each.text).join(" "), whole: false };
}

const shell = /(^|\/)(sh|bash|dash|ash|ksh|zsh)$/;

/** Words that begin a command in a shell and are no programs; a variable before the program as well. */
const beginning = /^(!|\[\[|\(.*|\{|if|for|while|until|case|exit|export|source|\.|[A-Za-z_]\w*=.*)$/;

/** The first word that only a shell would understand, or undefined. */
export function shellSyntax(text: string): string | undefined {
  const words = (recognise("commandLine", text)?.children ?? []).map(({ start, end }) =>
    text.slice(start, end),
  );
  const inShell = words
    .slice(0, -2)
    .some((word, index) => shell.test(word) && /^-\w*c/.test(words[index + 1] ?? ""));
  const [first = ""] = words;
  // `</path` as the first word is keepalived's own: it checks that the file can be read.
  if (inShell || first.startsWith("<")) return undefined;
  if (beginning.test(first)) return first;
  return words.find((word, index) => index > 0 && !/^['"]/.test(word) && isShellSyntax(word));
}

function isShellSyntax(word: string): boolean {
  const operator = /^(\|\|?|&&?|;;?)$/;
  const redirection = /^(\d|&)?(>>?|<)(&\d|[\w./-]*)$/;
  const substitution = /\$\(|`/;
  const joined = /\|\||&&|\|(\/|(e?grep|awk|sed|wc|head|tail|cut|sort|xargs|tee|tr|cat|logger)$)/;
  return (
    operator.test(word) ||
    redirection.test(word) ||
    substitution.test(word) ||
    joined.test(word) ||
    /.;$/.test(word)
  );
}

/** Not safe: where the shell is, and what the commands do in it, is for the author to know. */
function wrapped({ word, text }: Command): readonly Fix[] {
  if (!word.exact || word.via || !word.quoted || /['"\\]/.test(text)) return [];
  return fix("Run it in a shell", false, { at: word.at, text: `"/usr/bin/sh -c '${text}'"` });
}
