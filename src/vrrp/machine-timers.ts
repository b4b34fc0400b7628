/** How long a backup waits (RFC 3768, 6.1; RFC 9568, 6.1), in whole microseconds and cut as keepalived computes it. */
import { type Config, ownerPriority, type State } from "./machine-types.ts";
import { centisecond, type Micros, second } from "./time.ts";

/** Skew_Time: the lower the priority, the longer, so that the best backup is first. */
export function skewTime(version: 2 | 3, priority: number, interval: Micros): Micros {
  const unit = version === 2 ? second : Math.floor(interval / centisecond) * centisecond;
  return Math.floor(((256 - priority) * unit) / 256);
}

/** Master_Down_Interval of version 2, Active_Down_Interval of version 3. */
export function downInterval(config: Config, state: Pick<State, "priority" | "masterInterval">): Micros {
  return config.downTimerAdverts * state.masterInterval + skewOf(config, state);
}

/** Skew_Time of an instance with what it has learnt. */
export function skewOf(config: Config, state: Pick<State, "priority" | "masterInterval">): Micros {
  const negotiates = config.reception.quirks.ownersNegotiate;
  // An owner that has given way for a while waits like an owner.
  const priority = negotiates && config.priority === ownerPriority ? ownerPriority : state.priority;
  return skewTime(config.advert.version, priority, state.masterInterval);
}
