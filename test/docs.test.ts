import { describe, expect, test } from "vitest";
import { pages } from "../scripts/generate-docs.ts";
import { textOf } from "./support/project.ts";

describe("generated pages are current (npm run docs writes them)", () => {
  test.each([...pages()])("%s", (file, text) => {
    expect(textOf(file)).toBe(text);
  });
});

test.each([...pages()])("%s is text without control characters", (_, text) => {
  expect(text.match(/(?![\n\t])\p{Cc}/gu)).toBeNull();
});
