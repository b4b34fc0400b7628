/**
 * How long a language server takes from a keystroke to diagnostics: one host's text is read again, the fleet is formed
 * and judged. The edits are single characters put in or taken out anywhere, each taken back by the next. Beside the times
 * stands the share of what a fresh look at all texts takes, which holds on any machine.
 */
import { formFleet } from "../../src/model/fleet.ts";
import type { Host } from "../../src/model/host.ts";
import { readHost, sectionsOf } from "../../src/model/read.ts";
import { lint } from "../../src/rules/run.ts";
import { type Kind, largeText } from "../support/large.ts";

interface Case {
  readonly kind: Kind;
  /** Lines of each of the two files. */
  readonly lines: number;
  readonly edits: number;
  /** What the p95 has to keep below, in ms. */
  readonly limit: number;
}

const cases: readonly Case[] = [
  { kind: "instances", lines: 100, edits: 1000, limit: 5 },
  { kind: "instances", lines: 14_000, edits: 1000, limit: 50 },
  { kind: "servers", lines: 14_000, edits: 1000, limit: 50 },
];

/** Measures every case and writes some lines for each. */
export async function bench(write: (line: string) => void): Promise<void> {
  for (const one of cases) measure(one, write);
}

function measure({ kind, lines, edits, limit }: Case, write: (line: string) => void): void {
  const [text, peerText] = [largeText(kind, lines, 1), largeText(kind, lines, 2)];
  const peer = readHost({ path: "b.conf", text: peerText });
  const fresh = () =>
    diagnose(readHost({ path: "a.conf", text }), readHost({ path: "b.conf", text: peerText }));
  const first = time(fresh);
  const again = Math.min(time(fresh), time(fresh), time(fresh));
  const times: number[] = [];
  let whole = 0;
  let host = readHost({ path: "a.conf", text });
  diagnose(host, peer);
  for (const edited of typing(text, edits)) {
    times.push(
      time(() => {
        host = readHost({ path: "a.conf", text: edited }, host);
        diagnose(host, peer);
      }),
    );
    if (sectionsOf(host) === undefined) whole++;
  }
  const sorted = times.sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  write(`A pair of ${text.split("\n").length - 1} lines each, ${kind}, ${edits} keystrokes in one of them`);
  write(`  from nothing  ${ms(first)}, with warm code ${ms(again)}`);
  const share = (100 * at(0.95)) / again;
  write(
    `  a keystroke   p50 ${ms(at(0.5))}, p95 ${ms(at(0.95))} (to be below ${limit} ms), p99 ${ms(at(0.99))}`,
  );
  write(
    `  p95 is ${share.toFixed(1)} % of a fresh look; ${whole} keystrokes left a text that is read as a whole`,
  );
  write(`  memory        ${memory()}`);
}

function diagnose(host: Host, peer: Host): void {
  lint(formFleet([host, peer], { complete: true }));
}

function time(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const ms = (milliseconds: number) => `${milliseconds.toFixed(1)} ms`;

const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join("");

/** The text after each of so many edits. */
function* typing(text: string, edits: number): Generator<string> {
  let state = 1;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return Math.floor((state / 0x8000_0000) * below);
  };
  for (let edit = 0; edit < edits; edit += 2) {
    const at = random(text.length);
    const removed = random(4) === 0;
    const typed = removed ? "" : (printable[random(printable.length)] ?? "");
    // One flat text, as an editor's document gives it.
    yield [text.slice(0, at), typed, text.slice(removed ? at + 1 : at)].join("");
    yield text;
  }
}

/** What the process holds; after a collection where the garbage collector may be called. */
function memory(): string {
  const collect = (globalThis as { gc?: () => void }).gc;
  collect?.();
  const { rss, heapUsed } = process.memoryUsage();
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  return `${megabytes(rss)} resident, ${megabytes(heapUsed)} ${collect ? "in use" : "on the heap"}`;
}
