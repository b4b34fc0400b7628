import { defineConfig } from "vitest/config";

/** Tests on hosts of the lab, real daemons and real time among them: one file at a time, with nothing beside it. */
const labs = [
  "test/lab/**",
  "test/run/**",
  "test/support/lab.test.ts",
  "test/simulate/{real,differential}.test.ts",
];
const tests = "test/**/*.test.ts";

export default defineConfig({
  test: {
    // Generous, because slow build machines are no failure; a test that hangs still ends.
    testTimeout: 60_000,
    globalSetup: ["scripts/grammar.mjs"],
    projects: [
      {
        extends: true,
        test: {
          name: "quick",
          include: [tests],
          exclude: labs,
          setupFiles: ["test/setup.ts"],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "lab",
          include: labs.map((pattern) => (pattern.endsWith("**") ? `${pattern}/*.test.ts` : pattern)),
          setupFiles: ["test/setup.ts"],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
