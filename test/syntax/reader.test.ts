/** The reader against keepalived's own: the same lines are called unknown, the same braces stray. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineMap } from "../../src/lines.ts";
import { rootKeywords } from "../../src/schema/index.ts";
import type { Finding } from "../../src/schema/statement.ts";
import { buildTree } from "../../src/schema/tree.ts";
import { expand } from "../../src/syntax/expand.ts";
import { parseSource } from "../../src/syntax/parse.ts";
import type { SyntaxFinding } from "../../src/syntax/tree.ts";
import { type ComplaintKind, judge, needsPeer, type Verdict } from "../support/keepalived.ts";
import { configuration, seed } from "../support/texts.ts";

const structural: ReadonlySet<ComplaintKind> = new Set([
  "unknown-keyword",
  "extra-close",
  "unexpected-open",
  "unmatched-quote",
]);

/** What only a complaint of keepalived justifies; a lost line may be one that keepalived accepts for something else. */
const claims: ReadonlySet<string> = new Set([
  "unknown-keyword",
  "unknown-block",
  "extra-close",
  "unmatched-quote",
]);

interface Read {
  readonly flagged: ReadonlySet<number>;
  readonly claimed: ReadonlySet<number>;
}

function readOurselves(text: string, configId: string): Read {
  const expansion = expand(parseSource("keepalived.conf", text), { configId });
  const { findings } = buildTree(expansion, rootKeywords);
  const map = lineMap(text);
  const lineOf = (offset: number) => map.positionAt(offset).line;
  const reported = (finding: Finding | SyntaxFinding) =>
    lineOf((("statement" in finding && finding.statement?.line.reported) || finding.at).span.start);
  const all = [...expansion.findings, ...findings];
  const flagged = new Set([...all.map(reported), ...all.map(({ at }) => lineOf(at.span.start))]);
  return { flagged, claimed: new Set(all.filter(({ kind }) => claims.has(kind)).map(reported)) };
}

/** The first disagreement on a file, in words. */
function disagreement(text: string, verdict: Verdict, configId: string): string | undefined {
  const { flagged, claimed } = readOurselves(text, configId);
  const missed = verdict.complaints.find(
    ({ kind, line }) => line !== undefined && structural.has(kind) && !flagged.has(line),
  );
  if (missed) return `line ${missed.line}, keepalived: ${missed.message}`;
  const complained = new Set(verdict.complaints.map(({ line }) => line));
  // keepalived skips the inside of an instance whose name it has seen.
  const skips = verdict.complaints.some(({ message }) => /already|duplicate|skipping/i.test(message));
  const invented = skips ? undefined : [...claimed].find((line) => !complained.has(line));
  return invented === undefined ? undefined : `line ${invented}, reported by us alone`;
}

describe.runIf(needsPeer())("keepalived -t and the reader", () => {
  test.each(["none", "one"])(
    "agree on 200 random files, config-id %s",
    { timeout: 300_000 },
    async (configId) => {
      const texts = fc.sample(configuration, { numRuns: 200, seed: configId === "one" ? seed + 1 : seed });
      const verdicts = await judge(
        texts.map((text) => ({ text })),
        { configId },
      );
      const disagreements: string[] = [];
      let judged = 0;
      for (const [index, verdict] of verdicts.entries()) {
        // Behind `\\#` keepalived itself disagrees: its first process takes the sign for text, the others for a comment.
        if (verdict.crashed || verdict.timedOut || /\\[#!]/.test(texts[index] as string)) continue;
        judged++;
        const text = texts[index] as string;
        const found = disagreement(text, verdict, configId);
        if (found) disagreements.push(`SEED=${seed} file ${index}, ${found}\n${text}`);
      }
      expect(disagreements).toEqual([]);
      expect(judged).toBeGreaterThan(150);
    },
  );
});
