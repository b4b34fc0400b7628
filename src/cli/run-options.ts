/** The command line of vrrp-run: what may be written, and what it means. */
import { type Command, InvalidArgumentError } from "commander";
import { readDuration } from "../simulate/faults.ts";
import { type Micros, second } from "../vrrp/time.ts";
import { commandFor, readRelease, readWords } from "./command-line.ts";
import { runHelp } from "./run-help.ts";
import { version } from "./version.ts";
import { UsageError, type World } from "./world.ts";

const formats = ["text", "json", "html"] as const;
export type RunFormat = (typeof formats)[number];

/** simulate plays files; daemon runs one; check and dry-run say what it would do; status asks a running one. */
export type RunMode = "simulate" | "daemon" | "check" | "dry-run" | "status";

export interface RunOptions {
  readonly mode: RunMode;
  /** Files to play. */
  readonly operands: readonly string[];
  readonly target: string | undefined;
  readonly duration: Micros;
  readonly seed: number;
  readonly faults: readonly string[];
  readonly format: RunFormat;
  /** The file to run. */
  readonly file: string;
  readonly configId: string | undefined;
  readonly runDirectory: string;
  readonly requireAll: boolean;
  readonly log: "text" | "json";
  readonly detailed: boolean;
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** `status` as JSON. */
  readonly json: boolean;
}

/** Where keepalived reads its file. */
const usualFile = "/etc/keepalived/keepalived.conf";
const usualDirectory = "/run/vrrp-run";

/** Reads the words of the command line. Returns an exit code where nothing is left to do (--help). Throws UsageError. */
export function parseRunOptions(words: readonly string[], world: World): RunOptions | number {
  const program = describe(world);
  if (!readWords(program, words)) return 0;
  const written = program.opts<Written>();
  const mode = modeOf(written, program.args);
  return {
    mode,
    operands: mode === "status" ? [] : program.args,
    target: written.target,
    duration: written.duration ?? 60 * second,
    seed: written.seed ?? 1,
    faults: written.fault ?? [],
    format: written.format ?? "text",
    file: written.file ?? usualFile,
    configId: written.configId,
    runDirectory: written.runDir ?? usualDirectory,
    requireAll: written.requireAll ?? false,
    log: written.log ?? "text",
    detailed: written.detailed ?? false,
    metrics: written.metrics,
    json: written.json ?? false,
  };
}

interface Written {
  readonly simulate?: boolean;
  readonly check?: boolean;
  readonly dryRun?: boolean;
  readonly target?: string;
  readonly duration?: Micros;
  readonly seed?: number;
  readonly fault?: readonly string[];
  readonly format?: RunFormat;
  readonly file?: string;
  readonly configId?: string;
  readonly runDir?: string;
  readonly requireAll?: boolean;
  readonly log?: "text" | "json";
  readonly detailed?: boolean;
  readonly metrics?: { readonly host: string; readonly port: number };
  readonly json?: boolean;
}

/** Throws UsageError where the words do not belong together. */
function modeOf(written: Written, operands: readonly string[]): RunMode {
  if (written.simulate) return "simulate";
  const played = ["fault", "duration", "seed", "format"].find((name) => name in written);
  if (played) throw new UsageError(`--${played} is for --simulate`);
  if (operands[0] === "status") {
    if (operands.length === 1) return "status";
    throw new UsageError(`status takes no further words, such as ${operands[1]}`);
  }
  if (written.json) throw new UsageError("--json is for vrrp-run status");
  if (operands.length > 0) {
    const [first] = operands as [string];
    throw new UsageError(
      `${first}: write -f ${first} to run it, or --simulate to play files in virtual time`,
    );
  }
  if (written.check) return "check";
  return written.dryRun ? "dry-run" : "daemon";
}

function describe(world: World): Command {
  return commandFor("vrrp-run", runHelp, world)
    .description(
      "Runs the VRRP part of a host's keepalived.conf in the foreground, or plays the files of a cluster's hosts against each other in virtual time.",
    )
    .usage(
      "[-f FILE] [options]\n       vrrp-run status [--run-dir DIR] [--json]\n       vrrp-run --simulate [options] [NAME=]FILE…",
    )
    .argument("[FILE...]", "for --simulate: one file for each host, as FILE or NAME=FILE")
    .option("-f, --file <FILE>", `the host's file, ${usualFile} by default`)
    .option("--config-id <ID>", "what its @id lines are judged as")
    .option("--check", "say whether it can be run and what it would do, then end")
    .option("--dry-run", "as --check, with every command for ip")
    .option("--require-all", "refuse a file with lines that are not carried out")
    .option("--run-dir <DIR>", `for lock and control socket, ${usualDirectory} by default`)
    .option("--log <FORMAT>", "text (default) or json, one line for each thing", parseLog)
    .option("--detailed", "log small things too")
    .option("--metrics <HOST:PORT>", "serve Prometheus' /metrics there", parseEndpoint)
    .option("--json", "for status: as JSON")
    .option("--simulate", "play the files; nothing is sent and no host is changed")
    .option("--fault <TEXT>", "what happens when, as '5s kill a'; repeatable", addFault)
    .option("--duration <TIME>", "how long to play, 60s by default", parseTime)
    .option("--target <RELEASE>", "keepalived release whose ways are followed", parseTarget)
    .option("--seed <N>", "what chance depends on, 1 by default", parseSeed)
    .option("--format <FORMAT>", "of a story: text (default), json or html", parseFormat)
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

function parseLog(text: string): "text" | "json" {
  if (text === "text" || text === "json") return text;
  throw new InvalidArgumentError("there are: text, json");
}

function parseEndpoint(text: string): { readonly host: string; readonly port: number } {
  const [, host = "", port = ""] = /^\[?([^\]]*?)\]?:(\d{1,5})$/.exec(text) ?? [];
  if (host !== "" && Number(port) > 0 && Number(port) < 65536) return { host, port: Number(port) };
  throw new InvalidArgumentError("write HOST:PORT, such as 127.0.0.1:9650");
}
