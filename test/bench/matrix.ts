/**
 * Every scenario of test/run/lab/ with every combination of vrrp-run and keepalived, as a table. `SCENARIO=words` plays
 * only those whose names match, `RECORD=1` prints what keepalived did in them.
 */

import { differences, type Played, play, referenceOf } from "../run/lab/play.ts";
import { type Combination, combinations, reference, type Scenario } from "../run/lab/scenario.ts";
import { scenarios } from "../run/lab/scenarios/index.ts";
import { keepalivedRelease } from "../support/keepalived.ts";
import { whyNoLab } from "../support/lab.ts";

/** Labs at the same time. */
const atOnce = 20;

export async function bench(write: (line: string) => void): Promise<void> {
  const reason = whyNoLab();
  if (reason !== undefined) {
    write(`No scenario is played, because ${reason}.`);
    return;
  }
  const { SCENARIO: words = "", RECORD: records } = process.env;
  const chosen = scenarios.filter(({ name }) => new RegExp(words).test(name));
  const all = [reference, ...combinations];
  const cells = chosen.flatMap((scenario) => all.map((combination) => ({ scenario, combination })));
  const verdicts = new Map<string, Verdict>();
  const turns = [...cells];
  const work = async () => {
    for (let cell = turns.shift(); cell; cell = turns.shift()) {
      const verdict = await judge(cell.scenario, cell.combination);
      verdicts.set(keyOf(cell.scenario, cell.combination), verdict);
      write(`${cell.scenario.name}, ${cell.combination.name}: ${verdict.cell}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  write(`\nvrrp-run and keepalived ${keepalivedRelease()}: host a + the others`);
  const width = Math.max(...chosen.map(({ name }) => name.length)) + 2;
  write("".padEnd(width) + all.map(({ name }) => name.padEnd(25)).join(""));
  for (const scenario of chosen) {
    const row = all.map((each) => (verdicts.get(keyOf(scenario, each))?.cell ?? "").padEnd(25));
    write(scenario.name.padEnd(width) + row.join("").trimEnd());
  }
  for (const { scenario, combination } of cells) {
    const verdict = verdicts.get(keyOf(scenario, combination));
    if (verdict && verdict.details !== "") {
      write(`\n${scenario.name}, ${combination.name}: ${verdict.details}`);
    }
    if (records !== undefined && verdict?.played && combination === reference) {
      write(`\n${scenario.name}: ${JSON.stringify(verdict.played.record, undefined, 1)}`);
    }
  }
}

interface Verdict {
  readonly cell: string;
  readonly details: string;
  readonly played?: Played;
}

const keyOf = (scenario: Scenario, combination: Combination) => `${scenario.name}/${combination.name}`;

async function judge(scenario: Scenario, combination: Combination): Promise<Verdict> {
  try {
    const wanted = referenceOf(scenario);
    if (combination === reference && !wanted) return { cell: "-", details: "" };
    const asKeepalived = await wanted;
    const played = combination === reference ? asKeepalived?.[0] : await play(scenario, combination);
    if (!played) return { cell: "-", details: "" };
    const differing = asKeepalived ? differences(scenario, played, asKeepalived) : [];
    const figures = Object.entries(played.figures).map(([name, figure]) => `${name} ${figure}`);
    const cell = [differing.length > 0 ? `differs (${differing.length})` : "as it must", ...figures].join(
      ", ",
    );
    return { cell, details: differing.length > 0 ? JSON.stringify(differing, undefined, 1) : "", played };
  } catch (error) {
    return { cell: "FAILS", details: error instanceof Error ? error.message : String(error) };
  }
}
