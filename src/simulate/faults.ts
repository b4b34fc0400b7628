/** What can happen to a cluster, as texts such as `5s kill host-a`. */
import { type Micros, second } from "../vrrp/time.ts";

/** How each fault is written behind its time. */
const shapes = {
  kill: ["HOST"],
  "kill-daemon": ["HOST"],
  stop: ["HOST"],
  start: ["HOST"],
  stall: ["HOST", "TIME"],
  cut: ["HOST", "HOST"],
  "cut-one-way": ["HOST", "HOST"],
  isolate: ["HOST"],
  heal: [],
  "link-down": ["HOST", "IFACE"],
  "link-up": ["HOST", "IFACE"],
  fail: ["HOST", "TRACKER"],
  pass: ["HOST", "TRACKER"],
  loss: ["PERCENT"],
  delay: ["TIME"],
} as const satisfies Readonly<Record<string, readonly Kind[]>>;

type Kind = "HOST" | "IFACE" | "TRACKER" | "TIME" | "PERCENT";
export type Verb = keyof typeof shapes;

export interface Fault {
  readonly at: Micros;
  /** What happens, without the time. */
  readonly text: string;
  readonly verb: Verb;
  /** In the order in which they are written. */
  readonly hosts: readonly string[];
  /** The interface or the tracker. */
  readonly name: string;
  /** How long a stall lasts or an advert travels, in microseconds, or which share of the adverts is lost, 0 to 1. */
  readonly amount: number;
}

/** The names that a fault may use. */
export interface Stage {
  readonly name: string;
  readonly interfaces: readonly string[];
  /** Scripts, processes, files and BFD sessions that the host's instances track. */
  readonly trackers: readonly string[];
}

/** A fault that cannot be meant; the message says what to write. */
export class FaultError extends Error {}

/** Reads one fault. Throws FaultError. */
export function parseFault(text: string, hosts: readonly Stage[]): Fault {
  const [time = "", verb = "", ...rest] = text.trim().split(/\s+/);
  const wrong = (what: string) => new FaultError(`${text.trim()}: ${what}`);
  const at = readDuration(time);
  if (at === undefined) throw wrong(`begin with a time, as in 5s ${verb === "" ? "kill HOST" : time}`);
  if (!isVerb(verb)) throw wrong(`there is no fault ${verb}; there are ${Object.keys(shapes).join(", ")}`);
  const kinds: readonly Kind[] = shapes[verb];
  if (rest.length !== kinds.length) throw wrong(`write ${[time, verb, ...kinds].join(" ")}`);
  const words = kinds.map((kind, index) => ({ kind, word: rest[index] as string }));
  const named: string[] = [];
  const fault = { at, text: [verb, ...rest].join(" "), verb, hosts: named, name: "", amount: 0 };
  for (const { kind, word } of words) {
    if (kind === "HOST") named.push(word);
    else if (kind === "IFACE" || kind === "TRACKER") fault.name = word;
    else fault.amount = (kind === "TIME" ? readDuration(word) : readShare(word)) ?? Number.NaN;
    const problem = problemWith(kind, word, fault, hosts);
    if (problem) throw wrong(problem);
  }
  if (named.length === 2 && named[0] === named[1]) throw wrong("name two hosts");
  return fault;
}

function isVerb(word: string): word is Verb {
  return Object.hasOwn(shapes, word);
}

function problemWith(
  kind: Kind,
  word: string,
  fault: Pick<Fault, "hosts" | "amount">,
  hosts: readonly Stage[],
): string | undefined {
  const host = hosts.find(({ name }) => name === fault.hosts[0]);
  switch (kind) {
    case "HOST":
      return missing(
        word,
        "hosts",
        hosts.map(({ name }) => name),
      );
    case "IFACE":
      return missing(word, `interfaces of ${host?.name}`, host?.interfaces ?? []);
    case "TRACKER":
      if (host?.interfaces.includes(word)) return `${word} is an interface: write link-down or link-up`;
      return missing(word, `trackers of ${host?.name}`, host?.trackers ?? []);
    case "TIME":
      return Number.isNaN(fault.amount) ? `${word} is no time; write it as in 4s or 500ms` : undefined;
    case "PERCENT":
      return Number.isNaN(fault.amount) ? `${word} is no share; write 0% to 100%` : undefined;
  }
}

function missing(word: string, what: string, known: readonly string[]): string | undefined {
  if (known.includes(word)) return undefined;
  const there = known.length === 0 ? "there are none" : `there are ${known.join(", ")}`;
  return `${word} is none of the ${what}; ${there}`;
}

const units: Readonly<Record<string, number>> = {
  ms: second / 1000,
  s: second,
  "": second,
  m: 60 * second,
  min: 60 * second,
  h: 3600 * second,
};

/** `60s`, `500ms`, `2m`, `1000h`, or a number of seconds, in microseconds; undefined when it is none of these. */
export function readDuration(text: string): Micros | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|min|m|h|)$/.exec(text) ?? [];
  const factor = units[unit ?? "none"];
  if (number === undefined || factor === undefined) return undefined;
  const micros = Math.round(Number(number) * factor);
  return Number.isSafeInteger(micros) ? micros : undefined;
}

function readShare(text: string): number | undefined {
  const [, number] = /^(\d+(?:\.\d+)?)%$/.exec(text) ?? [];
  return number !== undefined && Number(number) <= 100 ? Number(number) / 100 : undefined;
}
