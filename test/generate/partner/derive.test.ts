/** The partner of a host, against the partner that it has. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generate } from "../../../src/generate/generate.ts";
import type { Intent } from "../../../src/generate/intent.ts";
import { derive, type Made } from "../../../src/generate/partner/derive.ts";
import type { Existing, Newcomer } from "../../../src/generate/partner/newcomer.ts";
import type { Host } from "../../../src/model/host.ts";
import { readHost } from "../../../src/model/read.ts";
import { judge, needsPeer } from "../../support/keepalived.ts";
import { interfaces } from "../intents.ts";
import { alike, existing, newcomer, prioritiesOf } from "./hosts.ts";
import { meaningOf } from "./meaning.ts";

const beside = (name: string, given: Existing) => (file: string) =>
  file === given.path ? `new/${name}.conf` : undefined;

function made(given: Existing, who: Newcomer): Made & { readonly host: Host; readonly text: string } {
  const outcome = derive(given, who, beside(who.name ?? "b", given));
  if (outcome.is === "problems") throw new Error(outcome.problems.map(({ message }) => message).join("\n"));
  const [text = ""] = outcome.texts.values();
  const host = outcome.fleet.hosts.at(-1);
  if (!host) throw new Error("there is no new host");
  return { ...outcome, host, text };
}

interface Pair {
  readonly intent: Intent;
  readonly old: Existing;
  readonly real: Host;
  readonly realText: string;
  readonly who: Newcomer;
}

/** Two hosts of a generated cluster: the one whose file is given, and what the user knows of the other. */
function pairOf(intent: Intent, from: number, to: number, comments: boolean): Pair | undefined {
  const [one, other] = [intent.hosts[from % intent.hosts.length], intent.hosts[to % intent.hosts.length]];
  if (!one || !other || one === other) return undefined;
  const outcome = generate(intent, { comments, oneFile: false, newPassword: () => "kx7Rm2Qp" });
  if (outcome.is === "refused") throw new Error("a wish that cannot be fulfilled");
  const textOf = (name: string) => outcome.files.find(({ hosts }) => hosts[0] === name)?.text ?? "";
  const interfaceOf = ({ interface: own }: { readonly interface?: string | undefined }) => own ?? "eth0";
  const { target } = intent;
  const real = readHost({ path: "real.conf", text: textOf(other.name), name: other.name, target });
  return {
    intent,
    old: existing(`${one.name}.conf`, textOf(one.name), { target }),
    real,
    realText: textOf(other.name),
    who: newcomer({
      name: other.name,
      addresses: other.addresses,
      interfaces:
        interfaceOf(one) === interfaceOf(other) ? [] : [{ old: interfaceOf(one), fresh: interfaceOf(other) }],
    }),
  };
}

const someHost = fc.nat(4);

/** Weights that change the master between neighbours need not do so for hosts with a third one between them. */
const knownByTwo = alike.filter(
  ({ common, hosts }) =>
    hosts.length === 2 || !(common.trackers ?? []).some(({ weight = 0 }) => weight !== 0),
);

describe("of any generated host", () => {
  test("it says what the generated partner says, when the priorities are known", () => {
    fc.assert(
      fc.property(knownByTwo, someHost, someHost, fc.boolean(), (intent, from, to, comments) => {
        const pair = pairOf(intent, from, to, comments);
        if (!pair) return;
        const { old, real, who, realText } = pair;
        const { host, text } = made(old, { ...who, priorities: prioritiesOf(real) });
        // Which of two others is master, the file of a third does not say.
        const unknown = intent.hosts.length > 2 || intent.common.startAsBackup ? ["state"] : [];
        expect(meaningOf(host, unknown)).toEqual(meaningOf(real, unknown));
        if (unknown.length === 0) expect(text).toBe(realText);
      }),
      { numRuns: 150 },
    );
  }, 300_000);

  test("without them it is master where the other is backup, and the other way round", () => {
    const startingMasters = alike.filter(
      ({ common, hosts }) =>
        hosts.length === 2 && !common.nopreempt && !common.preemptDelay && !common.startAsBackup,
    );
    fc.assert(
      fc.property(startingMasters, fc.boolean(), (intent, turned) => {
        const pair = pairOf(intent, Number(turned), Number(!turned), true);
        if (!pair) return;
        const { old, real, who } = pair;
        const { host } = made(old, who);
        expect(meaningOf(host, ["priority"])).toEqual(meaningOf(real, ["priority"]));
        const back = made(existing("b.conf", made(old, who).text), {
          ...who,
          name: old.name,
          addresses: intent.hosts[Number(turned)]?.addresses ?? [],
          interfaces: who.interfaces.map(({ old: one = "", fresh }) => ({ old: fresh, fresh: one })),
        });
        const first = readHost({ ...old });
        expect(meaningOf(back.host, ["priority"])).toEqual(meaningOf(first, ["priority"]));
      }),
      { numRuns: 60 },
    );
  }, 300_000);
});

describe.runIf(needsPeer())("keepalived itself", () => {
  test("accepts the partners of 40 generated hosts without a word", async () => {
    // keepalived 2.2.7 dies of a check that another user than root runs while script security is on.
    const wishes = fc
      .sample(alike, { numRuns: 40, seed: 22 })
      .map((each) => ({ ...each, scriptUser: undefined }));
    const texts = wishes.flatMap((intent) => {
      const pair = pairOf(intent, 0, 1, true);
      const priorities = pair && intent.hosts.length > 2 ? prioritiesOf(pair.real) : [];
      return pair ? made(pair.old, { ...pair.who, priorities }).text : [];
    });
    const verdicts = await judge(
      texts.map((text) => ({ text })),
      { interfaces },
    );
    expect(texts.length).toBe(40);
    expect(verdicts.filter(({ exitCode, complaints }) => exitCode !== 0 || complaints.length > 0)).toEqual(
      [],
    );
  });
});
