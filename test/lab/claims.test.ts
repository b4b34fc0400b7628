/**
 * What the linter claims about hosts that do not fit together, seen on real daemons: the rules' own bad examples are
 * run, then the texts after the rule's fix. And fleets on which the linter is silent, which must therefore work.
 */
import { describe, expect, test, vi } from "vitest";
import { block, file, instance } from "../../src/rules/examples.ts";
import { rules } from "../../src/rules/index.ts";
import { lintTexts, textsOf, unmarked } from "../support/fleet.ts";
import { type Holders, needsLab, withLab } from "../support/lab.ts";
import { filesBelow, textOf } from "../support/project.ts";
import { modelHolders, planOf, settle, startAll, type Texts, takeoverOrder } from "./fleets.ts";

vi.setConfig({ testTimeout: 300_000 });

interface Claim {
  readonly rule: string;
  /** Which of the rule's bad examples; the first one when absent. */
  readonly example?: number;
  /** Who holds the addresses once all has settled. */
  readonly holders: Holders;
  /** The same after host a has lost its power. */
  readonly withoutA?: Holders;
}

/** The address of the rules' examples, and what a host without partner does. */
const vip = "10.0.0.100";
const onBoth = { [vip]: ["a", "b"] };
const onA = { [vip]: ["a"] };
const onB = { [vip]: ["b"] };

/** keepalived 2.2.7; where a newer release differs, the rule says so. */
const claims: readonly Claim[] = [
  { rule: "xh-vrid-mismatch", holders: onBoth },
  { rule: "xh-vrid-swapped", holders: { ...onBoth, "10.0.0.110": ["a", "b"] } },
  { rule: "xh-version-mismatch", holders: onBoth },
  { rule: "xh-version-mismatch", example: 1, holders: onBoth },
  { rule: "xh-advert-int-mismatch-v2", example: 1, holders: onBoth },
  { rule: "xh-auth-mismatch", holders: onBoth },
  { rule: "xh-auth-mismatch", example: 1, holders: onBoth },
  { rule: "xh-auth-one-sided", holders: onBoth },
  { rule: "xh-auth-one-sided", example: 1, holders: onBoth },
  { rule: "xh-multicast-group-mismatch", holders: onBoth },
  { rule: "xh-unicast-vs-multicast", holders: onBoth },
  { rule: "xh-unicast-vs-multicast", example: 1, holders: onBoth },
  { rule: "xh-unicast-peer-missing", holders: onBoth },
  { rule: "xh-unicast-peer-missing", example: 1, holders: onA, withoutA: onB },
  { rule: "xh-unicast-partial-mesh", holders: onA, withoutA: { [vip]: ["b", "c"] } },
  { rule: "xh-unicast-src-not-listed-by-peer", holders: onBoth },
  {
    rule: "xh-vip-set-mismatch",
    holders: { ...onBoth, "10.0.0.101": ["a"] },
    withoutA: { ...onB, "10.0.0.101": [] },
  },
  { rule: "xh-vip-excluded-placement", holders: { ...onBoth, "10.0.0.101": ["a", "b"] } },
  {
    rule: "xh-excluded-vip-mismatch",
    holders: { ...onA, "10.0.1.100": ["a"], "10.0.2.100": ["a"] },
    withoutA: { ...onB, "10.0.1.100": ["b"], "10.0.2.100": [] },
  },
  {
    rule: "xh-instance-without-peer",
    holders: { ...onA, "10.0.0.110": ["a"] },
    withoutA: { ...onB, "10.0.0.110": [] },
  },
  { rule: "xh-vip-owned-by-two-vrids", holders: { ...onA, "10.0.0.110": ["b"], "10.0.0.102": ["a", "b"] } },
  { rule: "xh-address-family-flip", holders: { ...onA, "fd00::100": ["b"] } },
  { rule: "xh-interface-crossed", holders: { ...onBoth, "192.0.2.10": ["a", "b"] } },
  { rule: "xh-auth-differs-beyond-8", holders: onA, withoutA: onB },
  { rule: "xh-state-master-on-lower-priority", holders: onA, withoutA: onB },
];

/** A host of a fleet that is quick, with version 3. */
const quick = (priority: number, ...lines: readonly string[]) =>
  file(instance("version 3", "advert_int 0.3", `priority ${priority}`, ...lines));

const peers = (...addresses: readonly string[]) => block("unicast_peer", ...addresses);

function caseTexts(name: string): Texts {
  const folder = `test/cases/${name}`;
  const files = filesBelow(folder).filter((path) => path.endsWith(".conf"));
  return Object.fromEntries(files.map((path) => [path.slice(folder.length + 1), textOf(path)]));
}

