import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Generous, because slow build machines are no failure; a test that hangs still ends.
    testTimeout: 60_000,
    globalSetup: ["scripts/grammar.mjs"],
    setupFiles: ["test/setup.ts"],
  },
});
