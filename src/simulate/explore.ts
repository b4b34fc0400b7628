/** Tries every order of faults over a fleet and tells what goes wrong, each with its shortest story. */
import type { Diagnostic } from "../diagnostic.ts";
import type { Fleet } from "../model/host.ts";
import { type Cast, castOf } from "./cast.ts";
import { type Board, boardFor } from "./explore-board.ts";
import { type Found, Search } from "./explore-search.ts";
import { diagnosticFor } from "./explore-tell.ts";
import { likeness, type Unit, unitsOf } from "./explore-unit.ts";

export interface ExploreOptions {
  /** How many faults follow each other at most. */
  readonly faults: number;
  /** The release of hosts that name none; the newest when absent. */
  readonly release?: string | undefined;
}

/** What was tried, and what was not. */
export interface Coverage {
  readonly faults: number;
  /** Groups of virtual routers that act on each other. */
  readonly units: number;
  /** Different moments in which a fault was tried. */
  readonly states: number;
  /** Orders of faults, each with the moments at which they strike. */
  readonly orders: number;
  /** Orders after which nothing came to rest in good time, so that they were not judged. */
  readonly open: number;
  /** The kinds of faults. */
  readonly kinds: readonly string[];
  /** What was not explored and why, in sentences. */
  readonly left: readonly string[];
}

export interface Exploration {
  readonly diagnostics: readonly Diagnostic[];
  readonly coverage: Coverage;
}

/** Explores a fleet; the same fleet and options give the same. */
export function explore(fleet: Fleet, { faults, release }: ExploreOptions): Exploration {
  const cast = castOf(fleet, release);
  const { units, left } = unitsOf(fleet, cast);
  const tried = { states: 0, orders: 0, open: 0 };
  const kinds = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const boards of alike(units, cast)) {
    const [first] = boards;
    if (!first) continue;
    const search = new Search(first, faults).run();
    for (const key of ["states", "orders", "open"] as const) tried[key] += search.tried[key];
    for (const kind of search.kinds) kinds.add(kind);
    const stage = { fleet, cast, release };
    for (const board of boards)
      diagnostics.push(...search.found.map((found: Found) => diagnosticFor(stage, board, found)));
  }
  const coverage = { faults, units: units.length, ...tried, kinds: [...kinds].sort(), left };
  return { diagnostics, coverage };
}

/** Units that do the same are searched once. */
function alike(units: readonly Unit[], cast: Cast): readonly (readonly Board[])[] {
  const found = new Map<string, Board[]>();
  for (const unit of units) {
    const key = likeness(unit, cast);
    found.set(key, [...(found.get(key) ?? []), boardFor(cast, unit)]);
  }
  return [...found.values()];
}
