import { describe, expect, test } from "vitest";
import { columnsOf, harmless, wrap } from "../../src/cli/columns.ts";
import { frame } from "../../src/cli/frame.ts";
import { lineMap } from "../../src/lines.ts";
import { runLint } from "../support/command.ts";
import { longPassword, soundHost, unknownLine } from "../support/conf.ts";
import { folderOf } from "../support/folder.ts";

describe("a diagnostic as text", () => {
  const report = (files: Readonly<Record<string, string>>, columns?: number) => {
    const surroundings = columns === undefined ? {} : { columns };
    return runLint(Object.keys(files), { cwd: folderOf(files).path, ...surroundings }).out;
  };

  test("place, severity, message, code, caret, fix, rule and how to learn more", () => {
    const text = report({ "a.conf": soundHost(150, ...longPassword) });
    expect(text).toMatch(/^a\.conf:13:19 warning /);
    expect(text).toContain(
      ["   13 |         auth_pass 1-internal-ha", "      |                   ^^^^^^^^^^^^^"].join("\n"),
    );
    expect(text).toContain("\n  fix: Write 1-intern (--fix does it)\n");
    expect(text).toContain(
      "\n  rule vrrp-auth-pass-too-long: run vrrp-lint --explain vrrp-auth-pass-too-long\n",
    );
    expect(text).toMatch(/\n0 errors, 1 warning in 1 host, 1 virtual router\. --fix mends 1\.\n$/);
  });

  test("the place in the other host's file, with its own frame", () => {
    const text = report({ "a.conf": soundHost(100), "b.conf": soundHost(100) });
    expect(text).toContain("a.conf:9:14 warning ");
    expect(text).toMatch(
      /\n {2}b\.conf:9:14 has the same priority\n {4}9 \| {5}priority 100\n {6}\| {14}\^\^\^\n/,
    );
    expect(text).toContain("\n  possible fix: Set priority 90 in b.conf\n");
  });

  test("hosts of one file are told apart by their names, and standard input is called that", () => {
    const both = soundHost(100).replace("priority 100", "priority 100 # @a and @b");
    const twice = both.replace("    state", "    @a state BACKUP\n    @b state BACKUP\n    state");
    const { path: cwd } = folderOf({ "c.conf": twice });
    const { out } = runLint(["--host", "a=c.conf", "--host", "b=c.conf"], { cwd });
    expect(out).toContain("The priority is 100 here and in host b too.");
    expect(runLint(["c.conf"], { cwd }).out).toContain("The priority is 100 here and in host b too.");
    const alone = folderOf({ "c.conf": soundHost(100) });
    const { out: piped } = runLint(["c.conf", "-"], { cwd: alone.path, input: soundHost(100) });
    expect(piped.replaceAll(/\s+/g, " ")).toContain("The priority is 100 here and in standard input too.");
  });

  test("file by file in the order given, from top to bottom", () => {
    const bad = (priority: number) => soundHost(priority, ...longPassword, unknownLine);
    const text = report({ "b.conf": bad(150), "a.conf": bad(100) });
    const places = [...text.matchAll(/^(\S+):(\d+):\d+ (?:error|warning)/gm)].map(
      ([, file, line]) => `${file} ${line}`,
    );
    expect(places).toEqual(["b.conf 13", "b.conf 15", "a.conf 13", "a.conf 15"]);
  });

  test("sound hosts get one line", () => {
    expect(report({ "a.conf": soundHost(150), "b.conf": soundHost(100) })).toBe(
      "No problems in 2 hosts, 1 virtual router.\n",
    );
  });

  test("no line is wider than 80 columns when there is no terminal, nor wider than the terminal", () => {
    const files = {
      "a.conf": soundHost(100, ...longPassword, `${unknownLine} ${"x".repeat(300)}`),
      "b.conf": soundHost(100),
    };
    const wide = (width: number, columns?: number) =>
      report(files, columns)
        .split("\n")
        .filter((line) => columnsOf(withoutColours(line)) > width);
    expect(wide(80)).toEqual([]);
    expect(wide(66, 66)).toEqual([]);
    expect(wide(51, 51)).toEqual([]);
    expect(report(files, 51)).not.toMatch(/ \n/);
  });
});

