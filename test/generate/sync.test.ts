/** The laws of bringing hosts together: what must be equal is equal, everything else stays byte for byte. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generate } from "../../src/generate/generate.ts";
import type { Intent } from "../../src/generate/intent.ts";
import { type Synced, sync } from "../../src/generate/sync.ts";
import type { Fleet, Host, Instance } from "../../src/model/host.ts";
import { fleetOf, type textsOf } from "../support/fleet.ts";
import { judge, needsPeer } from "../support/keepalived.ts";
import { type Draw, draws, drifts } from "./drift.ts";
import { intents, interfaces } from "./intents.ts";
import { textsOfHosts } from "./texts.ts";

type Texts = ReturnType<typeof textsOf>;

function synced(texts: Texts): Synced & { readonly after: Texts } {
  const result = sync((changed) => fleetOf({ ...texts, ...Object.fromEntries(changed) }));
  return { ...result, after: { ...texts, ...Object.fromEntries(result.texts) } };
}

function soundTexts(intent: Intent, comments: boolean): Texts {
  const outcome = generate(intent, { comments, oneFile: false, newPassword: () => "kx7Rm2Qp" });
  if (outcome.is === "refused") throw new Error("refused");
  return textsOfHosts(outcome.files);
}

/** What must be the same before the drift and after the sync. */
function facts(host: Host | undefined, instance: Instance) {
  const { authentication, vrid, version, advertInterval, addresses, excluded, peers } = instance;
  const { strict, accept, vmac, multicastGroup, downTimerAdverts, trackers, virtualRoutes } = instance;
  const group = host?.groups.find(({ name }) => name === instance.group);
  return {
    name: instance.name,
    vrid: vrid?.value,
    version: version.value,
    interval: advertInterval.value,
    authentication: [authentication.value.type, authentication.value.password],
    addresses: addresses.map(({ address, prefix }) => `${address}/${prefix}`).sort(),
    excluded: excluded.map(({ address, prefix }) => `${address}/${prefix}`).sort(),
    peers: peers.map(({ address }) => address).sort(),
    settings: [strict.value, accept.value, vmac.value, downTimerAdverts.value],
    multicastGroup: multicastGroup.value,
    trackers: [...trackers, ...(group?.trackers ?? [])]
      .map(({ kind, name, ignored }) => `${kind} ${name} ${ignored === "undefined-name"}`)
      .sort(),
    routes: virtualRoutes.length,
    members: group?.members.map(({ name }) => name).sort(),
  };
}

function meaning(fleet: Fleet) {
  return fleet.hosts.map((host) => host.instances.map((instance) => facts(host, instance)));
}

interface Damage {
  readonly name: string;
  readonly draw: Draw;
}

const damages = fc.uniqueArray(fc.record({ name: fc.constantFrom(...Object.keys(drifts)), draw: draws }), {
  minLength: 1,
  maxLength: 4,
  selector: ({ name }) => name,
});

/**
 * Without combinations that nobody can settle: a router with another number and other addresses is another router, an
 * address owner and AH change more than themselves, and of several missing peers none is a wrong one corrected.
 */
const recognisable = damages.filter((all) => {
  const has = (name: string) => all.some((damage) => damage.name === name);
  if ((has("owner") || has("auth_type AH")) && all.length > 1) return false;
  if (has("no peers") && has("new peers")) return false;
  return !has("vrid") || !["address mistyped", "address excluded"].some(has);
});

const remarks = fc.array(fc.nat(500), { maxLength: 8 });

function damaged(texts: Texts, file: string, all: readonly Damage[]): Texts {
  const others = Object.keys(texts).filter((each) => each !== file);
  let text = texts[file] as string;
  for (const { name, draw } of all)
    text =
      drifts[name]?.(
        text,
        draw,
        others.map((each) => texts[each] as string),
      ) ?? text;
  return { ...texts, [file]: text };
}