const soundFleets: readonly (readonly [string, Texts])[] = [
  ["multicast, version 2, password", caseTexts("sound-multicast-pair")],
  ["two clusters in one network", caseTexts("sound-two-clusters")],
  ["IPv4 and IPv6 in one sync group", caseTexts("sound-dual-stack-group")],
  ["three unicast hosts with a script", caseTexts("sound-unicast-trio")],
  ["multicast, version 3", { "a.conf": quick(150), "b.conf": quick(100) }],
  [
    "three multicast hosts",
    { "a.conf": quick(100), "b.conf": quick(200, "state MASTER"), "c.conf": quick(150) },
  ],
  [
    "unicast",
    {
      "a.conf": quick(150, "unicast_src_ip 10.0.0.1", peers("10.0.0.2")),
      "b.conf": quick(100, "unicast_src_ip 10.0.0.2", peers("10.0.0.1")),
    },
  ],
  [
    "IPv6",
    {
      "a.conf": quick(150, block("virtual_ipaddress", "fe80::100/64", "fd00::100/64")),
      "b.conf": quick(100, block("virtual_ipaddress", "fe80::100/64", "fd00::100/64")),
    },
  ],
];

const nopreempt: Texts = {
  "a.conf": quick(150, "state BACKUP", "nopreempt"),
  "b.conf": quick(100, "state BACKUP", "nopreempt"),
};

const rulesNamed = (texts: Texts) => lintTexts(texts).map(({ rule }) => rule);

/** Reports that say that something is wrong or will bite. */
const troubles = (texts: Texts) =>
  lintTexts(texts).filter(({ severity }) => severity === "error" || severity === "warning");

function exampleOf({ rule, example = 0 }: Claim): { texts: Texts; fixed: Texts | undefined } {
  const bad = rules.find(({ id }) => id === rule)?.bad()[example];
  if (!bad) throw new Error(`${rule} has no bad example ${example}.`);
  return {
    texts: unmarked(bad.input).texts,
    fixed: bad.fixed === undefined ? undefined : textsOf(bad.fixed),
  };
}

describe.runIf(needsLab()).concurrent("on real daemons", () => {
  describe.each(claims)("$rule", (claim) => {
    const { texts, fixed } = exampleOf(claim);

    test("the linter names it", () => {
      expect(rulesNamed(texts)).toContain(claim.rule);
      if (fixed) expect(rulesNamed(fixed)).not.toContain(claim.rule);
    });

    test("the hosts do as it says, and work after its fix", () =>
      withLab(planOf(texts), async (lab) => {
        startAll(lab, texts);
        await settle(lab, texts, claim.holders);
        if (claim.withoutA) {
          await lab.host("a").crash();
          await settle(lab, texts, claim.withoutA);
        }
        if (!fixed) return;
        await Promise.all(lab.hosts.map((host) => host.stop()));
        if (claim.withoutA) await lab.host("a").boot();
        startAll(lab, fixed);
        await settle(lab, fixed, modelHolders(fixed, takeoverOrder(fixed)));
      }));
  });

  test("xh-unicast-src-swapped: a host without its source address is in FAULT", async () => {
    const { texts } = exampleOf({ rule: "xh-unicast-src-swapped", holders: {} });
    expect(rulesNamed(texts)).toContain("xh-unicast-src-swapped");
    await withLab(planOf(texts), async (lab) => {
      startAll(lab, texts);
      await settle(lab, texts, onA);
      await lab.until("b tells of FAULT", () => lab.host("b").log.some(({ text }) => text.includes("FAULT")));
    });
  });

  describe.each(soundFleets)("sound: %s", (_, texts) => {
    test("the linter has nothing against it", () => {
      expect(troubles(texts)).toEqual([]);
    });

    test("every address is on one host, and goes on in the order of takeover", () =>
      withLab(planOf(texts), async (lab) => {
        const order = takeoverOrder(texts);
        startAll(lab, texts);
        await settle(lab, texts, modelHolders(texts, order));
        for (const [index, name] of order.slice(0, -1).entries()) {
          await lab.host(name).crash();
          const alive = order.slice(index + 1);
          await settle(lab, texts, modelHolders(texts, alive));
        }
      }));
  });

  test("sound: nopreempt on both hosts, so that the addresses stay where they are", async () => {
    expect(troubles(nopreempt)).toEqual([]);
    await withLab(planOf(nopreempt), async (lab) => {
      const [a, b] = [lab.host("a"), lab.host("b")];
      a.start(nopreempt["a.conf"]);
      await settle(lab, nopreempt, onA);
      b.start(nopreempt["b.conf"]);
      await settle(lab, nopreempt, onA);
      await a.crash();
      await settle(lab, nopreempt, onB);
      await a.boot();
      const lines = a.log.length;
      a.start();
      await lab.until("a is up again", () =>
        a.log.slice(lines).some(({ text }) => text.includes("Entering BACKUP STATE")),
      );
      await settle(lab, nopreempt, onB);
      await b.crash();
      await settle(lab, nopreempt, onA);
    });
  });
});
