/** What may happen to a world from outside, and the faults of `vrrp-run --simulate` that make it happen. */
import type { Micros } from "../vrrp/time.ts";
import type { World } from "./explore-world.ts";

export type Strike =
  | { readonly is: "kill" | "stop" | "start"; readonly host: number }
  | { readonly is: "down" | "up"; readonly thing: number }
  /** The hosts of one side hear nobody of the other side. */
  | { readonly is: "split"; readonly side: readonly number[] }
  | { readonly is: "heal" }
  /** One advert of a seat does not reach these hosts. */
  | { readonly is: "loss"; readonly seat: number; readonly hosts: readonly number[] }
  /** How a story begins: these hosts are started. */
  | { readonly is: "boot"; readonly hosts: readonly number[] };

/** Something that happens at a moment. */
export interface Turn {
  readonly at: Micros;
  /** Whether the hosts had come to rest before. */
  readonly rested: boolean;
  readonly strike: Strike;
}

/** A line of a story: a fault of the simulator and its moment. */
export interface Line {
  readonly at: Micros;
  readonly text: string;
}

/** What may happen next. Adverts are lost only while nothing else is going on. */
export function strikesOn(world: World, rests: boolean): readonly Strike[] {
  const { board, runs } = world;
  const strikes: Strike[] = [];
  for (const host of board.hosts.keys()) {
    if (!runs[host]) strikes.push({ is: "start", host });
    else {
      strikes.push({ is: "kill", host });
      // Who is no master says nothing when it is stopped: it goes like one that is killed.
      if (board.seats.some((_, seat) => board.hostOf[seat] === host && world.holds[seat]))
        strikes.push({ is: "stop", host });
    }
  }
  for (const [thing, { host }] of board.things.entries()) {
    if (runs[host]) strikes.push({ is: world.fails[thing] ? "up" : "down", thing });
  }
  for (const side of sidesOf(board.hosts.length)) {
    if (divides(world, side)) strikes.push({ is: "split", side });
  }
  if (world.cut.includes(true)) strikes.push({ is: "heal" });
  if (rests) strikes.push(...losses(world));
  return strikes;
}

/** Every way to divide the hosts in two, named by the smaller side; of more than four hosts, one is cut off alone. */
function sidesOf(count: number): readonly (readonly number[])[] {
  const alone = Array.from({ length: count }, (_, host) => [host]);
  if (count === 2) return [[0]];
  if (count !== 4) return alone;
  return [...alone, [0, 1], [0, 2], [0, 3]];
}

/** Whether some of the hosts that run are together and would be no more. */
function divides({ runs, board, cut }: World, side: readonly number[]): boolean {
  const count = board.hosts.length;
  return side.some((one) =>
    board.hosts.some((_, other) => {
      return runs[one] && runs[other] && !side.includes(other) && !cut[one * count + other];
    }),
  );
}

function losses(world: World): readonly Strike[] {
  const { board, runs } = world;
  return board.seats.flatMap((_, seat): readonly Strike[] => {
    const host = board.hostOf[seat] ?? 0;
    if (!world.holds[seat]) return [];
    const reached = [...new Set((board.listeners[seat] ?? []).map((other) => board.hostOf[other] ?? 0))];
    const hosts = reached.filter((other) => runs[other] && world.carries(host, other));
    const single = hosts.map((other): Strike => ({ is: "loss", seat, hosts: [other] }));
    return hosts.length > 1 ? [{ is: "loss", seat, hosts }, ...single] : single;
  });
}

/** Does it, now or, for an advert that is lost, when the next one is sent. The lines play it again. */
export function apply(world: World, strike: Strike): readonly Line[] {
  const { board, now } = world;
  const name = (host: number) => board.hosts[host] ?? "";
  switch (strike.is) {
    case "kill":
    case "stop":
    case "start":
      world[strike.is](strike.host);
      return [{ at: now, text: `${strike.is} ${name(strike.host)}` }];
    case "down":
    case "up": {
      const thing = board.things[strike.thing];
      world.set(strike.thing, strike.is === "down");
      const verbs =
        thing?.kind === "link" ? { down: "link-down", up: "link-up" } : { down: "fail", up: "pass" };
      return [{ at: now, text: `${verbs[strike.is]} ${name(thing?.host ?? 0)} ${thing?.name}` }];
    }
    case "split":
      return cutOff(world, strike.side);
    case "heal":
      world.cut.fill(false);
      return [{ at: now, text: "heal" }];
    case "loss":
      return lose(world, strike);
    case "boot":
      for (const host of strike.hosts) world.start(host);
      return strike.hosts.map((host) => ({ at: now, text: `start ${name(host)}` }));
  }
}

function cutOff(world: World, side: readonly number[]): readonly Line[] {
  const { hosts } = world.board;
  const lines: Line[] = [];
  for (const one of side) {
    for (const other of hosts.keys()) {
      if (side.includes(other)) continue;
      world.setCut(one, other, true);
      world.setCut(other, one, true);
      if (side.length > 1 || hosts.length === 2)
        lines.push({ at: world.now, text: `cut ${hosts[one]} ${hosts[other]}` });
    }
  }
  if (lines.length > 0) return lines;
  return side.map((host) => ({ at: world.now, text: `isolate ${hosts[host]}` }));
}

/** The way is closed shortly before the advert and open again shortly after it. */
function lose(world: World, { seat, hosts }: Extract<Strike, { readonly is: "loss" }>): readonly Line[] {
  const { board } = world;
  const from = board.hostOf[seat] ?? 0;
  const state = world.states[board.partOf[seat] ?? 0]?.members[board.memberOf[seat] ?? 0];
  const sent = state?.until ?? world.now;
  const margin = Math.min(50_000, Math.floor((board.seats[seat]?.machine.config.advert.interval ?? 0) / 4));
  const lines: Line[] = [];
  pass(world, rounded(sent - margin, Math.floor));
  for (const to of hosts) {
    world.setCut(from, to, true);
    lines.push({ at: world.now, text: `cut-one-way ${board.hosts[from]} ${board.hosts[to]}` });
  }
  pass(world, rounded(sent + margin, Math.ceil));
  for (const to of hosts) world.setCut(from, to, false);
  lines.push({ at: world.now, text: "heal" });
  for (const [one, first] of board.hosts.entries()) {
    for (const [other, second] of board.hosts.entries()) {
      if (other > one && !world.carries(one, other))
        lines.push({ at: world.now, text: `cut ${first} ${second}` });
    }
  }
  return lines;
}

/** To whole hundredths of a second, which read better. */
function rounded(moment: Micros, round: (value: number) => number): Micros {
  return round(moment / 10_000) * 10_000;
}

function pass(world: World, until: Micros): void {
  while (world.next <= until) world.advance();
  world.now = Math.max(world.now, until);
}
