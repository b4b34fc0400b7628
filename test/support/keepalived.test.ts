import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { judge, keepalivedRelease, needsPeer, readComplaints } from "./keepalived.ts";

const sound = `global_defs {
    router_id a
}
vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 51
    virtual_ipaddress {
        192.0.2.1/24
    }
}
`;

describe("readComplaints", () => {
  const kinds: readonly (readonly [string, string])[] = [
    ["Unknown keyword 'foo'", "unknown-keyword"],
    ["Unknown keyword '}'", "extra-close"],
    ["Extra '}' found", "extra-close"],
    ["Unexpected '{' - ignoring", "unexpected-open"],
    ["Missing '{' at beginning of configuration block", "missing-open"],
    ["There are 1 missing '}'s or extra '{'s", "missing-close"],
    ["Unterminated quote 'router_id \"abc'", "unmatched-quote"],
    ["Unmatched quote: 'router_id \"abc'", "unmatched-quote"],
    ["String 'x 'y': missing terminating '", "unmatched-quote"],
    [
      "*** Configuration line starting `path` is missing a parameter after keyword `path` at word position 2",
      "missing-value",
    ],
    ["number '0' outside range [1, 255]", "other"],
  ];

  it.each(kinds)("takes %j as %s", (message, kind) => {
    expect(readComplaints(`(a.conf: Line 7) ${message}\n`, "main.conf")).toEqual([
      { kind, file: "a.conf", line: 7, message },
    ]);
  });

  it("keeps a complaint once, whether a pass names the file or not", () => {
    const output = "(Line 2) Unknown keyword 'x'\n(main.conf: Line 2) Unknown keyword 'x'\n\n";
    expect(readComplaints(output, "main.conf")).toHaveLength(1);
  });

  it("keeps the same message of different lines and files", () => {
    const output = [
      "(Line 2) Unknown keyword 'x'",
      "(Line 3) Unknown keyword 'x'",
      "(b: Line 2) Unknown keyword 'x'",
    ];
    expect(readComplaints(output.join("\n"), "main.conf")).toHaveLength(3);
  });

  it("leaves the line open when keepalived names none", () => {
    expect(readComplaints("(VI_1) the virtual router id must be set\n", "main.conf")).toEqual([
      {
        kind: "other",
        file: "main.conf",
        line: undefined,
        message: "(VI_1) the virtual router id must be set",
      },
    ]);
  });

  it("takes a colon and brackets in a file's name", () => {
    const [complaint] = readComplaints("(a (1): b.conf: Line 12) Unknown keyword 'x'", "main.conf");
    expect(complaint).toMatchObject({ file: "a (1): b.conf", line: 12 });
  });
});

describe.runIf(needsPeer())("judge", () => {
  it("knows the release", () => {
    expect(keepalivedRelease()).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("accepts a sound file and complains about a broken one, in order", async () => {
    const broken = `${sound}wrong 1\nvrrp_instance VI_2\nstate BACKUP\n`;
    const [first, second, third] = await judge([{ text: sound }, { text: broken }, { text: sound }]);
    expect(first).toEqual({ exitCode: 0, crashed: false, timedOut: false, complaints: [] });
    expect(second).toMatchObject({ exitCode: 5, crashed: false, timedOut: false });
    expect(second?.complaints).toContainEqual({
      kind: "unknown-keyword",
      file: "keepalived.conf",
      line: 11,
      message: "Unknown keyword 'wrong'",
    });
    expect(second?.complaints.map(({ kind }) => kind)).toContain("missing-open");
    expect(third?.complaints).toEqual([]);
  });

  it("has the interfaces the caller names and no others", async () => {
    const text = sound.replace("eth0", "bond0.12");
    const [named] = await judge([{ text }], { interfaces: ["eth0", "bond0.12"] });
    const [other] = await judge([{ text }]);
    expect(named?.complaints).toEqual([]);
    expect(other?.complaints.map(({ message }) => message).join("\n")).toContain("bond0.12");
  });

  it("reads includes and names their files", async () => {
    const files = { "main.conf": "include parts/*.conf\n", "parts/x.conf": "\nwrong 1\n" };
    const [verdict] = await judge([{ files }]);
    expect(verdict?.complaints).toMatchObject([{ kind: "unknown-keyword", file: "parts/x.conf", line: 2 }]);
  });

  it("passes the config-id on", async () => {
    const text = `@one wrong 1\n${sound}`;
    const [one] = await judge([{ text }], { configId: "one" });
    const [two] = await judge([{ text }], { configId: "two" });
    expect([one?.exitCode, two?.exitCode]).toEqual([5, 0]);
  });

  it("tells a crash and a time limit from a verdict", async () => {
    const directory = mkdtempSync(join(tmpdir(), "stand-in-"));
    const program = join(directory, "stand-in");
    const standIn =
      '#!/bin/sh\nfor word; do file=$word; done\ngrep -q crash "$file" && kill -SEGV $$\nexec tail -f /dev/null\n';
    writeFileSync(program, standIn, { mode: 0o755 });
    const [crash, loop] = await judge([{ text: "crash" }, { text: "loop" }], { limit: 0.2, program });
    rmSync(directory, { recursive: true });
    expect(crash).toMatchObject({ crashed: true, timedOut: false, complaints: [] });
    expect(loop).toMatchObject({ crashed: false, timedOut: true, complaints: [] });
  });

  it("says so when an interface cannot be made", async () => {
    await expect(
      judge([{ text: sound }], { interfaces: ["a-name-longer-than-interfaces-have"] }),
    ).rejects.toThrow("namespace");
  });
});
