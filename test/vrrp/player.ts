/** Plays one instance through a story and tells what it does in short words. */
import { type Arrival, soundArrival } from "../../src/vrrp/arrival.ts";
import { initialState, step, wakeAt } from "../../src/vrrp/machine.ts";
import type { Action, Config, Event, State } from "../../src/vrrp/machine-types.ts";
import type { Advert } from "../../src/vrrp/packet.ts";
import { second } from "../../src/vrrp/time.ts";
import { plainWire, type Wire } from "../../src/vrrp/wire.ts";
import { advert, receptionOf } from "./support.ts";

/** What a test changes in the usual configuration. */
export interface Change extends Partial<Omit<Config, "advert" | "reception" | "announcing">> {
  readonly advert?: Partial<Advert>;
  readonly wire?: Wire;
  readonly reception?: Partial<Config["reception"]>;
  readonly announcing?: Partial<Config["announcing"]>;
}

/** Version 3, priority 100, 1 s, at 10.0.0.5, in the newest release, with announcements once and never again. */
export function configOf(change: Change = {}): Config {
  const { advert: adverts, wire = plainWire(4), reception, announcing, ...rest } = change;
  const { priority: _, ...said } = { ...advert, ...adverts };
  return {
    advert: said,
    source: "10.0.0.5",
    hopLimit: 255,
    priority: 100,
    startsAsMaster: rest.priority === 255,
    isKnownAsOwner: rest.priority === 255,
    nopreempt: false,
    preemptDelay: 0,
    downTimerAdverts: 3,
    startupDelay: 0,
    lowerPriorityNoAdvert: false,
    higherPrioritySendAdvert: false,
    trustsKnownMaster: false,
    accept: true,
    trackers: [],
    reception: { ...receptionOf({ ...said, priority: 0 }, wire), ...reception },
    announcing: {
      repeat: 1,
      delay: 0,
      refresh: 0,
      refreshRepeat: 1,
      lowerRepeat: 0,
      lowerDelay: 0,
      ...announcing,
    },
    ...rest,
  };
}

/** An advert of another host, which is configured in the same way unless told otherwise. */
export function from(
  source: string,
  priority: number,
  config: Config,
  change: Partial<Advert> = {},
): Arrival {
  const { wire } = config.reception;
  const counters = { sequence: 1, stamp: { seconds: 1000, fraction: 0 } };
  return soundArrival(
    { ...config.advert, priority, ...change },
    { source, hopLimit: 255, wire },
    counters,
    wire,
  );
}

/** Seconds as the machine counts them. */
export const seconds = (count: number) => Math.round(count * second);

export class Player {
  readonly config: Config;
  state: State;
  /** In seconds. */
  now = 0;

  constructor(change: Change = {}) {
    this.config = configOf(change);
    this.state = initialState(this.config);
  }

  /** Something happens now; what it makes the instance do. */
  on(event: Event): readonly string[] {
    const { state, actions } = step(this.config, this.state, event, seconds(this.now));
    this.state = state;
    return actions.map(words);
  }

  start(statuses: Extract<Event, { readonly on: "start" }>["statuses"] = {}): readonly string[] {
    return this.on({ on: "start", statuses });
  }

  /** An advert of another host arrives. */
  hears(priority: number, source = "10.0.0.9", change: Partial<Advert> = {}): readonly string[] {
    return this.on({ on: "advert", arrival: from(source, priority, this.config, change) });
  }

  track(id: string, status: boolean | number): readonly string[] {
    return this.on({ on: "track", id, status });
  }

  /** Lets time pass until a moment in seconds, and tells what was done when. */
  until(moment: number): readonly string[] {
    const done: string[] = [];
    for (let at = wakeAt(this.state); at !== undefined && at <= seconds(moment); at = wakeAt(this.state)) {
      if (at < seconds(this.now)) throw new Error(`It wants to be woken in the past, at ${at / second} s.`);
      this.now = at / second;
      const actions = this.on({ on: "time" });
      done.push(...actions.map((action) => `${this.now}: ${action}`));
    }
    this.now = moment;
    return done;
  }

  /** The moment of the next deadline, in seconds from now. */
  get left(): number | undefined {
    const at = wakeAt(this.state);
    return at === undefined ? undefined : (at - seconds(this.now)) / second;
  }

  /** A backup that has started and heard nothing for a moment. */
  static backup(change: Change = {}): Player {
    const player = new Player(change);
    player.start();
    return player;
  }

  /** A master that has just become it. */
  static master(change: Change = {}): Player {
    const player = Player.backup(change);
    player.until(player.now + (player.left ?? 0));
    if (player.state.is !== "master") throw new Error("It did not become master.");
    return player;
  }
}

/** An action in a few words. */
export function words(action: Action): string {
  switch (action.do) {
    case "send":
      return `send ${action.advert.priority}`;
    case "announce":
      return `announce ${action.repeat}`;
    case "refuse":
      return `refuse ${action.source} ${action.reason}`;
    case "change":
      return `${action.from} to ${action.to}: ${action.why.because}`;
    default:
      return action.do;
  }
}
