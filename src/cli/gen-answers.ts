/**
 * What was answered in the dialogue. Answers become words of the command line, and these words are what is carried out,
 * so that the command shown at the end cannot mean anything else.
 */
import { checkIntent } from "../generate/check.ts";
import { generate } from "../generate/generate.ts";
import type { HostIntent } from "../generate/intent.ts";
import type { Wish } from "./gen-cluster.ts";
import { intentOf, passwordVariable } from "./gen-intent.ts";
import { type OutputOptions, parseGenOptions } from "./gen-options.ts";
import { randomPassword } from "./gen-passwords.ts";
import { UsageError, type World } from "./world.ts";

export interface HostAnswer {
  readonly name: string;
  /** Its own addresses, with commas. */
  readonly addresses: string;
  readonly interface: string;
}

export interface RouterAnswer {
  readonly name: string;
  readonly vrid: string;
  readonly master: string;
  /** The addresses it moves, with commas. */
  readonly addresses: string;
}

export interface Answers {
  readonly hosts: readonly HostAnswer[];
  readonly routers: readonly RouterAnswer[];
  /** Options with their values for everything else that was asked. */
  readonly more: readonly string[];
  /** A password that was typed; it never becomes a word. */
  readonly password?: string | undefined;
}

/** The words of vrrp-gen that ask for the same. */
export function wordsOf({ hosts, routers, more }: Answers): readonly string[] {
  return [
    "--pair",
    ...hosts.flatMap(({ name, addresses }) => ["--host", `${name}=${addresses}`]),
    ...hostWords(
      "--interface",
      hosts.map((host) => [host.name, host.interface]),
    ),
    ...routers.flatMap(({ name, vrid, master, addresses }) => [
      "--router",
      `${name}:${vrid}@${master}=${addresses}`,
    ]),
    ...more,
  ];
}

/** An option with one value for all hosts, or with one for each where they differ. */
export function hostWords(
  option: string,
  values: readonly (readonly [host: string, value: string])[],
): readonly string[] {
  const [first] = values;
  const same = values.every(([, value]) => value === first?.[1]);
  if (same) return first ? [option, first[1]] : [];
  return values.flatMap(([host, value]) => [option, `${host}:${value}`]);
}

/** The answers with more options. */
export function plus(answers: Answers, ...words: readonly string[]): Answers {
  return { ...answers, more: [...answers.more, ...words] };
}

/** The words that put the files there. */
export function outputWords(output: OutputOptions): readonly string[] {
  const flags: readonly (readonly [boolean, string])[] = [
    [!output.comments, "--no-comments"],
    [output.oneFile, "--one-file"],
    [output.ansible, "--ansible"],
    [output.toOut, "--stdout"],
    [output.dryRun, "--dry-run"],
    [output.force, "--force"],
  ];
  const place = output.folder === undefined ? [] : ["--out-dir", output.folder];
  return [...place, ...flags.flatMap(([given, word]) => (given ? [word] : []))];
}

/** What the answers ask for. Throws UsageError where the same words would. */
export function wishOf(answers: Answers, world: World): Wish {
  const options = parseGenOptions(wordsOf(answers), world);
  if (typeof options === "number") throw new Error("the answers ask for help");
  const { password } = answers;
  const environment =
    password === undefined ? world.environment : { ...world.environment, [passwordVariable]: password };
  return { intent: intentOf(options, { ...world, environment }), whereOf: () => "vrrp-gen: " };
}

/** What speaks against a host behind those before it; undefined when it can be. */
export function hostComplaint(before: readonly HostAnswer[], host: HostIntent): string | undefined {
  const hosts = [...before.map(hostIntent), host];
  const refusals = checkIntent({ hosts, routers: [], common: {} });
  return refusals.find(({ about }) => about?.[0] === "hosts" && about[1] === host.name)?.message;
}

/** A host as it was answered. */
export function hostIntent({ name, addresses }: Pick<HostAnswer, "name" | "addresses">): HostIntent {
  return { name, addresses: addresses.split(",") };
}

/** What speaks against the cluster as answered so far, at least two hosts and a virtual router; undefined: nothing. */
export function clusterComplaint(
  answers: Answers,
  { oneFile }: Pick<OutputOptions, "oneFile">,
  world: World,
): string | undefined {
  try {
    const { intent } = wishOf(answers, world);
    const outcome = generate(intent, { comments: false, oneFile, newPassword: randomPassword });
    if (outcome.is === "files") return undefined;
    const [first] = outcome.refusals;
    // There is no file yet that the person could look at.
    return first?.rule === undefined ? first?.message : first.message.replace(/^\S+\.conf: /, "");
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}
