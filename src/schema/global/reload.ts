/** Reloading and including configuration files. */
import type { Choice, Keyword } from "../types.ts";
import { file } from "./args.ts";

const includeChecks = [
  ["read", "the file found cannot be read"],
  ["match", "a name without wildcards matches no file"],
  ["wildcard_match", "a name with wildcards matches no file"],
  ["brace_match", "one of the names in braces matches no file"],
] as const;

const includeChoices: readonly Choice[] = ["", "+", "-"].flatMap((sign) =>
  includeChecks.map(([word, when]) => ({
    word: sign + word,
    doc: sign === "-" ? `No longer an error: ${when}.` : `An error: ${when}.`,
  })),
);

export const reloadKeywords: readonly Keyword[] = [
  {
    name: "reload_check_config",
    args: [{ name: "log file", value: { is: "path" }, optional: true }],
    times: "once",
    default: "off",
    since: "2.2.4",
    doc: "Checks the new configuration before a reload and stays with the old one when it has errors. Without it a reload with errors can end all keepalived processes. What the check says goes to the file, if one is given.",
    example: "reload_check_config /var/log/keepalived-reload.log",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:2192 (v2.2.7)",
  },
  {
    name: "reload_time_file",
    args: [file],
    withoutValue: "skipped",
    times: "once",
    since: "2.2.4",
    onInvalid: "ignores the line",
    doc: "File whose first line is the time of the next reload: HH:MM:SS, alone or after a date YY-MM-DD or YYYY-MM-DD, with a Z at the end for UTC. All hosts of a cluster can so change at the same moment, which matters when they would refuse each other's adverts in between. The file is deleted after the reload.",
    example: "reload_time_file /etc/keepalived/reload-at",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:2204 (v2.2.7)",
  },
  {
    name: "reload_repeat",
    args: [],
    flag: true,
    times: "once",
    since: "2.2.4",
    doc: "Does not delete the reload_time_file. With a time and no date in it, keepalived then reloads every day.",
    example: "reload_repeat",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:2214 (v2.2.7)",
  },
  {
    name: "reload_file",
    args: [{ name: "file", value: { is: "path" }, optional: true }],
    times: "once",
    default: "off; keepalived.reload beside the pid file when written without a name",
    since: "2.2.4",
    doc: "File that exists while keepalived reads its configuration. A program that rewrites the configuration creates it before it asks for a reload and waits until it is gone.",
    example: "reload_file /run/keepalived.reload",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:2220 (v2.2.7)",
  },
  {
    name: "include_check",
    args: [{ name: "check", value: { is: "word", of: includeChoices }, optional: true, rest: true }],
    times: "many",
    default: "no check: a missing include is skipped",
    since: "2.2.4",
    onInvalid: "ignores that check",
    doc: "Makes a missing or unreadable include an error. Without a word all checks are on; `+` adds one, `-` takes one away. The setting holds for this file and the files it includes below the line.",
    example: "include_check match +wildcard_match",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:2131 (v2.2.7)",
  },
];
