/** The laws of generated files, for thousands of wishes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type GenerateOptions, generate, type Outcome } from "../../src/generate/generate.ts";
import type { Intent } from "../../src/generate/intent.ts";
import { takeovers } from "../../src/model/takeover.ts";
import { lintTexts } from "../support/fleet.ts";
import { judge, needsPeer } from "../support/keepalived.ts";
import { intents, interfaces } from "./intents.ts";
import { textsOfHosts } from "./texts.ts";

const options: GenerateOptions = { comments: true, oneFile: false, newPassword: () => "kx7Rm2Qp" };

function filesOf(intent: Intent, more: Partial<GenerateOptions> = {}): Extract<Outcome, { is: "files" }> {
  const outcome = generate(intent, { ...options, ...more });
  if (outcome.is === "refused")
    throw new Error(outcome.refusals.map(({ message, rule }) => `${message} [${rule}]`).join("\n"));
  return outcome;
}

describe("for any wish that can be fulfilled", () => {
  test("the files lint without error and warning", () => {
    fc.assert(
      fc.property(intents, fc.boolean(), (intent, comments) => {
        // Generating has linted the texts already; here they are judged again from outside. 2,000 are made, and come
        // back, in describe/round-trip.test.ts.
        const { files } = filesOf(intent, { comments });
        const found = lintTexts(textsOfHosts(files), undefined, intent.target);
        expect(found.filter(({ severity }) => severity === "error" || severity === "warning")).toEqual([]);
      }),
      { numRuns: 200 },
    );
  }, 600_000);

  test("the same wish gives the same bytes", () => {
    fc.assert(
      fc.property(intents, fc.boolean(), (intent, oneFile) => {
        const bytes = () => textsOfHosts(filesOf(structuredClone(intent), { oneFile }).files);
        expect(bytes()).toEqual(bytes());
      }),
      { numRuns: 100 },
    );
  });

  test("the master is who was asked for, and the others follow in the order of the hosts", () => {
    fc.assert(
      fc.property(intents, (intent) => {
        const names = intent.hosts.map(({ name }) => name);
        for (const { router, turns } of takeovers(filesOf(intent).fleet)) {
          const wanted = intent.routers.find(({ name }) =>
            [name, `${name}-ipv4`, `${name}-ipv6`].includes(router.members[0]?.instance.name ?? ""),
          );
          const start = names.indexOf(wanted?.master ?? (names[0] as string));
          expect(turns.map(({ member }) => member.host.name)).toEqual([
            ...names.slice(start),
            ...names.slice(0, start),
          ]);
          expect(turns.some(({ tied, uncertain }) => tied || uncertain)).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("one file for all hosts means the same as a file for each", () => {
    fc.assert(
      fc.property(intents, (intent) => {
        const facts = (oneFile: boolean) =>
          filesOf(intent, { oneFile }).fleet.hosts.map(
            ({ name, globals, instances, groups, definitions }) => ({
              name,
              id: globals.routerId?.value,
              groups: groups.map((group) => [group.name, group.members.map((member) => member.name)]),
              definitions: definitions.map((definition) => definition.name),
              instances: instances.map((instance) => ({
                name: instance.name,
                state: instance.state.value,
                interface: instance.interface?.value,
                vrid: instance.vrid?.value,
                priority: instance.priority.value,
                source: instance.source?.value,
                peers: instance.peers.map((peer) => peer.address),
                addresses: instance.addresses.map(({ address, prefix }) => `${address}/${prefix}`),
                trackers: instance.trackers.map((tracker) => tracker.name),
                password: instance.authentication.value.password,
              })),
            }),
          );
        expect(facts(true)).toEqual(facts(false));
      }),
      { numRuns: 200 },
    );
  });
});

/** keepalived 2.2.7 dies of a check that another user than root runs while script security is on. */
const judged = intents.map((intent) => ({ ...intent, scriptUser: undefined }));

describe.runIf(needsPeer())("keepalived itself", () => {
  test("accepts the files of 200 wishes without a word", { timeout: 300_000 }, async () => {
    const wishes = fc.sample(judged, { numRuns: 200, seed: 20 });
    const files = wishes.flatMap((intent, index) =>
      filesOf(intent, { comments: index % 2 === 0 }).files.map(({ text }) => text),
    );
    const verdicts = await judge(
      files.map((text) => ({ text })),
      { interfaces },
    );
    const bad = verdicts.flatMap(({ exitCode, complaints }, index) =>
      exitCode === 0 && complaints.length === 0 ? [] : [{ exitCode, complaints, text: files[index] }],
    );
    expect(bad.slice(0, 3)).toEqual([]);
  });

  test("accepts one file for all hosts on each of them", async () => {
    for (const intent of fc.sample(judged, { numRuns: 10, seed: 21 })) {
      const [file] = filesOf(intent, { oneFile: true }).files;
      for (const { name } of intent.hosts) {
        const [verdict] = await judge([{ text: file?.text ?? "" }], {
          interfaces,
          configId: name.split(".")[0] as string,
        });
        expect(verdict).toMatchObject({ exitCode: 0, complaints: [] });
      }
    }
  });
});
