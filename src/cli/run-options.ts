/** The command line of vrrp-run: what may be written, and what it means. */
import { type Command, InvalidArgumentError } from "commander";
import { readDuration } from "../simulate/faults.ts";
import { type Micros, second } from "../vrrp/time.ts";
import { commandFor, readRelease, readWords } from "./command-line.ts";
import { version } from "./version.ts";
import type { World } from "./world.ts";

const formats = ["text", "json", "html"] as const;
export type RunFormat = (typeof formats)[number];

export interface RunOptions {
  readonly simulate: boolean;
  readonly operands: readonly string[];
  readonly target: string | undefined;
  readonly duration: Micros;
  readonly seed: number;
  readonly faults: readonly string[];
  readonly format: RunFormat;
}

const examples = `
Examples:
  vrrp-run --simulate a.conf b.conf                          who becomes master
  vrrp-run --simulate a.conf b.conf --fault '5s kill a'      what a crash does
  vrrp-run --simulate web1=a.conf web2=b.conf \\
    --fault '9s cut web1 web2' --fault '30s heal'          two masters, then one
  vrrp-run --simulate a.conf b.conf --format html > a.html   a picture of it

Faults, each with its time:
  kill HOST                        the host loses its power
  stop HOST, start HOST            keepalived is stopped properly, or started;
                                   a host whose first fault is start is off
                                   until then
  stall HOST TIME                  keepalived stands still for so long
  cut HOST HOST                    the two do not hear each other
  cut-one-way HOST HOST            the second does not hear the first
  isolate HOST                     nobody hears the host, and it hears nobody
  loss PERCENT                     so many adverts are lost, by chance
  heal                             cut, cut-one-way, isolate and loss are over
  link-down, link-up HOST IFACE    the interface loses or gets its link
  fail, pass HOST TRACKER          what a tracked script looks at fails or works
A host's name is its file name without .conf, or NAME of NAME=FILE.

Exit code: 0 played, 1 nothing in the files can run, 2 wrong call or a file that
cannot be read. What is not played is said on standard error.
`;

/** Reads the words of the command line. Returns an exit code where nothing is left to do (--help). Throws UsageError. */
export function parseRunOptions(words: readonly string[], world: World): RunOptions | number {
  const program = describe(world);
  if (!readWords(program, words)) return 0;
  const written = program.opts<Written>();
  return {
    simulate: written.simulate ?? false,
    operands: program.args,
    target: written.target,
    duration: written.duration ?? 60 * second,
    seed: written.seed ?? 1,
    faults: written.fault ?? [],
    format: written.format ?? "text",
  };
}

interface Written {
  readonly simulate?: boolean;
  readonly target?: string;
  readonly duration?: Micros;
  readonly seed?: number;
  readonly fault?: readonly string[];
  readonly format?: RunFormat;
}

function describe(world: World): Command {
  return commandFor("vrrp-run", examples, world)
    .description("Plays the keepalived.conf files of a cluster's hosts against each other in virtual time.")
    .usage("--simulate [options] [NAME=]FILE…")
    .argument("[FILE...]", "one file for each host, as FILE or NAME=FILE")
    .option("--simulate", "play the files; nothing is sent and no host is changed")
    .option("--fault <TEXT>", "what happens when, as '5s kill a'; repeatable", addFault)
    .option("--duration <TIME>", "how long to play, 60s by default", parseTime)
    .option("--target <RELEASE>", "keepalived release the hosts run", parseTarget)
    .option("--seed <N>", "what chance depends on, 1 by default", parseSeed)
    .option("--format <FORMAT>", "text (default), json or html", parseFormat)
    .option("-f, --file <FILE>", "run a host's file; not there yet")
    .version(version, "--version", "show the version");
}

function addFault(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function parseTime(text: string): Micros {
  const time = readDuration(text);
  if (!time) throw new InvalidArgumentError("write a time such as 60s, 10m or 1000h");
  return time;
}

function parseTarget(text: string): string {
  return readRelease(text, "RELEASE, such as 2.2.7");
}

function parseSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("write a whole number of at most 9 digits");
  return Number(text);
}

function parseFormat(text: string): RunFormat {
  const known = formats.find((format) => format === text);
  if (known) return known;
  throw new InvalidArgumentError(`there are: ${formats.join(", ")}`);
}
