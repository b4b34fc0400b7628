/** The command line of vrrp-lint: what may be written, and what it means. */
import { type Command, InvalidArgumentError } from "commander";
import { isLevel, type Level, levels, ruleProblem } from "../language/settings.ts";
import { commandFor, readNamed, readRelease, readWords } from "./command-line.ts";
import { version } from "./version.ts";
import { UsageError, type World } from "./world.ts";

const formats = ["text", "json", "sarif", "github", "junit"] as const;
export type Format = (typeof formats)[number];

export interface HostOption {
  readonly name: string;
  readonly file: string;
}

export interface TargetOption {
  /** A file or host name; undefined means every host. */
  readonly host: string | undefined;
  readonly release: string;
}

export interface LintOptions {
  readonly operands: readonly string[];
  readonly format: Format;
  readonly fix: boolean;
  readonly targets: readonly TargetOption[];
  readonly configId: string | undefined;
  readonly hosts: readonly HostOption[];
  readonly rules: Readonly<Record<string, Level>>;
  readonly maxWarnings: number | undefined;
  readonly takeover: boolean;
  /** How many faults follow each other at most; undefined without --explore. */
  readonly explore: number | undefined;
  readonly explain: string | undefined;
  readonly listRules: boolean;
}

const examples = `
Examples:
  vrrp-lint /etc/keepalived/keepalived.conf   one host
  vrrp-lint host-a.conf host-b.conf           two hosts of one cluster, compared
  vrrp-lint cluster/                          every *.conf below a folder
  vrrp-lint --takeover a.conf b.conf          who is master, who comes next
  vrrp-lint --explore a.conf b.conf           what crashes, cuts, failures do
  vrrp-lint --fix a.conf b.conf               apply the safe fixes
  vrrp-lint --host a=ha.conf --host b=ha.conf one file with @a and @b lines
  ssh a cat /etc/keepalived/keepalived.conf | vrrp-lint --host a=- b.conf
  vrrp-lint --explain vrrp-auth-pass-too-long what a rule means
  vrrp-lint --explain virtual_router_id       what a keyword means

Exit code: 0 no error, 1 problems, 2 wrong call or a file that cannot be read.
Settings:  .vrrplintrc.json beside the first file or in a folder above it.
In a file: # vrrp-lint-disable-next-line RULE
           # vrrp-lint-disable RULE             (at the top, for the whole file)
`;

/** Reads the words of the command line. Returns an exit code where nothing is left to do (--help). Throws UsageError. */
export function parseOptions(words: readonly string[], world: World): LintOptions | number {
  const program = describe(world);
  if (!readWords(program, words)) return 0;
  const written = program.opts<Written>();
  return {
    operands: program.args,
    format: written.format ?? "text",
    fix: written.fix ?? false,
    targets: written.target ?? [],
    configId: written.configId,
    hosts: written.host ?? [],
    rules: written.rule ?? {},
    maxWarnings: written.maxWarnings,
    takeover: written.takeover ?? false,
    explore: exploring(written),
    explain: written.explain,
    listRules: written.listRules ?? false,
  };
}

/** What commander makes of the words: one member for each option, under the option's name. */
interface Written {
  readonly format?: Format;
  readonly fix?: boolean;
  readonly takeover?: boolean;
  readonly explore?: boolean;
  readonly faults?: number;
  readonly listRules?: boolean;
  readonly host?: LintOptions["hosts"];
  readonly target?: LintOptions["targets"];
  readonly rule?: LintOptions["rules"];
  readonly configId?: string;
  readonly maxWarnings?: number;
  readonly explain?: string;
}

function describe(world: World): Command {
  return commandFor("vrrp-lint", examples, world)
    .description("Judges the keepalived.conf files of all hosts of a VRRP cluster together.")
    .usage("[options] FILE|DIR|GLOB…")
    .argument("[FILE...]", "a host's file, a folder of them, a quoted pattern, or - for standard input")
    .option("--format <FORMAT>", "text (default), json, sarif, github or junit", parseFormat)
    .option("--fix", "apply the safe fixes to the files")
    .option("--takeover", "show who holds which address and who takes over")
    .option("--explore", "try every order of faults in virtual time, tell what fails")
    .option("--faults <K>", "with --explore: up to K faults, 3 by default", parseFaults)
    .option("--target <RELEASE>", "keepalived release the hosts run; FILE=RELEASE for one", addTarget)
    .option("--config-id <ID>", "what @id lines are judged as")
    .option("--host <NAME=FILE>", "a host with its name; @NAME lines count there", addHost)
    .option("--rule <ID=LEVEL>", `level of a rule: ${levels.join(", ")}`, addRule)
    .option("--max-warnings <N>", "exit 1 when there are more warnings", parseCount)
    .option("--explain <RULE>", "explain a rule, or a keyword of keepalived.conf")
    .option("--list-rules", "list all rules")
    .version(version, "--version", "show the version");
}

const usualFaults = 3;
const mostFaults = 6;

function exploring({ explore, faults }: Written): number | undefined {
  if (faults !== undefined && !explore) throw new UsageError("--faults K counts with --explore only");
  return explore ? (faults ?? usualFaults) : undefined;
}

function parseFaults(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (count <= mostFaults) return count;
  throw new InvalidArgumentError(
    `write a whole number up to ${mostFaults}; each fault more takes about ten times as long`,
  );
}

function parseFormat(text: string): Format {
  const known = formats.find((format) => format === text);
  if (known) return known;
  throw new InvalidArgumentError(`there are: ${formats.join(", ")}`);
}

function addTarget(text: string, before: readonly TargetOption[] = []): TargetOption[] {
  const [host, release] = splitLast(text) ?? [undefined, text];
  return [...before, { host, release: readRelease(release, "RELEASE or FILE=RELEASE, such as 2.2.7") }];
}

function addHost(text: string, before: readonly HostOption[] = []): HostOption[] {
  const [name, file] = readNamed(text, before, "NAME=FILE");
  return [...before, { name, file }];
}

function addRule(text: string, before: Readonly<Record<string, Level>> = {}): Record<string, Level> {
  const [id, level] = splitLast(text) ?? [text, ""];
  const problem = ruleProblem(id);
  if (problem) throw new InvalidArgumentError(problem);
  if (!isLevel(level)) throw new InvalidArgumentError(`write ID=LEVEL; the levels are ${levels.join(", ")}`);
  return { ...before, [id]: level };
}

function parseCount(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("write a whole number");
  return Number(text);
}

/** `NAME=VALUE` at its last `=`; file names may hold others. */
function splitLast(text: string): [string, string] | undefined {
  const at = text.lastIndexOf("=");
  return at < 0 ? undefined : [text.slice(0, at), text.slice(at + 1)];
}
