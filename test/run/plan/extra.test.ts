/** Announcements on further interfaces (garp_extra_if). */
import { expect, test } from "vitest";
import { planWords } from "../../../src/run/plan/print.ts";
import { block, instanceFor, oneAddress, planFor, withInstance } from "../support.ts";

const further = block(
  "virtual_ipaddress_excluded",
  "10.1.0.7/24 dev eth1",
  "10.1.0.8/24 dev eth1",
  "10.0.0.9/24",
);
const virtual = block("virtual_ipaddress_excluded", "10.1.0.7/24 dev eth1 use_vmac");

/** Seconds, and `interface address` of each. */
function told(lines: readonly string[], global = ""): unknown {
  const globals = global === "" ? "" : `${block("global_defs", global)}\n`;
  const { extra } = instanceFor(`${globals}${withInstance(oneAddress, ...lines)}`);
  return (
    extra && [extra.interval / 1e6, ...extra.announcements.map((each) => `${each.interface} ${each.address}`)]
  );
}

test.each([
  ["all interfaces, the first address of each", ["garp_extra_if all 7", further], "", [7, "eth1 10.1.0.7"]],
  ["virtual ones only", ["garp_extra_if 7", further], "", undefined],
  ["a virtual one", ["garp_extra_if 7", virtual], "", [7, "vrrp.51 10.1.0.7"]],
  ["the old name", ["vmac_garp_intvl all 7", further], "", [7, "eth1 10.1.0.7"]],
  ["the global line", [further], "vrrp_garp_extra_if all 9", [9, "eth1 10.1.0.7"]],
  ["its own line counts", ["garp_extra_if 0", further], "vrrp_garp_extra_if all 9", undefined],
  ["no other interface", ["garp_extra_if all 7"], "", undefined],
  [
    "its own where adverts leave by the one below",
    ["garp_extra_if all 7", "use_vmac", "vmac_xmit_base", further],
    "",
    [7, "vrrp.51 10.0.0.100", "eth1 10.1.0.7"],
  ],
])("%s", (_, lines, global, expected) => {
  expect(told(lines, global)).toEqual(expected);
});

test("it is said in words", () => {
  const words = planWords(planFor(withInstance(oneAddress, "garp_extra_if all 7", further)));
  expect(words).toContain("  announces itself on eth1 every 7 s as master");
});