const escapeSign = String.fromCharCode(27);

function withoutColours(text: string): string {
  return text.replaceAll(new RegExp(`${escapeSign}\\[\\d+m`, "g"), "");
}

describe("colours", () => {
  const coloured = (columns: number | undefined, environment: Readonly<Record<string, string>>) => {
    const { path: cwd } = folderOf({ "a.conf": soundHost(100, unknownLine) });
    const { out } = runLint(["a.conf"], { cwd, environment, ...(columns === undefined ? {} : { columns }) });
    return out.includes(`${escapeSign}[`);
  };

  test.each([
    ["on a terminal", 80, {}, true],
    ["not in a pipe", undefined, {}, false],
    ["not with NO_COLOR", 80, { NO_COLOR: "1" }, false],
    ["not on a dumb terminal", 80, { TERM: "dumb" }, false],
    ["in a pipe with FORCE_COLOR", undefined, { FORCE_COLOR: "1" }, true],
    ["NO_COLOR is stronger than FORCE_COLOR", 80, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
  ])("%s", (_, columns, environment, expected) => {
    expect(coloured(columns, environment)).toBe(expected);
  });
});

describe("the frame", () => {
  const framed = (text: string, word: string, width = 80) => {
    const start = text.indexOf(word);
    const { code, carets } = frame(
      { text, lines: lineMap(text) },
      { start, end: start + word.length },
      width,
    );
    return [code, carets];
  };

  test("tabs become blanks, and the caret stands under what is meant", () => {
    expect(framed("x\n\tpriority\t300\n", "300")).toEqual([
      "    2 |     priority    300",
      "      |                 ^^^",
    ]);
  });

  test("wide characters take two columns", () => {
    expect(framed("# 报警 x", "x")).toEqual(["    1 | # 报警 x", "      |        ^"]);
    expect(framed("报警 y", "报警")[1]).toBe("      | ^^^^");
  });

  test("an empty span gets one caret", () => {
    const { carets } = frame({ text: "abc", lines: lineMap("abc") }, { start: 3, end: 3 }, 80);
    expect(carets).toBe("      |    ^");
  });

  test("a span over several lines is shown by its first", () => {
    expect(framed("one two\nthree", "two\nthree")).toEqual(["    1 | one two", "      |     ^^^"]);
  });

  test("a line end belongs to no frame, also with CRLF", () => {
    expect(framed("abc\r\ndef", "abc")).toEqual(["    1 | abc", "      | ^^^"]);
  });

  test.each([1, 35, 60, 1000, 500_000])(
    "a long line keeps what is meant in sight (at column %i)",
    (before) => {
      const [code = "", carets = ""] = framed(
        `${"a".repeat(before)} HERE ${"b".repeat(500_000)}`,
        "HERE",
        60,
      );
      expect(code.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("HERE");
      expect(columnsOf(code)).toBeLessThanOrEqual(60);
      expect(code).toMatch(/…$/);
    },
  );

  test("what a terminal would obey is shown as a sign", () => {
    const [code = ""] = framed(`a${escapeSign}[31m\u202e\u0007 HERE`, "HERE");
    expect(code).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(harmless(`${escapeSign}]0;title\u0007`)).not.toMatch(/\p{Cc}/u);
  });
});

describe("wrap", () => {
  test("breaks at blanks and indents what follows", () => {
    expect(wrap("one two three four", 9, 2, 0)).toBe("one two\n  three\n  four");
  });

  test("leaves a word that is too long alone on its line", () => {
    expect(wrap("a 0123456789 b", 6)).toBe("a\n0123456789\nb");
  });

  test("starts a new line when what stands before leaves no room", () => {
    expect(wrap("word", 10, 2, 9)).toBe("\n  word");
  });
});
