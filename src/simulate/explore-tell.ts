/** What was found, as diagnostics at the lines that cause it. */
import type { Course, Diagnostic } from "../diagnostic.ts";
import type { Fleet, Host } from "../model/host.ts";
import { propertyOf } from "../rules/properties.ts";
import { second } from "../vrrp/time.ts";
import type { Cast } from "./cast.ts";
import type { Board } from "./explore-board.ts";
import { causeOf } from "./explore-cause.ts";
import { type Replay, replayOf } from "./explore-replay.ts";
import type { Found } from "./explore-search.ts";
import { messageFor } from "./explore-words.ts";
import { parseFault } from "./faults.ts";
import { simulate } from "./simulation.ts";
import type { Story } from "./story.ts";
import { linesOf } from "./telling.ts";
import { seconds } from "./words.ts";

/** A fleet whose stories are told, and the release that `vrrp-run` is to be called with. */
export interface Stage {
  readonly fleet: Fleet;
  readonly cast: Cast;
  readonly release: string | undefined;
}

/** One breach as a diagnostic. */
export function diagnosticFor(stage: Stage, board: Board, found: Found): Diagnostic {
  const cause = causeOf(board, found);
  const { severity } = propertyOf(found.property);
  return {
    rule: found.property,
    severity,
    message: messageFor(board, found, cause),
    at: cause.at,
    related: cause.related,
    fixes: [],
    course: courseOf(stage, board, found),
  };
}

function courseOf(stage: Stage, board: Board, found: Found): Course {
  const replay = replayOf(board, found);
  const duration = Math.max(6, Math.ceil(replay.end / (10 * second)) + 1) * 10 * second;
  const stages = stage.cast.players.map(({ name, interfaces, checks }) => {
    return { name, interfaces, trackers: checks.map((check) => check.name) };
  });
  const faults = replay.lines.map(({ at, text }) => parseFault(`${timeText(at)} ${text}`, stages));
  const story = simulate(stage.cast, { duration, seed: 1, faults });
  return { events: eventsOf(story, board, found), replay: wordsFor(stage, replay, duration) };
}

/** The fewest digits that say a moment exactly. */
function timeText(at: number): string {
  return `${at / second}s`;
}

/** So many lines a story has at most. */
const most = 24;

function eventsOf(story: Story, board: Board, { address }: Found): readonly string[] {
  const own = new Set(board.members.map(({ host, instance }) => `${host.name} ${instance.name}`));
  const isOwn = ({ host, instance }: { readonly host: string; readonly instance: string }) =>
    own.has(`${host} ${instance}`);
  const { changes, refusals } = story;
  const lines = linesOf({ ...story, changes: changes.filter(isOwn), refusals: refusals.filter(isOwn) });
  const told = lines.map(({ at, host, what, text }) => {
    return what === "fault" ? `${seconds(at)} -- ${text} --` : `${seconds(at)} ${host} ${what} ${text}`;
  });
  const last = story.holdings.find((one) => one.address === address)?.spans.at(-1);
  const holders = last?.hosts.length ? last.hosts.join(" and ") : "nobody";
  const end = last ? [`${address} from ${seconds(last.from)} on: ${holders}`] : [];
  const shown = told.length > most ? [...told.slice(0, most), `and ${told.length - most} more`] : told;
  return [...shown, ...end];
}

/** What `vrrp-run` is called with. */
function wordsFor({ fleet, release }: Stage, { lines }: Replay, duration: number): readonly string[] {
  const targets = new Set(fleet.hosts.map(({ target }) => target ?? release));
  const [target] = targets;
  const names = new Map(fleet.hosts.map((host) => [host.name, replayName(host)]));
  const minute = 60 * second;
  return [
    "--simulate",
    ...fleet.hosts.map((host) => operandOf(host)),
    ...(targets.size === 1 && target !== undefined ? ["--target", target] : []),
    ...lines.flatMap(({ at, text }) => ["--fault", `${timeText(at)} ${renamed(text, names)}`]),
    ...(duration > minute ? ["--duration", `${duration / second}s`] : []),
  ];
}

/** `@id` lines count by the name. */
function replayName({ name, configId }: Host): string {
  return configId ?? name;
}

function operandOf(host: Host): string {
  const name = replayName(host);
  const base = host.file.replace(/^.*[/\\]/, "").replace(/\.conf$/, "");
  return base === name && host.configId === undefined ? host.file : `${name}=${host.file}`;
}

/** A fault with the names that its hosts have in the replay; only they stand behind the verb. */
function renamed(text: string, names: ReadonlyMap<string, string>): string {
  const [verb = "", ...words] = text.split(" ");
  const hosts = verb.startsWith("cut") ? 2 : 1;
  return [verb, ...words.map((word, index) => (index < hosts ? (names.get(word) ?? word) : word))].join(" ");
}
