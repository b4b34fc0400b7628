/** Which actions follow from a change of state: the only place that says so, so that no path can forget one. */
import type { Draft } from "./machine-moves.ts";
import type { Action, State, Step } from "./machine-types.ts";
import type { Micros } from "./time.ts";

/** The next state and everything that the driver has to do for it. */
export function finish(before: State, draft: Draft, now: Micros): Step<State> {
  const { config, said, why, insisted: _, mayLead: __, mayRise: ___, ...rest } = draft;
  const entered = rest.is === "master" && before.is !== "master";
  const left = rest.is !== "master" && before.is === "master";
  const { repeat, delay, refresh } = config.announcing;
  const actions: Action[] = [...said];
  let state: State = rest;
  if (left) {
    actions.push({ do: "remove" });
    state = { ...rest, announceAt: [], refreshAt: undefined, rival: undefined };
  }
  if (entered) {
    actions.push({ do: "add" }, { do: "announce", repeat });
    const again = delay > 0 ? [{ at: now + delay, repeat }] : [];
    const refreshFrom = now + (config.reception.quirks.refreshesByClock ? delay : 0);
    state = { ...rest, announceAt: again, refreshAt: refresh > 0 ? refreshFrom + refresh : undefined };
  }
  if (before.is !== state.is && why) {
    actions.push({ do: "change", from: before.is, to: state.is, why });
  }
  return { state, actions };
}
