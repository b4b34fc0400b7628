/** What a host's network looks like, to see whether a program puts back everything. */
import type { Stage } from "./stage.ts";

/** Link-local addresses and multicast come and go with the link; the kernel makes them. */
const ofTheKernel = /\bfe80::|\bff00::|\btable local\b|^\d+: lo\b/;

/** Links, addresses, routes and rules of a host, one line each. */
export async function stateOf(stage: Stage, host: string): Promise<readonly string[]> {
  const words = [
    "-br link",
    "-o -4 address",
    "-o -6 address",
    "-4 route show table all",
    "-6 route show table all",
    "-4 rule",
    "-6 rule",
  ];
  const texts = await Promise.all(words.map((line) => stage.host(host).ip(...line.split(" "))));
  return texts
    .join("\n")
    .split("\n")
    .map((line) =>
      line.replaceAll(/@if\d+|@\w+|<.*>|^\d+: |\b(UP|DOWN|UNKNOWN|LOWERLAYERDOWN)\b/g, "").trim(),
    )
    .map((line) => line.replaceAll(/\s+/g, " ").replace(/ linkdown| dead| pref medium/g, ""))
    .filter((line) => line !== "" && !ofTheKernel.test(line));
}

/** Lines that are there afterwards and were not before, or the other way round. */
export function leftBehind(
  before: Readonly<Record<string, readonly string[]>>,
  after: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  return Object.keys(after).flatMap((host) => {
    const [was, is] = [new Set(before[host]), new Set(after[host])];
    return [
      ...[...is].filter((line) => !was.has(line)).map((line) => `${host}: + ${line}`),
      ...[...was].filter((line) => !is.has(line)).map((line) => `${host}: - ${line}`),
    ];
  });
}