/** Lines that are nothing but a comment, in order. */
const remarksIn = (text: string | undefined) => text?.split("\n").filter((line) => /^\s*[#!]/.test(line));

/** Puts lines that are nothing but a comment at places that chance chooses. */
function commented(text: string, places: readonly number[]): string {
  const lines = text.split("\n");
  for (const [index, place] of places.entries()) lines.splice(place % lines.length, 0, `  # remark ${index}`);
  return lines.join("\n");
}

/** Damages one host and checks what sync makes of it. Returns whether there was anything to settle. */
function check(intent: Intent, all: readonly Damage[], remarks: readonly number[], nth = 1): boolean {
  const sound = soundTexts(intent, false);
  const files = Object.keys(sound);
  const [drifted = "", reference = ""] = [files[nth], files[nth === 0 ? 1 : 0]];
  const broken = damaged(sound, drifted, all);
  const texts = { ...broken, [drifted]: commented(broken[drifted] ?? "", remarks) };
  const { after, open, decisions } = synced(texts);
  // One drift may hide a mistake of another that no other host has to do with.
  const told = all.length > 1 ? open.filter(({ rule }) => !rule?.startsWith("vrrp-")) : open;
  expect(told.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  expect(meaning(fleetOf(after))).toEqual(meaning(fleetOf(sound)));
  expect(after[reference]).toBe(texts[reference]);
  expect(remarksIn(after[drifted])).toEqual(remarksIn(texts[drifted]));
  expect(synced(after).texts.size).toBe(0);
  return decisions.length > 0;
}

describe("a host that drifted, synced with one that did not, fits again and is otherwise the same", () => {
  test.each(Object.keys(drifts))("%s", (name) => {
    const law = (intent: Intent, draw: Draw, lines: readonly number[]) =>
      check(intent, [{ name, draw }], lines);
    fc.assert(
      fc.property(intents, draws, remarks, (...all) => void law(...all)),
      { numRuns: 10 },
    );
    // Many wishes have nothing of the kind; some have.
    const more = fc.sample(fc.tuple(intents, draws, remarks), { numRuns: 100, seed: 23 });
    expect(more.some((all) => law(...all))).toBe(true);
  });

  test("several drifts at once", () => {
    fc.assert(
      fc.property(intents, recognisable, remarks, (intent, all, lines) => void check(intent, all, lines)),
      { numRuns: 150 },
    );
  }, 600_000);

  test("the first of three hosts, when the others agree", () => {
    // Priorities are each host's own; the first keeps its.
    const equal = recognisable.filter((all) => all.every(({ name }) => !/priority|owner/.test(name)));
    const trios = intents.filter(({ hosts }) => hosts.length > 2);
    fc.assert(
      fc.property(trios, equal, remarks, (intent, all, lines) => void check(intent, all, lines, 0)),
      { numRuns: 60 },
    );
  }, 600_000);
});

describe.runIf(needsPeer())("keepalived itself", () => {
  test("has nothing against 60 hosts that were synced which it had not against them before", async () => {
    // keepalived 2.2.7 dies of a check that another user than root runs while script security is on.
    const wishes = fc.sample(fc.tuple(intents, recognisable), { numRuns: 60, seed: 22 });
    const pairs = wishes.map(([intent, all]) => {
      const sound = soundTexts({ ...intent, scriptUser: undefined }, true);
      const [, drifted = ""] = Object.keys(sound);
      const texts = damaged(sound, drifted, all);
      return { before: texts[drifted] ?? "", after: synced(texts).after[drifted] ?? "" };
    });
    const complaintsOf = async (texts: readonly string[]) => {
      const verdicts = await judge(
        texts.map((text) => ({ text })),
        { interfaces },
      );
      expect(verdicts.filter(({ crashed, timedOut }) => crashed || timedOut)).toEqual([]);
      return verdicts.map(({ complaints }) => complaints.map(({ message }) => message));
    };
    const before = await complaintsOf(pairs.map((pair) => pair.before));
    const after = await complaintsOf(pairs.map((pair) => pair.after));
    expect(after.flatMap((all, index) => all.filter((one) => !before[index]?.includes(one)))).toEqual([]);
    expect(after.flat().length).toBeLessThan(before.flat().length);
  });
});
