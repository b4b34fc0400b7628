/** Single words of vrrp-gen's command line: each reader gives what the word means, or says how it is written. */
import { InvalidArgumentError } from "commander";
import type { HostIntent, RouterIntent } from "../generate/intent.ts";
import { readDecimal } from "../schema/values.ts";
import { readNamed, readRelease } from "./command-line.ts";

/** A name that holds for all hosts, or for the one before the colon. */
export interface HostWord {
  /** With --from and --join an interface of the file that is read. */
  readonly host: string | undefined;
  readonly word: string;
}

/** One more word of an option that may be repeated. */
export function addWord(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

/** One more address, or several with commas. */
export function addAddresses(text: string, before: readonly string[] = []): string[] {
  const list = text.split(",");
  if (list.includes("")) throw new InvalidArgumentError("write ADDRESS, such as 10.0.0.12");
  return [...before, ...list];
}

/** One more receiver of mail, or several with commas. */
export function addMail(text: string, before: readonly string[] = []): string[] {
  const list = text.split(",").map((each) => each.trim());
  if (list.some((each) => !/^[^\s"]+$/.test(each)))
    throw new InvalidArgumentError("write ADDRESS, such as ops@example.org");
  return [...before, ...list];
}

/** One more host with its addresses. */
export function addHost(text: string, before: readonly HostIntent[] = []): HostIntent[] {
  const [name, list] = readNamed(text, before, "NAME=ADDRESS, such as a=10.0.0.11/24");
  return [...before, { name, addresses: list.split(",") }];
}

/** One more name for all hosts or for one. */
export function addHostWord(text: string, before: readonly HostWord[] = []): HostWord[] {
  const [, host, word = ""] = /^(?:([^:]+):)?([^:\s]+)$/.exec(text) ?? [];
  if (word === "") throw new InvalidArgumentError("write NAME or HOST:NAME");
  return [...before, { host, word }];
}

const routerShape = /^([^\s:@=]+)(?::(\d+))?(?:@([^\s:@=]+))?=(\S+)$/;

/** One more virtual router. */
export function addRouter(text: string, before: readonly RouterIntent[] = []): RouterIntent[] {
  const [, name, number, master, list] = routerShape.exec(text) ?? [];
  if (name === undefined || list === undefined)
    throw new InvalidArgumentError("write NAME[:VRID][@MASTER]=ADDRESS[,ADDRESS…]");
  const vrid = number === undefined ? undefined : Number(number);
  if (vrid !== undefined && (vrid < 1 || vrid > 255))
    throw new InvalidArgumentError("a VRID is a number from 1 to 255");
  return [...before, { name, vrid, master, addresses: list.split(",") }];
}

/** A priority for the instance of that name, or for all. */
export interface InstancePriority {
  readonly instance: string | undefined;
  readonly priority: number;
}

/** One more priority for all instances or for one. */
export function addPriority(text: string, before: readonly InstancePriority[] = []): InstancePriority[] {
  const [, instance, digits] = /^(?:(.+):)?(\d+)$/.exec(text) ?? [];
  const priority = Number(digits);
  if (!(priority >= 1 && priority <= 254))
    throw new InvalidArgumentError("write N or INSTANCE:N, a number from 1 to 254");
  return [...before, { instance, priority }];
}

/** The release that all hosts run. */
export function readTarget(text: string): string {
  return readRelease(text, "a release such as 2.2.7");
}

/** The version of VRRP. */
export function readVersion(text: string): 2 | 3 {
  if (text !== "2" && text !== "3") throw new InvalidArgumentError("there are: 2, 3");
  return text === "2" ? 2 : 3;
}

/** A time in seconds. */
export function readSeconds(text: string): number {
  const seconds = readDecimal(text);
  if (seconds === undefined || seconds < 0) throw new InvalidArgumentError("write a number of seconds");
  return seconds;
}

/** What is wanted of a password that is not given. */
export function readAuth(text: string): "none" | "random" {
  if (text === "none" || text === "random") return text;
  throw new InvalidArgumentError(
    "there are: none, random; a password of your own comes from --auth-pass-file or VRRP_AUTH_PASS",
  );
}

/** What a failure adds to the priority. */
export function readWeight(text: string): number {
  const weight = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(Math.abs(weight) <= 253))
    throw new InvalidArgumentError("a weight is a whole number from -253 to 253");
  return weight;
}
