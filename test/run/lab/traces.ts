/** What a host's network looks like, to see whether a program puts back everything. */
import type { Stage } from "./stage.ts";

/** Link-local addresses and multicast come and go with the link; the kernel makes them. */
const ofTheKernel = /\bfe80::|\bff00::|\btable local\b|^\d+: lo\b/;

/** All in one, because a large process takes long to start another one. */
const look = `ip -br link
for family in 4 6; do printf 'address\\nroute show table all\\nrule\\n' | ip -$family -o -batch -; done`;

/** Links, addresses, routes and rules of a host, one line each. */
export async function stateOf(stage: Stage, host: string): Promise<readonly string[]> {
  const text = await stage.must(host, "sh", "-c", look);
  return text
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
