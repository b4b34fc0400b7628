/** The tutorial's pair as vrrp-lint mends it, with a third host whose ARP table must follow. */
import { applyFixes } from "../../../../src/edits.ts";
import { lintTexts } from "../../../support/fleet.ts";
import { textOf } from "../../../support/project.ts";
import { dies, linkDown, linkUp, losesPower, on, returns, starts, stops } from "../deeds.ts";
import type { Chapter, Scenario } from "../scenario.ts";
import type { Stage } from "../stage.ts";

const written = {
  "a.conf": textOf("examples/tutorial/host-a.conf"),
  "b.conf": textOf("examples/tutorial/host-b.conf"),
};

/** The files after `vrrp-lint --fix`, by name. */
export function mended(): Readonly<Record<string, string>> {
  const safe = lintTexts(written).flatMap(({ fixes }) => fixes.filter((fix) => fix.safe));
  return { ...written, ...Object.fromEntries(applyFixes(new Map(Object.entries(written)), safe)) };
}

const texts = mended();
const first = ["10.101.0.101", "10.101.0.102"];
const second = ["10.101.0.107", "10.101.0.108"];
const all = [...first, ...second];
const asTaught = { ...on(first, "a"), ...on(second, "b") };

/** Where the third host would send packets for these addresses, by its own table. */
async function followed(stage: Stage, addresses: readonly string[], to: string): Promise<void> {
  const mac = stage.host(to).ports[0]?.mac;
  for (const address of addresses) {
    await stage.until(`c finds ${address} on ${to}`, async () =>
      (await stage.host("c").ip("neighbour", "show", address)).includes(` ${mac} `),
    );
    await stage.must("c", "ping", "-n", "-c", "1", "-W", "2", address);
  }
}

const allFollow = (host: string) => (stage: Stage) => followed(stage, all, host);
const followAsTaught = async (stage: Stage) => {
  await followed(stage, first, "a");
  await followed(stage, second, "b");
};

/** The neighbour table of the third host knows the addresses from now on. */
const known = async (stage: Stage) => {
  for (const address of all) await stage.must("c", "ping", "-n", "-c", "1", "-W", "2", address);
};

const booted: readonly Chapter[] = [starts("a", on(all, "a"), known), starts("b", asTaught, followAsTaught)];

/** A host goes in every way, and comes back each time. */
function goesAndComes(host: "a" | "b"): readonly Chapter[] {
  const other = host === "a" ? "b" : "a";
  const gone = [on(all, other), allFollow(other)] as const;
  const back = [asTaught, followAsTaught] as const;
  return [
    ...booted,
    dies(host, ...gone),
    starts(host, ...back),
    stops(host, ...gone),
    starts(host, ...back),
    linkDown(host, "eth0", ...gone),
    linkUp(host, "eth0", ...back),
    losesPower(host, ...gone),
    returns(host, ...back),
  ];
}

export const tutorial = (["a", "b"] as const).map(
  (host): Scenario => ({
    name: `the tutorial's pair: host ${host} goes and comes back`,
    hosts: {
      a: { eth0: ["10.101.1.185/22"] },
      b: { eth0: ["10.101.1.186/22"] },
      c: { eth0: ["10.101.1.187/22"] },
    },
    watchers: ["c"],
    text: (host) => texts[`${host}.conf`] ?? "",
    rest: 4.6,
    story: goesAndComes(host),
  }),
);
