/** What went wrong, in the sentences of a diagnostic. */
import type { Member } from "../model/host.ts";
import { listed } from "../rules/support.ts";
import type { Board } from "./explore-board.ts";
import type { Cause } from "./explore-cause.ts";
import type { Found } from "./explore-search.ts";
import type { Strike, Turn } from "./explore-strike.ts";
import { seconds } from "./words.ts";

/** What happens, why, and what to do. */
export function messageFor(board: Board, found: Found, { words }: Cause): string {
  const after = storyOf(board, found.turns);
  const parts = [sentence(board, found, after), words, advice[found.property] ?? ""];
  return parts.filter((part) => part !== "").join(" ");
}

function sentence(
  board: Board,
  { property, seats, address, things = [], length, limit }: Found,
  after: string,
): string {
  const hosts = seats.map((seat) => (board.members[seat] as Member).host.shownAs);
  const [first = "", second = ""] = hosts;
  const all = listed([...new Set(hosts)]);
  const name = board.members[seats[0] ?? 0]?.instance.name;
  const failed = listed([...new Set(things.map((thing) => board.things[thing]?.name ?? ""))]);
  switch (property) {
    case "explore-two-holders":
      return `${after}, ${all} hold ${address} at once, and go on doing so.`;
    case "explore-no-holder":
      return `${after}, nobody holds ${address}, although ${all} could.`;
    case "explore-failed-holder":
      return `${after}, ${first} keeps ${address} although ${failed || "it"} has failed.`;
    case "explore-check-ignored":
      return `${after}, ${address} stays on ${first} although ${failed} has failed there, and ${second} is well.`;
    case "explore-check-missing":
      return `${after}, ${address} is on ${first}, where nothing looks at what ${second} checks.`;
    case "explore-wrong-holder":
      return `${after}, ${address} is on ${second}, although ${first} is well and has the higher priority.`;
    case "explore-group-apart":
      return `${after}, ${first} has only a part of the addresses that belong together in a sync group.`;
    case "explore-flapping":
      return `${after}, ${name} changes for ever: the addresses come and go without any new fault.`;
    case "explore-lost-advert":
      return `One advert of ${second} that gets lost makes ${first} MASTER, although the other host is well.`;
    case "explore-nopreempt":
      return `${after}, ${first} takes ${address} from ${second}, which is well, although nopreempt is to prevent that.`;
    case "explore-not-heard":
      return `${after}, ${first} takes ${address} over without having heard ${second}, which has it and is well.`;
    case "explore-not-announced":
      return `${after}, ${first} takes ${address} and does not announce it.`;
    case "explore-several-takeovers":
      return `${after}, ${address} moves more often than it has to: ${all} take it in turn.`;
    case "explore-late-takeover":
      return `${after}, ${first} takes ${address} over only after ${seconds(length ?? 0)}; ${seconds(limit ?? 0)} would be the most without a delay.`;
  }
}

const advice: Partial<Record<Found["property"], string>> = {
  "explore-two-holders": "Make the hosts hear each other.",
  "explore-no-holder": "Write the same on every host.",
  "explore-check-ignored":
    "Make the failure count, or leave the weight out, then it takes the host out at once.",
  "explore-check-missing": "Add the same check there.",
  "explore-wrong-holder": "Give one host the higher priority for all that moves together.",
  "explore-group-apart": "Write the sync group on every host.",
  "explore-flapping": "Give one host the higher priority for all that moves together.",
  "explore-lost-advert": "Let a backup endure two missing adverts at least.",
  "explore-nopreempt": "Write nopreempt with state BACKUP on every host.",
  "explore-not-heard": "Make the hosts hear each other.",
  "explore-several-takeovers": "Give every host the same timing, and let all of them hear each other.",
  "explore-late-takeover": "Shorten the delay, or let a failure mean FAULT.",
};

/** `After kill a, then start a` from the beginning of a sentence. */
function storyOf(board: Board, turns: readonly Turn[]): string {
  const strikes = turns.map(({ strike }) => strike).filter(({ is }) => is !== "boot");
  const boots = turns.filter(({ strike }) => strike.is === "boot");
  const [first] = boots.map(({ strike }) => (strike.is === "boot" ? strike.hosts : []));
  const order = boots.length > 1 ? [`${nameOf(board, first?.[0])} is started before the others`] : [];
  const deeds = [...order, ...strikes.map((strike) => deedOf(board, strike))];
  return deeds.length === 0 ? "When all hosts are started" : `After this: ${deeds.join(", then ")}`;
}

function nameOf(board: Board, host: number | undefined): string {
  return board.hosts[host ?? 0] ?? "";
}

function deedOf(board: Board, strike: Strike): string {
  const names = (hosts: readonly number[]) => listed(hosts.map((host) => nameOf(board, host)));
  switch (strike.is) {
    case "kill":
      return `${nameOf(board, strike.host)} loses its power`;
    case "stop":
      return `keepalived is stopped on ${nameOf(board, strike.host)}`;
    case "start":
      return `${nameOf(board, strike.host)} is started`;
    case "down":
    case "up": {
      const thing = board.things[strike.thing];
      const where = `${thing?.name} of ${nameOf(board, thing?.host)}`;
      return `${where} ${strike.is === "down" ? "fails" : "works"}${strike.is === "up" ? " again" : ""}`;
    }
    case "split":
      return `the network cuts ${names(strike.side)} off`;
    case "heal":
      return "the network is whole again";
    case "loss":
      return `an advert of ${nameOf(board, board.hostOf[strike.seat])} gets lost`;
    case "boot":
      return `${names(strike.hosts)} start`;
  }
}
