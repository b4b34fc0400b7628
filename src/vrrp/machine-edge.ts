/** Which actions follow from a change of state: the only place that says so, so that no path can forget one. */
import { type Draft, stateOf } from "./machine-draft.ts";
import type { State, Step } from "./machine-types.ts";
import type { Micros } from "./time.ts";

/** The next state and everything that the driver has to do for it. */
export function finish(before: State, draft: Draft, now: Micros): Step<State> {
  const { said: actions, why, config } = draft;
  const { repeat } = config.announcing;
  if (draft.is !== "master" && before.is === "master") {
    actions.push({ do: "remove" });
    draft.refreshAt = undefined;
    draft.rival = undefined;
  }
  if (draft.is === "master" && before.is !== "master") {
    actions.push({ do: "add" }, { do: "announce", repeat });
    announceLater(draft, now);
  }
  if (before.is !== draft.is && why) actions.push({ do: "change", from: before.is, to: draft.is, why });
  return { state: stateOf(draft), actions };
}

function announceLater(draft: Draft, now: Micros): void {
  const { announcing, reception } = draft.config;
  const { repeat, delay, refresh } = announcing;
  const refreshFrom = now + (reception.quirks.refreshesByClock ? delay : 0);
  if (delay > 0) draft.announceAt = [...draft.announceAt, { at: now + delay, repeat }];
  draft.refreshAt = refresh > 0 ? refreshFrom + refresh : undefined;
}
