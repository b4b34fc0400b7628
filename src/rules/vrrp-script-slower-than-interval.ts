import { inside, named } from "../schema/statement.ts";
import { readDecimal } from "../schema/values.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import type { FileRule } from "./types.ts";

const tracking = instance(block("track_script", "chk"));

export const vrrpScriptSlowerThanInterval: FileRule = {
  id: "vrrp-script-slower-than-interval",
  severity: "info",
  over: "file",
  summary: "A script may run longer than the interval between its runs.",
  why: "keepalived skips a run while the one before has not ended. A failure is then noticed later than fall times the interval says.",
  basis: "Seen with running daemons: keepalived logs that it skips the run.",
  bad: () => [{ input: file(secured, script("interval 1", "timeout «5»"), tracking) }],
  good: () => [
    file(secured, script("interval 5", "timeout 5"), tracking),
    file(secured, script("interval 1"), tracking),
  ],
  check(host, report) {
    for (const { kind, block: definition, name, ignored } of host.definitions) {
      if (kind !== "script" || ignored) continue;
      const timeout = named(inside(definition), "timeout").at(-1)?.words[1];
      const interval = named(inside(definition), "interval").at(-1)?.words[1];
      const longest = timeout && !timeout.unknown ? readDecimal(timeout.text) : undefined;
      const pause = interval ? (interval.unknown ? undefined : readDecimal(interval.text)) : 1;
      if (!timeout || longest === undefined || pause === undefined || longest <= pause) continue;
      report(
        timeout.at,
        `${name} may run ${longest} s but is due every ${pause} s. keepalived skips a run while one is under way, so a failure is noticed later than it seems. Raise interval or lower timeout.`,
        { related: interval ? [{ at: interval.at, message: "the interval" }] : [] },
      );
    }
  },
};
