import { expect, test } from "vitest";
import { editDistance, nearest } from "../../src/schema/nearest.ts";

test.each([
  ["", "", 0],
  ["abc", "", 3],
  ["kitten", "sitting", 3],
  ["BACUP", "BACKUP", 1],
  ["ngnix", "nginx", 1],
])("%s is %s after %i changes", (from, to, changes) => {
  expect(editDistance(from, to)).toBe(changes);
  expect(editDistance(to, from)).toBe(changes);
});

test.each([
  ["chk_ngnix", ["chk_haproxy", "chk_nginx"], "chk_nginx"],
  ["chk,", ["chk"], "chk"],
  ["Priority", ["priority", "state"], "priority"],
  ["web", ["dns", "mail"], undefined],
  ["VI_1", ["VI_1"], undefined],
])("%s of %j is meant as %s", (name, candidates, meant) => {
  expect(nearest(name, candidates)).toBe(meant);
});
