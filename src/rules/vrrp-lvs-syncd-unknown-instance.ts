import { nearest } from "../schema/nearest.ts";
import { named, type Statement } from "../schema/statement.ts";
import type { Word } from "../syntax/tree.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

const globals = (line: string) => block("global_defs", line);

export const vrrpLvsSyncdUnknownInstance: FileRule = {
  id: "vrrp-lvs-syncd-unknown-instance",
  severity: "error",
  over: "file",
  summary: "lvs_sync_daemon names an instance that does not exist.",
  why: "keepalived drops the whole setting, and its configuration test does not say so. Connections are not copied to the standby director, and all of them break at the next failover.",
  basis: "keepalived/vrrp/vrrp.c, vrrp_complete_init (v2.2.7).",
  bad: () => [
    {
      input: file(globals("lvs_sync_daemon eth0 «VI_9»"), instance()),
      fixed: file(globals("lvs_sync_daemon eth0 VI_1"), instance()),
    },
    { input: file(globals("lvs_sync_daemon eth0 inst «other» id 3"), instance()) },
  ],
  good: () => [
    file(globals("lvs_sync_daemon eth0 VI_1"), instance()),
    file(globals("lvs_sync_daemon eth0 id 3"), instance()),
  ],
  check(host, report) {
    const lines = named(host.globals.statements, "lvs_sync_daemon");
    if (lines.length === 0 || host.uncertain || host.instances.length === 0) return;
    const names = host.instances.map((each) => each.name);
    for (const line of lines) {
      const word = instanceIn(line);
      if (!word || word.unknown || names.includes(word.text)) continue;
      const meant = nearest(word.text, names);
      report(
        word.at,
        `There is no instance ${word.text}, so keepalived drops the whole line: connections are not copied to the other director and break at a failover. ${meant === undefined ? "Name an instance of this file." : `Is ${meant} meant?`}`,
        { fixes: meant === undefined ? [] : fix(`Write ${meant}`, false, replaceWord(word, meant)) },
      );
    }
  },
};

/** Behind `inst`, or, as in old files, the bare word behind the interface. */
function instanceIn({ words }: Statement): Word | undefined {
  const option = words.findIndex(({ text }) => text === "inst");
  if (option !== -1) return words[option + 1];
  const second = words[2];
  const options = ["id", "inst", "version", "maxlen", "port", "ttl", "group"];
  return second && !options.includes(second.text) && !/^\d+$/.test(second.text) ? second : undefined;
}
