/**
 * How fast files are read and judged, as ratios, which hold on any machine: our reader against ohm's own matcher on the
 * same lines, and the lint of a pair against `keepalived -t` of the same two files.
 */
import { block, file } from "../../src/rules/examples.ts";
import { lint } from "../../src/rules/run.ts";
import { rootKeywords } from "../../src/schema/index.ts";
import { buildTree } from "../../src/schema/tree.ts";
import { expand } from "../../src/syntax/expand.ts";
import { parseSource } from "../../src/syntax/parse.ts";
import { fleetOf } from "../support/fleet.ts";
import { grammar } from "../support/grammar.ts";
import { judge, keepalivedRelease, whyNoPeer } from "../support/keepalived.ts";

const instances = 500;
const interfaces = ["eth0", "eth1"];
const runs = 3;

/** Measures and writes a line for each ratio. */
export async function bench(write: (line: string) => void): Promise<void> {
  const texts = { "a.conf": host("a", 150), "b.conf": host("b", 100) };
  const lines = Object.values(texts).flatMap((text) => text.split("\n"));
  write(`A pair of hosts, ${instances} instances, ${lines.length} lines in both files together`);

  const byOhm = lines.length / fastest(() => lines.forEach((line) => void grammar.match(line, "line")));
  // Each run has lines of its own, for the reader remembers those it has seen.
  let run = 0;
  const fresh = lines.length / fastest(() => readAll(Object.values(texts), `${run++}`));
  const again = lines.length / fastest(() => readAll(Object.values(texts), ""));
  write(row("ohm's matcher", byOhm));
  write(row("our reader, new lines", fresh, byOhm));
  write(row("our reader, the same lines again", again, byOhm));

  const ours = fastest(() => lint(fleetOf(texts)));
  const theirs = await peerSeconds(Object.values(texts));
  const both = `lint of the pair ${ours.toFixed(2)} s`;
  const reason = theirs === undefined ? whyNoPeer() : undefined;
  if (theirs === undefined) write(`${both}; nothing to hold against it, because ${reason}`);
  else {
    const peer = `keepalived ${keepalivedRelease()} -t of both files ${theirs.toFixed(2)} s`;
    write(`${both}, ${peer}: ${(ours / theirs).toFixed(1)} times as long`);
  }
}

function row(name: string, linesPerSecond: number, than?: number): string {
  const rate = `${Math.round(linesPerSecond).toString().padStart(9)} lines/s`;
  const ratio = than === undefined ? "" : `${(linesPerSecond / than).toFixed(1).padStart(8)} times as fast`;
  return name.padEnd(34) + rate + ratio;
}

/** One host's file; every VRID is used once on each interface. */
function host(name: string, priority: number): string {
  const each = Array.from({ length: instances }, (_, index) => {
    const on = index % interfaces.length;
    const [vrid, third, last] = [Math.floor(index / interfaces.length) + 1, index >> 7, (index % 128) + 2];
    return block(
      `vrrp_instance VI_${index}`,
      "state BACKUP",
      `interface ${interfaces[on]}`,
      `virtual_router_id ${vrid}`,
      `priority ${priority}`,
      "advert_int 1",
      block("authentication", "auth_type PASS", `auth_pass pw${index}`),
      block("virtual_ipaddress", `10.${on}.${third}.${last}/16 dev ${interfaces[on]}`),
    );
  });
  return file(block("global_defs", `router_id ${name}`), ...each);
}

/** Reads the texts as far as statements; `mark` makes every line a new one. */
function readAll(texts: readonly string[], mark: string): void {
  for (const text of texts) {
    const marked = mark === "" ? text : text.replace(/$/gm, ` # ${mark}`);
    buildTree(expand(parseSource("x.conf", marked)), rootKeywords);
  }
}

/** Seconds of the fastest of a few runs. */
function fastest(work: () => void): number {
  const seconds = Array.from({ length: runs }, () => {
    const start = process.hrtime.bigint();
    work();
    return Number(process.hrtime.bigint() - start) / 1e9;
  });
  return Math.min(...seconds);
}

/** Seconds that keepalived needs for all files, without the making of its namespace; undefined without keepalived. */
async function peerSeconds(texts: readonly string[]): Promise<number | undefined> {
  if (whyNoPeer() !== undefined) return undefined;
  const one = Math.min(...(await judgings(texts, runs)));
  const none = Math.min(
    ...(await judgings(
      texts.map(() => "global_defs {\n}\n"),
      runs,
    )),
  );
  return Math.max(one - none, 0.001);
}

async function judgings(texts: readonly string[], times: number): Promise<number[]> {
  const seconds: number[] = [];
  for (let round = 0; round < times; round++) {
    const start = process.hrtime.bigint();
    await judge(
      texts.map((text) => ({ text })),
      { interfaces, limit: 60 },
    );
    seconds.push(Number(process.hrtime.bigint() - start) / 1e9);
  }
  return seconds;
}
