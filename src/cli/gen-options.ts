/** The command line of vrrp-gen: what may be written, and what it means. */
import { Command, CommanderError, InvalidArgumentError } from "commander";
import type { HostIntent, RouterIntent } from "../generate/intent.ts";
import { readDecimal } from "../schema/values.ts";
import { ownWords } from "./options.ts";
import { isRelease } from "./settings.ts";
import { UsageError, type World } from "./world.ts";

/** A name that holds for all hosts, or for the one before the colon. */
export interface HostWord {
  readonly host: string | undefined;
  readonly word: string;
}

/** What the options say, before anything is read. */
export interface GenOptions {
  readonly pair: boolean;
  readonly spec: string | undefined;
  readonly hosts: readonly HostIntent[];
  readonly interfaces: readonly HostWord[];
  readonly routers: readonly RouterIntent[];
  readonly passwordFile: string | undefined;
  readonly auth: "none" | "random" | undefined;
  readonly unicast: boolean;
  readonly version: 2 | 3 | undefined;
  readonly advertInterval: number | undefined;
  readonly scripts: readonly string[];
  readonly processes: readonly string[];
  readonly trackInterfaces: readonly HostWord[];
  readonly trackFiles: readonly string[];
  readonly weight: number | undefined;
  readonly notify: string | undefined;
  readonly mail: readonly string[];
  readonly mailFrom: string | undefined;
  readonly mailServer: string | undefined;
  readonly nopreempt: boolean;
  readonly preemptDelay: number | undefined;
  readonly vmac: boolean;
  readonly syncGroup: boolean;
  readonly scriptUser: string | undefined;
  readonly target: string | undefined;
  readonly output: OutputOptions;
}

/** Where the files go, and how they look. */
export interface OutputOptions {
  readonly folder: string | undefined;
  readonly toOut: boolean;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly comments: boolean;
  readonly oneFile: boolean;
  readonly ansible: boolean;
}

const examples = `
Examples:
  Two hosts, each master of one virtual router, in case of need of both:
    vrrp-gen --pair --host a=10.0.0.11/24 --host b=10.0.0.12/24 \\
      --interface eth0 --router web@a=10.0.0.101 --router mail@b=10.0.0.102 \\
      --out-dir cluster
  In a cloud (no multicast), web server watched, mail at every failover:
    vrrp-gen --pair --host a=10.0.0.11/24 --host b=10.0.0.12/24 \\
      --interface eth0 --router web=10.0.0.101 --unicast \\
      --track-process nginx --mail ops@example.org --out-dir cluster
  IPv4 and IPv6 that move together; the interface has two names:
    vrrp-gen --pair --host a=10.0.0.11/24 --host b=10.0.0.12/24 \\
      --interface a:eth0 --interface b:ens3 --sync-group \\
      --router web=10.0.0.101,fe80::101/64,2001:db8::101/64 --out-dir cluster
  Look first, then write over what is there:
    vrrp-gen … --out-dir cluster --dry-run
    vrrp-gen … --out-dir cluster --force
  From a description of the cluster (docs/cluster.schema.json is its schema):
    vrrp-gen --spec cluster.yaml --out-dir cluster

A router without VRID gets the lowest free number, one without @MASTER the
first host. An address without prefix gets that of the hosts' network. VRRP
version 2 gets a random password; one of your own comes from --auth-pass-file
or the environment variable VRRP_AUTH_PASS, never from the command line.

Exit code: 0 written, 1 refused with reasons, 2 wrong call, or a file exists.
`;

/** What commander makes of the words. */
interface Written extends Partial<Omit<GenOptions, "hosts" | "output" | "interfaces">> {
  readonly host?: readonly HostIntent[];
  readonly interface?: readonly HostWord[];
  readonly router?: readonly RouterIntent[];
  readonly authPassFile?: string;
  readonly advertInt?: number;
  readonly trackScript?: readonly string[];
  readonly trackProcess?: readonly string[];
  readonly trackInterface?: readonly HostWord[];
  readonly trackFile?: readonly string[];
  readonly trackWeight?: number;
  readonly outDir?: string;
  readonly stdout?: boolean;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly comments?: boolean;
  readonly oneFile?: boolean;
  readonly ansible?: boolean;
}

