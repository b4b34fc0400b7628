/** The tutorial's two hosts, run for real: as written, and with the linter's safe fixes. */
import { describe, expect, test, vi } from "vitest";
import { applyFixes } from "../../src/edits.ts";
import { lintTexts } from "../support/fleet.ts";
import { type Holders, type LabHost, needsLab, withLab } from "../support/lab.ts";
import { textOf } from "../support/project.ts";
import { modelHolders, settle, startAll, type Texts } from "./fleets.ts";

vi.setConfig({ testTimeout: 300_000 });

const written: Texts = {
  "a.conf": textOf("examples/tutorial/host-a.conf"),
  "b.conf": textOf("examples/tutorial/host-b.conf"),
};

function mended(): Texts {
  const safe = lintTexts(written).flatMap(({ fixes }) => fixes.filter((fix) => fix.safe));
  return { ...written, ...Object.fromEntries(applyFixes(new Map(Object.entries(written)), safe)) };
}

const plan = { a: { eth0: ["10.101.1.185/22"] }, b: { eth0: ["10.101.1.186/22"] } };
const asTaught = {
  "10.101.0.101": ["a"],
  "10.101.0.102": ["a"],
  "10.101.0.107": ["b"],
  "10.101.0.108": ["b"],
};

interface Way {
  readonly way: string;
  leave(host: LabHost): Promise<void>;
  comeBack(host: LabHost): Promise<void> | void;
  /** Nobody removes the addresses from the host that is gone. */
  readonly leavesBehind: boolean;
}

const ways: readonly Way[] = [
  {
    way: "without power",
    leave: (host) => host.crash(),
    comeBack: async (host) => {
      await host.boot();
      host.start();
    },
    leavesBehind: false,
  },
  {
    way: "whose daemon is stopped (SIGTERM)",
    leave: (host) => host.stop(),
    comeBack: (host) => host.start(),
    leavesBehind: false,
  },
  {
    way: "whose daemon is killed (SIGKILL)",
    leave: (host) => host.kill(),
    comeBack: (host) => host.start(),
    leavesBehind: true,
  },
];

/** Every address on a living host, and those of a dead daemon on the dead one's host as well. */
function without(texts: Texts, gone: string, { leavesBehind }: Way): Holders {
  const alive = Object.keys(plan).filter((name) => name !== gone);
  const after = modelHolders(texts, alive);
  if (!leavesBehind) return after;
  const left = ([address, holders]: [string, readonly string[]]) => {
    const stays = modelHolders(texts, Object.keys(plan))[address]?.includes(gone);
    return [address, stays ? [...holders, gone] : holders];
  };
  return Object.fromEntries(Object.entries(after).map(left));
}

const files = [
  ["as written", written],
  ["mended by the linter", mended()],
] as const;
const everyWay = ways.flatMap((way) => Object.keys(plan).map((gone) => ({ ...way, gone })));

describe.runIf(needsLab()).concurrent("the tutorial's pair", () => {
  test("has something to mend", () => {
    expect(mended()).not.toEqual(written);
  });

  describe.each(files)("%s", (_, texts) => {
    test("the model puts two addresses on each host", () => {
      expect(modelHolders(texts, ["a", "b"])).toEqual(asTaught);
    });

    test.each(everyWay)("host $gone $way: the other one holds all four until it is back", (way) =>
      withLab(plan, async (lab) => {
        const host = lab.host(way.gone);
        startAll(lab, texts);
        await settle(lab, texts, asTaught);
        await way.leave(host);
        await settle(lab, texts, without(texts, way.gone, way));
        await way.comeBack(host);
        await settle(lab, texts, asTaught);
      }),
    );
  });
});
