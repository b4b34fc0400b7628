/** The command line of vrrp-gen: what the words mean. */
import type { HostIntent, RouterIntent } from "../generate/intent.ts";
import { readWords } from "./command-line.ts";
import { type Mode, modeOf } from "./gen-mode.ts";
import { genProgram } from "./gen-program.ts";
import type { HostWord, InstancePriority } from "./gen-words.ts";
import { UsageError, type World } from "./world.ts";

/** What the options say, before anything is read. */
export interface GenOptions {
  readonly mode: Mode;
  /** The description of `--spec`. */
  readonly spec: string | undefined;
  /** The file of `--from`. */
  readonly from: string | undefined;
  /** The files of `--join`, `--sync` and `--spec-from`. */
  readonly files: readonly string[];
  /** `--sync` changes the files. */
  readonly write: boolean;
  /** Name and addresses of the host that `--from` and `--join` add. */
  readonly as: string | undefined;
  readonly addresses: readonly string[];
  readonly priorities: readonly InstancePriority[];
  readonly configId: string | undefined;
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

/** What commander makes of the words. */
interface Written
  extends Partial<Omit<GenOptions, "mode" | "files" | "addresses" | "hosts" | "output" | "interfaces">> {
  readonly address?: readonly string[];
  readonly priority?: readonly InstancePriority[];
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
  refuseOpenPassword(words);
  const program = genProgram(world);
  if (!readWords(program, words)) return 0;
  const given = program.options.filter(
    (each) => program.getOptionValueSource(each.attributeName()) === "cli",
  );
  const mode = modeOf({
    options: given.flatMap(({ long }) => long ?? []),
    files: program.args,
    interactive: world.interactive,
  });
  return optionsOf(mode, program.args, program.opts<Written>());
}

/** Whoever writes the option that one would expect learns why there is none; the password is not repeated. */
function refuseOpenPassword(words: readonly string[]): void {
  if (words.some((word) => /^--auth-pass(=|$)/.test(word)))
    throw new UsageError(
      "there is no --auth-pass: everybody on this machine can read command lines. Put the password into a file for --auth-pass-file FILE, or into the environment variable VRRP_AUTH_PASS",
    );
}

function optionsOf(mode: Mode, files: readonly string[], written: Written): GenOptions {
  return {
    mode,
    spec: written.spec,
    from: written.from,
    files,
    write: written.write ?? false,
    as: written.as,
    addresses: written.address ?? [],
    priorities: written.priority ?? [],
    configId: written.configId,
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
