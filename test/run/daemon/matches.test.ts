/** Which events of the machine are about what the daemon has put there. */
import { expect, test } from "vitest";
import { isAbout } from "../../../src/run/daemon/matches.ts";
import { block, instanceFor, oneAddress, withInstance } from "../support.ts";

const text = withInstance(
  oneAddress,
  block("virtual_routes", "10.9.0.0/24 via 10.0.0.9 dev eth0", "10.8.0.1 dev eth0 table 7 metric 5"),
  block("virtual_rules", "from 10.9.0.0/24 table 7 preference 100"),
);
const { resources } = instanceFor(text);
const gone = true;
const family = 4;
const about = (event: Parameters<typeof isAbout>[0]) =>
  resources.flatMap((resource, index) => (isAbout(event, resource) ? [`${resource.kind} ${index}`] : []));
const places = (kind: string) =>
  resources.flatMap((resource, index) => (resource.kind === kind ? [`${resource.kind} ${index}`] : []));

test("addresses", () => {
  const address = { what: "address", gone, family, address: "10.0.0.100", prefix: 24 } as const;
  expect(about({ ...address, interface: "eth0" })).toEqual(places("address"));
  expect(about({ ...address, interface: "eth1" })).toEqual([]);
});

test.each([
  ["10.9.0.0/24 via 10.0.0.9 dev eth0 proto keepalived ", 0],
  ["10.9.0.0/24 via 10.0.0.9 dev eth0 proto 18", 0],
  ["10.8.0.1 dev eth0 table 7 proto keepalived scope global metric 5", 1],
  ["10.9.0.0/24 via 10.0.0.8 dev eth0 proto keepalived", undefined],
  ["10.9.0.0/24 via 10.0.0.9 dev eth0 proto static", undefined],
  ["10.8.0.1 dev eth0 proto keepalived metric 5", undefined],
  ["10.9.0.0/25 via 10.0.0.9 dev eth0 proto keepalived", undefined],
])("route %s", (line, which) => {
  const expected = which === undefined ? [] : [places("route")[which]];
  expect(about({ what: "route", gone, family, text: line })).toEqual(expected);
});

test.each([
  ["100: from 10.9.0.0/24 lookup 7 proto keepalived", true],
  ["100: from 10.9.0.0/24 lookup 7", false],
  ["101: from 10.9.0.0/24 lookup 7 proto keepalived", false],
])("rule %s", (line, ours) => {
  expect(about({ what: "rule", gone, family, text: line })).toEqual(ours ? places("rule") : []);
});
