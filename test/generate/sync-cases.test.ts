/** Bringing hosts together, with files that people wrote. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { facets, type Synced, sync } from "../../src/generate/sync.ts";
import { rules } from "../../src/rules/index.ts";
import { lint } from "../../src/rules/run.ts";
import { fleetOf } from "../support/fleet.ts";
import { judge, needsPeer } from "../support/keepalived.ts";
import { root } from "../support/project.ts";

type Texts = Readonly<Record<string, string>>;

const overlaid = (texts: Texts, changed: ReadonlyMap<string, string>): Texts => ({
  ...texts,
  ...Object.fromEntries(changed),
});

function synced(texts: Texts): Synced & { readonly after: Texts } {
  const result = sync((changed) => fleetOf(overlaid(texts, changed)));
  return { ...result, after: overlaid(texts, result.texts) };
}

const across = (texts: Texts) =>
  lint(fleetOf(texts)).filter(
    ({ rule, severity }) => rule.startsWith("xh-") && (severity === "error" || severity === "warning"),
  );

/** The fleets of test/cases and examples, each host in a file of its own. */
const fleets = ["test/cases", "examples"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const files = readdirSync(path.join(root, folder, name)).filter((file) => file.endsWith(".conf"));
      const read = (file: string) => readFileSync(path.join(root, folder, name, file), "utf8");
      const texts = Object.fromEntries(files.map((file) => [file, read(file)]));
      return files.length > 1 ? [{ name, texts }] : [];
    }),
);

describe.each(fleets)("$name", ({ name, texts }) => {
  test("has no problem between hosts left that is not told", () => {
    const { after, open } = synced(texts);
    const told = new Set(open.map(({ rule }) => rule));
    expect(across(after).filter(({ rule }) => !told.has(rule))).toEqual([]);
    expect(across(after).length).toBeLessThanOrEqual(across(texts).length);
    if (name.startsWith("sound-")) expect(after).toEqual(texts);
  });

  test("keeps every other line, and is not changed a second time", () => {
    const { after, texts: changed } = synced(texts);
    for (const [file, text] of changed) {
      const before = (texts[file] ?? "").split("\n").filter((line) => /^\s*[#!]/.test(line));
      expect(text.split("\n").filter((line) => /^\s*[#!]/.test(line))).toEqual(before);
    }
    expect(synced(after).texts.size).toBe(0);
  });
});

test("what is left to decide is told with its place in the given text", () => {
  const texts = fleets.find(({ name }) => name === "password-cut-at-hash")?.texts ?? {};
  const { open, given } = synced(texts);
  const [first] = open;
  const { file = "", span } = first ? given(first.at) : {};
  expect(texts[file]?.slice(span?.start, span?.end)).toBe("ab");
});

describe("the rules about several hosts", () => {
  const settled = new Set(facets.flatMap(({ settles }) => settles.map(({ id }) => id)));

  /** What no file says, or what is not drift. */
  const left: Readonly<Record<string, string>> = {
    "xh-address-family-flip": "one list has to become two instances",
    "xh-auth-differs-beyond-8": "a hint",
    "xh-config-id-matches-no-host": "names of hosts are the user's",
    "xh-dual-stack-not-synced": "a remark",
    "xh-identical-files": "which values belong to which host is not known",
    "xh-interface-crossed": "names of interfaces belong to the host",
    "xh-state-master-on-lower-priority": "a remark",
    "xh-unicast-peer-unknown-host": "a remark",
    "xh-version-skew-keyword": "the releases differ, not the files",
    "xh-vip-is-peer-host-address": "another address has to be chosen",
    "xh-vip-owned-by-two-vrids": "which router is to have it is not known",
    "xh-vrid-used-by-other-cluster": "another cluster is not to change",
    "xh-weight-inverts-when-all-fail": "a remark",
  };

  test.each(rules.filter(({ id }) => id.startsWith("xh-")).map(({ id }) => id))("%s", (id) => {
    expect(settled.has(id) !== Object.hasOwn(left, id)).toBe(true);
  });
});

/** Every example of a rule about several hosts is a small drift. */
const examples = rules
  .filter(({ id }) => facets.some(({ settles }) => settles.some((rule) => rule.id === id)))
  .flatMap(({ id, bad }) =>
    bad().map(({ input, target }, index) => ({ name: `${id} ${index + 1}`, input, target })),
  );

describe("the examples of the rules that it settles", () => {
  const plain = (text: string) => text.replaceAll(/[«»]/g, "");

  test.each(examples)("$name", ({ input, target }) => {
    if (typeof input === "string") return;
    const texts = Object.fromEntries(Object.entries(input).map(([file, text]) => [file, plain(text)]));
    const { texts: changed, open } = sync((all) => fleetOf(overlaid(texts, all), target));
    const after = overlaid(texts, changed);
    const told = new Set(open.map(({ rule }) => rule));
    const severe = lint(fleetOf(after, target)).filter(
      ({ severity }) => severity === "error" || severity === "warning",
    );
    expect(severe.filter(({ rule }) => rule.startsWith("xh-") && !told.has(rule))).toEqual([]);
    expect({ changed: changed.size > 0, told: told.size > 0 }).not.toEqual({ changed: false, told: false });
  });
});

describe.runIf(needsPeer())("keepalived itself", () => {
  test("takes what sync made of the fleets as it took them before", async () => {
    const pairs = fleets.flatMap(({ texts }) => {
      const { texts: changed } = synced(texts);
      return [...changed].map(([file, text]) => ({ before: texts[file] ?? "", text }));
    });
    const options = { interfaces: ["eth0", "eth1", "ens3"] };
    const before = await judge(
      pairs.map(({ before: text }) => ({ text })),
      options,
    );
    const after = await judge(
      pairs.map(({ text }) => ({ text })),
      options,
    );
    expect(pairs.length).toBeGreaterThan(10);
    const worse = after.filter(
      ({ complaints }, index) => complaints.length > (before[index]?.complaints.length ?? 0),
    );
    expect(worse).toEqual([]);
  });
});
