import { defineConfig } from "vitest/config";

/** Tests on hosts of the lab, real daemons and real time among them; they wait more than they work. */
const labs = [
  "test/lab/**/*.test.ts",
  "test/run/**/*.test.ts",
  "test/support/lab.test.ts",
  "test/simulate/{real,differential}.test.ts",
];
/** Daemons held against each other in labs at the same time; with nothing beside them. */
const races = ["test/run/lab/*.test.ts"];
const labsAtOnce = 16;
/** They are on their own, and mostly wait. */
const racesAtOnce = 24;
const tests = "test/**/*.test.ts";
/** Tests that put something else in the place of a module, for which it has to be loaded anew. */
const alone = ["test/cli/write-linkless.test.ts"];

export default defineConfig({
  test: {
    // Generous, because slow build machines are no failure; a test that hangs still ends.
    testTimeout: 60_000,
    globalSetup: ["scripts/grammar.mjs"],
    projects: [
      {
        extends: true,
        test: { name: "alone", include: alone, setupFiles: ["test/setup.ts"], sequence: { groupOrder: 3 } },
      },
      {
        extends: true,
        test: {
          name: "quick",
          include: [tests],
          exclude: [...labs, ...alone],
          // Loading everything anew for each file would take as long as half of the tests.
          isolate: false,
          setupFiles: ["test/setup.ts"],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "lab",
          include: labs,
          exclude: races,
          setupFiles: ["test/setup.ts"],
          isolate: false,
          maxWorkers: 2,
          maxConcurrency: labsAtOnce,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "race",
          include: races,
          setupFiles: ["test/setup.ts"],
          maxWorkers: 1,
          maxConcurrency: racesAtOnce,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
