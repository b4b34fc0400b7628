import { expect, test } from "vitest";
import { lackedRights } from "../../../src/run/linux/capabilities.ts";

test.each([
  ["000001ffffffffff", undefined],
  ["0000000000003000", undefined],
  ["0000000000001000", "this user lacks CAP_NET_RAW;"],
  ["0000000000000000", "this user lacks CAP_NET_ADMIN and CAP_NET_RAW;"],
])("with the capabilities %s", (effective, expected) => {
  const lacked = lackedRights(`CapPrm:\t0000000000000000\nCapEff:\t${effective}\n`);
  expect(lacked === undefined ? undefined : lacked.slice(0, expected?.length)).toBe(expected);
});