/** Reads the words of the command line. Returns an exit code where nothing is left to do (--help). Throws UsageError. */
export function parseGenOptions(words: readonly string[], world: World): GenOptions | number {
  const program = describe(world);
  try {
    program.parse([...words], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    throw new UsageError(ownWords(error.message));
  }
  return optionsOf(program.opts<Written>());
}

function optionsOf(written: Written): GenOptions {
  return {
    pair: written.pair ?? false,
    spec: written.spec,
    hosts: written.host ?? [],
    interfaces: written.interface ?? [],
    routers: written.router ?? [],
    passwordFile: written.authPassFile,
    auth: written.auth,
    unicast: written.unicast ?? false,
    version: written.version,
    advertInterval: written.advertInt,
    scripts: written.trackScript ?? [],
    processes: written.trackProcess ?? [],
    trackInterfaces: written.trackInterface ?? [],
    trackFiles: written.trackFile ?? [],
    weight: written.trackWeight,
    notify: written.notify,
    mail: written.mail ?? [],
    mailFrom: written.mailFrom,
    mailServer: written.mailServer,
    nopreempt: written.nopreempt ?? false,
    preemptDelay: written.preemptDelay,
    vmac: written.vmac ?? false,
    syncGroup: written.syncGroup ?? false,
    scriptUser: written.scriptUser,
    target: written.target,
    output: outputOf(written),
  };
}

function outputOf(written: Written): OutputOptions {
  return {
    folder: written.outDir,
    toOut: written.stdout ?? false,
    dryRun: written.dryRun ?? false,
    force: written.force ?? false,
    comments: written.comments ?? true,
    oneFile: written.oneFile ?? false,
    ansible: written.ansible ?? false,
  };
}

function describe(world: World): Command {
  const program = new Command("vrrp-gen")
    .description("Writes the keepalived.conf files of all hosts of a VRRP cluster, so that they fit.")
    .usage("--pair --host NAME=ADDRESS… --router NAME=ADDRESS… | --spec FILE")
    .configureHelp({
      helpWidth: 80,
      optionTerm: ({ flags }) => flags.replaceAll(/[<>]/g, ""),
    });
  for (const add of [clusterOptions, routerOptions, conditionOptions, outputOptions]) add(program);
  return program
    .helpOption("--help", "show this help")
    .addHelpText("after", examples)
    .exitOverride()
    .configureOutput({ writeOut: world.out, writeErr: () => {}, getOutHasColors: () => false });
}

function clusterOptions(program: Command): void {
  program
    .option("--pair", "two hosts or more, described by the options below")
    .option("--spec <FILE>", "a cluster described in YAML or JSON instead")
    .option("--host <NAME=ADDRESS>", "a host with its own address, prefix if known; repeat", addHost)
    .option("--interface <NAME>", "the interface; HOST:NAME for one host", addHostWord)
    .option(
      "--router <NAME=ADDRESS>",
      "NAME[:VRID][@MASTER]=ADDRESS[,ADDRESS…]: a virtual router; repeat",
      addRouter,
    )
    .option("--target <RELEASE>", "keepalived release the hosts run", parseTarget);
}

function routerOptions(program: Command): void {
  program
    .option("--unicast", "adverts from host to host instead of multicast")
    .option("--version <2|3>", "VRRP version for IPv4 (2); IPv6 is always 3", parseVersion)
    .option("--advert-int <SECONDS>", "time between adverts (1)", parseSeconds)
    .option("--auth <none|random>", "no password, or a new one", parseAuth)
    .option("--auth-pass-file <FILE>", "the password is in this file")
    .option("--nopreempt", "a host that comes back does not take over")
    .option("--preempt-delay <SECONDS>", "it takes over after this time", parseSeconds)
    .option("--vmac", "addresses on an interface with a virtual MAC")
    .option("--sync-group", "IPv4 and IPv6 of a router move together");
}

function conditionOptions(program: Command): void {
  program
    .option("--track-script <COMMAND>", "a check by its exit code; repeat", addWord)
    .option("--track-process <NAME>", "a process that has to run; repeat", addWord)
    .option("--track-interface <NAME>", "an interface that has to be up; HOST:NAME", addHostWord)
    .option("--track-file <FILE>", "a file that has to hold 0; repeat", addWord)
    .option("--track-weight <N>", "failure lowers the priority by N (-N) instead", parseWeight)
    .option("--script-user <USER>", "the account that programs run as (root)")
    .option("--notify <COMMAND>", "runs at every change of state")
    .option("--mail <ADDRESS>", "who gets mail about failovers; repeat", addWord)
    .option("--mail-from <ADDRESS>", "sender of the mail")
    .option("--mail-server <HOST>", "mail server (127.0.0.1)");
}

function outputOptions(program: Command): void {
  program
    .option("--out-dir <DIR>", "write HOST.conf for every host to this folder")
    .option("--stdout", "write the files to standard output")
    .option("--dry-run", "write nothing, show what would change")
    .option("--force", "write over files that exist")
    .option("--no-comments", "only what keepalived needs")
    .option("--one-file", "one keepalived.conf for all hosts, with @NAME lines")
    .option("--ansible", "inventory.yml, group_vars/ and files/ for Ansible");
}

function addWord(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

function addHost(text: string, before: readonly HostIntent[] = []): HostIntent[] {
  const at = text.indexOf("=");
  const [name, list] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || list === "") throw new InvalidArgumentError("write NAME=ADDRESS, such as a=10.0.0.11/24");
  if (before.some((host) => host.name === name)) throw new InvalidArgumentError("this name was given before");
  return [...before, { name, addresses: list.split(",") }];
}

function addHostWord(text: string, before: readonly HostWord[] = []): HostWord[] {
  const [, host, word = ""] = /^(?:([^:]+):)?([^:\s]+)$/.exec(text) ?? [];
  if (word === "") throw new InvalidArgumentError("write NAME or HOST:NAME");
  return [...before, { host, word }];
}

const routerShape = /^([^\s:@=]+)(?::(\d+))?(?:@([^\s:@=]+))?=(\S+)$/;

function addRouter(text: string, before: readonly RouterIntent[] = []): RouterIntent[] {
  const [, name, number, master, list] = routerShape.exec(text) ?? [];
  if (name === undefined || list === undefined)
    throw new InvalidArgumentError("write NAME[:VRID][@MASTER]=ADDRESS[,ADDRESS…]");
  const vrid = number === undefined ? undefined : Number(number);
  if (vrid !== undefined && (vrid < 1 || vrid > 255))
    throw new InvalidArgumentError("a VRID is a number from 1 to 255");
  return [...before, { name, vrid, master, addresses: list.split(",") }];
}

function parseTarget(text: string): string {
  if (!isRelease(text)) throw new InvalidArgumentError("write a release such as 2.2.7");
  return text.replace(/^v/, "");
}

function parseVersion(text: string): 2 | 3 {
  if (text !== "2" && text !== "3") throw new InvalidArgumentError("there are: 2, 3");
  return text === "2" ? 2 : 3;
}

function parseSeconds(text: string): number {
  const seconds = readDecimal(text);
  if (seconds === undefined || seconds < 0) throw new InvalidArgumentError("write a number of seconds");
  return seconds;
}

function parseAuth(text: string): "none" | "random" {
  if (text === "none" || text === "random") return text;
  throw new InvalidArgumentError(
    "there are: none, random; a password of your own comes from --auth-pass-file or VRRP_AUTH_PASS",
  );
}

function parseWeight(text: string): number {
  const weight = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(Math.abs(weight) <= 253))
    throw new InvalidArgumentError("a weight is a whole number from -253 to 253");
  return weight;
}
