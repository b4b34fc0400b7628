import type { Instance, SyncGroup } from "../model/host.ts";
import type { Statement } from "../schema/statement.ts";
import { inInstances } from "./each.ts";
import { breakBefore, fix } from "./edits.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import { tracksSeveral } from "./lexical/classify.ts";
import { isClaimed } from "./lexical.ts";
import { linesOf } from "./support.ts";
import type { FileRule } from "./types.ts";

const interfaces = (...lines: string[]) => file(instance(block("track_interface", ...lines)));
const keywords = ["track_interface", "track_script", "track_process", "track_file", "track_bfd"];

export const vrrpTrackSeveralOnOneLine: FileRule = {
  id: "vrrp-track-several-on-one-line",
  severity: "error",
  over: "file",
  summary: "Several trackers on one line: keepalived ignores the whole line.",
  why: "A line holds one name and its options. keepalived takes a second name for an option it does not know and tracks neither: the interface or service can fail and the addresses stay.",
  basis: "keepalived/vrrp/vrrp_track.c, alloc_track_if (v2.2.7); keepalived -t.",
  bad: () => [
    { input: interfaces("«eth1 eth2»"), fixed: interfaces("eth1", "eth2") },
    {
      input: file(
        secured,
        script(),
        script().replace("chk", "other"),
        instance(block("track_script", "«chk other»")),
      ),
      fixed: file(
        secured,
        script(),
        script().replace("chk", "other"),
        instance(block("track_script", "chk", "other")),
      ),
    },
  ],
  good: () => [interfaces("eth1", "eth2"), interfaces("eth1 weight 10")],
  check(host, report) {
    const inGroups = host.groups.flatMap(longLines);
    for (const line of [...inInstancesOf(host), ...inGroups])
      if (tracksSeveral(host, line) && !isClaimed(host, line.line.at)) tell(line);

    function tell(line: Statement): void {
      const [first, last] = [line.words[0], line.words.at(-1)];
      if (!first || !last || first.at.file !== last.at.file || isClaimed(host, last.at)) return;
      const edits = line.words.slice(1).map((_, index) => breakBefore(host, line, index + 1));
      const names = line.words.map(({ text }) => text).join(" ");
      report(
        { file: first.at.file, span: { start: first.at.span.start, end: last.at.span.end } },
        `keepalived reads one name per line, so it ignores ${names} and tracks none of them: a failure there moves no address. Write each on a line of its own.`,
        { fixes: fix("Start a new line for each", true, ...edits) },
      );
    }
  },
};

function longLines(user: Instance | SyncGroup): readonly Statement[] {
  return keywords.flatMap((keyword) => linesOf(user, keyword).filter(({ words }) => words.length > 1));
}

const inInstancesOf = inInstances(longLines);
