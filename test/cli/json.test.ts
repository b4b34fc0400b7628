import { describe, expect, test } from "vitest";
import { runLint } from "../support/command.ts";
import { longPassword, soundHost, unknownLine } from "../support/conf.ts";
import { folderOf } from "../support/folder.ts";

function documentOf(files: Readonly<Record<string, string>>, ...words: readonly string[]): unknown {
  const cwd = folderOf(files).path;
  const { out } = runLint(["--format", "json", ...words, ...Object.keys(files)], { cwd });
  return JSON.parse(out);
}

describe("--format json", () => {
  test("files, routers, diagnostics and summary, and nothing else", () => {
    const document = documentOf({
      "a.conf": soundHost(150, ...longPassword),
      "b.conf": soundHost(100, ...longPassword),
    });
    const finding = (file: string) => ({
      file,
      line: 13,
      column: 19,
      endLine: 13,
      endColumn: 32,
      severity: "warning",
      rule: "vrrp-auth-pass-too-long",
      message: expect.stringContaining("13 bytes"),
      related: [],
      fixable: true,
    });
    expect(document).toStrictEqual({
      version: 1,
      files: [
        { path: "a.conf", host: "a" },
        { path: "b.conf", host: "b" },
      ],
      routers: [
        {
          vrid: 51,
          family: 4,
          members: [
            { file: "a.conf", instance: "VI_1", priority: 150 },
            { file: "b.conf", instance: "VI_1", priority: 100 },
          ],
        },
      ],
      diagnostics: [finding("a.conf"), finding("b.conf")],
      summary: { errors: 0, warnings: 2, infos: 0, hints: 0 },
    });
  });

  test("related places name file, range and message", () => {
    const { diagnostics } = documentOf({ "a.conf": soundHost(100), "b.conf": soundHost(100) }) as {
      diagnostics: { rule: string; related: unknown[]; fixable: boolean }[];
    };
    const tie = diagnostics.find(({ rule }) => rule === "xh-priority-tie");
    expect(tie?.related[0]).toStrictEqual({
      file: "b.conf",
      line: 9,
      column: 14,
      endLine: 9,
      endColumn: 17,
      message: expect.any(String),
    });
  });

  test("counts by severity", () => {
    const words = ["--rule", "xh-priority-tie=info"];
    const { summary } = documentOf(
      { "a.conf": soundHost(100, unknownLine), "b.conf": soundHost(100, ...longPassword) },
      ...words,
      ...["--rule", "vrrp-auth-pass-too-long=hint", "--rule", "xh-auth-one-sided=off"],
    ) as { summary: unknown };
    expect(summary).toEqual({ errors: 1, warnings: 0, infos: 2, hints: 1 });
  });

  test("--takeover adds addresses, order and times to the routers", () => {
    const { routers } = documentOf({ "b.conf": soundHost(100), "a.conf": soundHost(150) }, "--takeover") as {
      routers: unknown[];
    };
    expect(routers).toStrictEqual([
      {
        vrid: 51,
        family: 4,
        addresses: ["10.0.0.100"],
        members: [
          {
            file: "a.conf",
            instance: "VI_1",
            priority: 150,
            host: "a",
            takeoverSeconds: 3.414062,
            tied: false,
            uncertain: false,
          },
          {
            file: "b.conf",
            instance: "VI_1",
            priority: 100,
            host: "b",
            takeoverSeconds: 3.609375,
            tied: false,
            uncertain: false,
          },
        ],
      },
    ]);
  });
});
