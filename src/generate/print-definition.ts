/** The blocks that say what is watched. */
import { always, block, line, type Node, once, raw } from "./document.ts";
import type { ScriptIntent } from "./intent.ts";
import { inOrder } from "./order.ts";
import type { DefinedTracker } from "./trackers.ts";
import { command, quoted } from "./words.ts";

/** A definition of something that is watched. */
export function definition(name: string, tracker: DefinedTracker): Node {
  const { weight = 0 } = tracker;
  const weightLine = weight === 0 ? [] : [line(`weight ${weight}`)];
  const extra = raw(tracker.extra ?? "");
  switch (tracker.track) {
    case "script":
      return block(
        `vrrp_script ${quoted(name)}`,
        inOrder("vrrp_script", [...scriptLines(tracker), ...weightLine, extra]),
        always(`Exit code 0 means that all is well. ${weightRemark(weight)}`),
      );
    case "process":
      return block(
        `vrrp_track_process ${quoted(name)}`,
        [line(`process ${tracker.process.trim().split(/\s+/).map(quoted).join(" ")}`), ...weightLine, extra],
        always(`The process has to run. ${weightRemark(weight)}`),
      );
    case "file":
      return block(
        `track_file ${quoted(name)}`,
        [line(`file ${quoted(tracker.file)}`), line(`weight ${weight}`), extra],
        always(
          weight === 0
            ? "Any number but 0 in the file takes this host out."
            : "The number in the file, times weight, is added to the priority.",
        ),
      );
  }
}

function scriptLines({ command: program, interval = 2, timeout, rise = 2, fall = 2 }: ScriptIntent): Node[] {
  return [
    line(`script ${command(program)}`),
    line(
      `interval ${interval}`,
      once("seconds from run to run; a run that takes longer than timeout has failed"),
    ),
    line(`timeout ${timeout ?? interval}`),
    line(`rise ${rise}`, once("so many results in a row change the verdict")),
    line(`fall ${fall}`),
  ];
}

function weightRemark(weight: number): string {
  if (weight === 0) return "A failure takes this host out at once.";
  return weight < 0
    ? `A failure lowers the priority by ${-weight}.`
    : `While it passes, it adds ${weight} to the priority.`;
}
