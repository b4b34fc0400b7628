/** From the options of vrrp-gen to what the user wants. */
import type {
  AuthenticationIntent,
  HostIntent,
  Intent,
  MailIntent,
  PerHost,
  TrackerIntent,
} from "../generate/intent.ts";
import type { GenOptions } from "./gen-options.ts";
import { readText } from "./gen-output.ts";
import type { HostWord } from "./gen-words.ts";
import { Texts } from "./texts.ts";
import { UsageError, type World } from "./world.ts";

/** The environment variable that may hold the password. */
export const passwordVariable = "VRRP_AUTH_PASS";

/** The intent that the options describe. Throws UsageError when they leave open what cannot be guessed. */
export function intentOf(options: GenOptions, world: World): Intent {
  const { hosts, routers, interfaces } = options;
  const names = hosts.map(({ name }) => name);
  const everywhere = wordForAll("--interface", interfaces);
  const own = wordsOfHosts("--interface", interfaces, names);
  const without = names.filter((name) => everywhere === undefined && !own.has(name));
  const missing = [
    ...(hosts.length < 2 ? ["the hosts: --host NAME=ADDRESS, at least twice"] : []),
    ...(without.length > 0 ? [`the interface of ${without.join(" and ")}: --interface NAME`] : []),
    ...(routers.length === 0 ? ["a virtual router: --router NAME=ADDRESS"] : []),
  ];
  if (missing.length > 0) throw new UsageError(`name ${missing.join("; name ")}`);
  return {
    hosts: hosts.map((host): HostIntent => ({ ...host, interface: own.get(host.name) })),
    routers,
    common: {
      interface: everywhere,
      version: options.version,
      advertInterval: options.advertInterval,
      authentication: authenticationOf(options, world),
      unicast: options.unicast,
      nopreempt: options.nopreempt,
      preemptDelay: options.preemptDelay,
      vmac: options.vmac,
      syncGroup: options.syncGroup,
      trackers: trackersOf(options, names),
      notify: options.notify,
    },
    scriptUser: options.scriptUser,
    mail: mailOf(options),
    target: options.target,
  };
}

/** What the options and the environment say about the password; undefined when they are silent. Throws UsageError. */
export function authenticationOf(
  { auth, passwordFile }: Pick<GenOptions, "auth" | "passwordFile">,
  world: World,
): AuthenticationIntent | undefined {
  if (auth !== undefined && passwordFile !== undefined)
    throw new UsageError("--auth and --auth-pass-file exclude each other");
  if (auth !== undefined) return auth;
  if (passwordFile !== undefined) return { password: readPassword(passwordFile, world) };
  const password = world.environment[passwordVariable];
  if (password === undefined) return undefined;
  if (password === "") throw new UsageError(`the environment variable ${passwordVariable} is empty`);
  if (/[\r\n]/.test(password))
    throw new UsageError(
      `the environment variable ${passwordVariable} has several lines, a password has one`,
    );
  return { password };
}

/** The password in a file, without the line end behind it. Throws UsageError. */
export function readPassword(file: string, world: World): string {
  const password = readText(file, new Texts(world)).replace(/\r?\n$/, "");
  if (password === "") throw new UsageError(`${file}: there is no password in it`);
  if (/[\r\n]/.test(password))
    throw new UsageError(`${file}: there are several lines in it, and the password is to be the only one`);
  return password;
}

function wordForAll(option: string, words: readonly HostWord[]): string | undefined {
  const common = words.filter(({ host }) => host === undefined);
  if (common.length > 1) throw new UsageError(`${option} for all hosts was given twice; write HOST:NAME`);
  return common[0]?.word;
}

function wordsOfHosts(
  option: string,
  words: readonly HostWord[],
  names: readonly string[],
): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const { host, word } of words) {
    if (host === undefined) continue;
    if (!names.includes(host))
      throw new UsageError(`${option} ${host}:${word}: ${host} is none of the hosts`);
    if (result.has(host)) throw new UsageError(`${option} was given twice for ${host}`);
    result.set(host, word);
  }
  return result;
}

function trackersOf(options: GenOptions, names: readonly string[]): readonly TrackerIntent[] {
  const { weight } = options;
  const trackers: TrackerIntent[] = [
    ...trackedInterfaces(options, names).map(
      (each) => ({ track: "interface", interface: each, weight }) as const,
    ),
    ...options.scripts.map((command) => ({ track: "script", command, weight }) as const),
    ...options.trackFiles.map((file) => ({ track: "file", file, weight }) as const),
    ...options.processes.map((process) => ({ track: "process", process, weight }) as const),
  ];
  if (weight !== undefined && trackers.length === 0)
    throw new UsageError("--track-weight needs something to track, such as --track-script");
  return trackers;
}

/** Interfaces named for all hosts are tracked on all; those named host by host are one, with a name on each. */
function trackedInterfaces(
  { trackInterfaces }: GenOptions,
  names: readonly string[],
): readonly PerHost<string>[] {
  const common = trackInterfaces.filter(({ host }) => host === undefined).map(({ word }) => word);
  const own = wordsOfHosts("--track-interface", trackInterfaces, names);
  return own.size > 0 ? [...common, own] : common;
}

function mailOf({ mail, mailFrom, mailServer }: GenOptions): MailIntent | undefined {
  if (mail.length > 0) return { to: mail, from: mailFrom, server: mailServer };
  if (mailFrom !== undefined || mailServer !== undefined)
    throw new UsageError("--mail-from and --mail-server need somebody to write to: --mail ADDRESS");
  return undefined;
}
