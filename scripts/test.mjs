/**
 * `npm test`: installs when needed, builds, checks types and style, runs every test. Words after `npm test --` go to
 * vitest. The last line is the count, "12 passed, 0 failed"; types and style count as one each.
 */
import { build } from "./build.mjs";
import { check } from "./check.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { say } from "./steps.mjs";

const count = { passed: 0, failed: 0 };

try {
  ensureInstalled();
  say("Building …");
  await build();
  say("Checking types and style …");
  const checks = check();
  count.passed += checks.passed.length;
  count.failed += checks.failed.length;
  say("Running the tests …");
  await runTests(process.argv.slice(2));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  count.failed += 1;
}
console.log(`\n${count.passed} passed, ${count.failed} failed`);
// Vitest may have set an exit code of its own; a failure must never leave with 0.
process.exitCode = count.failed > 0 ? 1 : process.exitCode;

/** Runs vitest in this process and adds up its own list of results. */
async function runTests(args) {
  const { parseCLI, startVitest } = await import("vitest/node");
  const { filter, options } = parseCLI(["vitest", "run", ...args]);
  const vitest = await startVitest("test", filter, { ...options, watch: false });
  const modules = vitest.state.getTestModules();
  for (const module of modules) {
    // A file that does not even load has errors of its own and no tests.
    count.failed += module.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") count.passed += 1;
      if (state === "failed" || state === "pending") count.failed += 1;
    }
  }
  count.failed += vitest.state.getUnhandledErrors().length;
  if (modules.length === 0) count.failed += 1;
  await vitest.close();
}
