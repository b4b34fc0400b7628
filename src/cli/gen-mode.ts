/** What vrrp-gen can be asked for, and which of its options make sense together. */
import { UsageError } from "./world.ts";

/** `dialogue` is what happens on a terminal when nothing is asked for. */
export type Mode = "pair" | "spec" | "from" | "join" | "sync" | "spec-from" | "dialogue";

/** The words of a command line, as far as they choose a mode. */
export interface Asked {
  /** The options that were given, such as `--host`. */
  readonly options: readonly string[];
  /** Words that belong to no option. */
  readonly files: readonly string[];
  /** A person sits there who can be asked. */
  readonly interactive: boolean;
}

const cluster =
  "--host --interface --router --unicast --version --advert-int --auth --auth-pass-file --nopreempt --preempt-delay --vmac --sync-group --track-script --track-process --track-interface --track-file --track-weight --script-user --notify --mail --mail-from --mail-server";
const place = "--out-dir --stdout --dry-run --force";
const style = "--no-comments --one-file --ansible";
const newHost = "--as --address --priority --host --interface --config-id --target";

interface Law {
  /** All options that may be given, with blanks between them. */
  readonly options: string;
  /** How many files there have to be; absent where there may be none. */
  readonly files?: number;
}

const laws: Readonly<Record<Mode, Law>> = {
  pair: { options: `--pair ${cluster} --target ${place} ${style}` },
  spec: { options: `--spec --auth --auth-pass-file --target ${place} ${style}` },
  from: { options: `--from ${newHost} ${place}` },
  join: { options: `--join ${newHost} ${place}`, files: 2 },
  sync: { options: "--sync --write --dry-run --config-id --target", files: 2 },
  "spec-from": { options: `--spec-from --config-id --target ${place}`, files: 1 },
  dialogue: { options: `--target ${place} ${style}` },
};

/** Modes that an option of the same name asks for. */
const named = ["spec", "from", "join", "sync", "spec-from", "pair"] as const;

const allows = (mode: Mode, option: string) => laws[mode].options.split(" ").includes(option);

/** What is asked for. Throws UsageError where nothing is, or more than one thing at once. */
export function modeOf(asked: Asked): Mode {
  const mode = chosen(asked);
  const stray = asked.options.find((option) => !allows(mode, option));
  if (stray !== undefined) throw new UsageError(strayText(stray, mode));
  const { files: wanted } = laws[mode];
  const [file] = asked.files;
  if (wanted === undefined && file !== undefined) throw new UsageError(strayFileText(file, mode));
  if (wanted !== undefined && asked.files.length < wanted)
    throw new UsageError(`--${mode} needs the hosts' files: vrrp-gen --${mode} ${"FILE ".repeat(wanted)}…`);
  return mode;
}

function chosen({ options, files, interactive }: Asked): Mode {
  const [mode] = named.filter((each) => options.includes(`--${each}`));
  if (mode !== undefined) return mode;
  if (options.includes("--host") || options.includes("--router")) return "pair";
  const [file] = files;
  if (file !== undefined) throw new UsageError(strayFileText(file, undefined));
  if (interactive && options.every((option) => allows("dialogue", option))) return "dialogue";
  throw new UsageError(
    "what is wanted? --pair with --host and --router, --spec FILE, or --from FILE; vrrp-gen --help shows examples",
  );
}

function strayText(option: string, mode: Mode): string {
  if (mode !== "pair") return `${option} and --${mode} exclude each other`;
  const homes = named.filter((each) => allows(each, option)).map((each) => `--${each}`);
  return `${option} goes with ${homes.join(" or ")}`;
}

function strayFileText(file: string, mode: Mode | undefined): string {
  const known = "files are read by --from FILE, --join FILE…, --sync FILE… and --spec-from FILE…";
  return mode === "from" ? `${file}: --from reads one file` : `${file}: what is it for? ${known}`;
}
