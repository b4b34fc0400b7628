import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { bundled } from "./programs.ts";

const { paths } = bundled("src/run/linux/compiled-code.ts");

/** Calls functions once, lets V8 collect garbage of its own accord, and prints which part of their code is left. */
const story = `
  const { getHeapCodeStatistics } = await import("node:v8");
  const { PerformanceObserver, constants } = await import("node:perf_hooks");
  const size = () => getHeapCodeStatistics().bytecode_and_metadata_size;
  const lines = Array.from({ length: 50 }, (_, at) => "sum += " + at + " * given;").join("");
  const functions = Array.from({ length: 1000 }, () => new Function("given", "let sum = 0;" + lines + "return sum;"));
  for (const each of functions) each(1);
  const before = size();
  let collections = 0;
  new PerformanceObserver((list) => {
    for (const { detail } of list.getEntries()) if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) collections += 1;
  }).observe({ entryTypes: ["gc"] });
  for (let kept = []; collections < 12; await new Promise(setImmediate)) {
    kept.push(Array.from({ length: 2000 }, (_, at) => ({ at })));
    if (kept.length > 100) kept = [];
  }
  process.stdout.write(String(size() / before));
  process.exit(functions.length === 1000 ? 0 : 1);`;

test("code that is seldom run stays compiled", () => {
  const before = `(await import(${JSON.stringify(paths[0])})).keepCompiled();`;
  // A small heap is collected often.
  const words = ["--max-old-space-size=40", "--input-type=module", "-e", `${before}${story}`];
  expect(Number(execFileSync(process.execPath, words, { encoding: "utf8" }))).toBeGreaterThan(0.8);
});
