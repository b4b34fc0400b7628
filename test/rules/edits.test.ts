/** The edits that fixes are made of keep conditions, indentation, comments and line ends. */
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../src/edits.ts";
import type { Host } from "../../src/model/host.ts";
import { readHost } from "../../src/model/read.ts";
import {
  breakBefore,
  deleteLines,
  deleteWithBlock,
  insertAfter,
  insertAtTop,
  insertBefore,
  moveBefore,
  replaceWord,
} from "../../src/rules/edits.ts";
import { type Statement, walk } from "../../src/schema/statement.ts";

function read(text: string): { host: Host; at: (keyword: string) => Statement } {
  const host = readHost({ path: "a.conf", text, configId: "main" });
  const at = (keyword: string) => {
    const found = [...walk(host.statements)].find((statement) => statement.words[0]?.text === keyword);
    if (!found) throw new Error(`no ${keyword} in the text`);
    return found;
  };
  return { host, at };
}

const around = (line: string, end = "\n") =>
  ["vrrp_instance A {", line, "    priority 100", "}", ""].join(end);

describe("deleteLines", () => {
  test.each([
    ["a line", "    state BACKUP"],
    ["a line with a comment", "    state BACKUP # as always"],
    ["a line under a condition", "@main    state BACKUP"],
    ["a line with tabs", "\tstate\tBACKUP\t"],
  ])("takes %s away whole", (_what, line) => {
    for (const end of ["\n", "\r\n"]) {
      const text = around(line, end);
      const { host, at } = read(text);
      const edit = deleteLines(host, at("state"));
      expect(edit && applyEdits(text, [edit])).toBe(text.replace(line + end, ""));
    }
  });

  test("takes a block away with its inside", () => {
    const text = around("    authentication {\n        auth_type PASS\n    }");
    const { host, at } = read(text);
    const edit = deleteLines(host, at("authentication"));
    expect(edit && applyEdits(text, [edit])).toBe("vrrp_instance A {\n    priority 100\n}\n");
  });

  test.each([
    ["shares its line with a brace", "vrrp_instance A { state BACKUP\n}\n"],
    ["comes from a definition", "$S=state BACKUP\nvrrp_instance A {\n    $S\n}\n"],
    ["a definition goes on with", "$S=BACKUP \\\nnopreempt\nvrrp_instance A {\n    state $S\n}\n"],
  ])("leaves a statement alone that %s", (_what, text) => {
    const { host, at } = read(text);
    expect(deleteLines(host, at("state"))).toBeUndefined();
  });
});

describe("deleteWithBlock", () => {
  const block = (...lines: string[]) => ["    track_script {", ...lines, "    }"].join("\n");
  const [chk, other] = ["        chk weight 2", "        other"];
  test.each<[string, string, string]>([
    ["with the block around the only line", block(chk), ""],
    ["with a block on one line", "    track_script { chk }", ""],
    [
      "with comments about it",
      block("", "        # the service", `${chk} # half`, "", "        ! that's all"),
      "",
    ],
    ["under a condition", block(`@main ${chk}`), ""],
    ["and leaves other lines", block(other, chk), block(other)],
    ["and leaves other lines behind it", block(chk, other), block(other)],
    ["and leaves what other hosts have", block(chk, `@^main ${other}`), block(`@^main ${other}`)],
    ["and leaves an include", block("        include more.inc", chk), block("        include more.inc")],
  ])("takes a line away %s", (_what, before, after) => {
    for (const end of ["\n", "\r\n"]) {
      const lines = (text: string) => text.replaceAll("\n", end);
      const text = lines(around(before));
      const { host, at } = read(text);
      const edit = deleteWithBlock(host, at("chk"));
      const left = after === "" ? "vrrp_instance A {\n    priority 100\n}\n" : around(after);
      expect(edit && applyEdits(text, [edit])).toBe(lines(left));
    }
  });
});

test("deleteLines takes a line whose last word comes from a definition", () => {
  const { host, at } = read("$S=BACKUP\nvrrp_instance A {\n    state $S # always\n    nopreempt\n}\n");
  expect(deleteLines(host, at("state"))?.text).toBe("");
});

describe("insertAfter and insertBefore", () => {
  test.each([
    ["    state BACKUP", "    nopreempt"],
    ["@main\tstate BACKUP", "@main\tnopreempt"],
    ["  state BACKUP # as always", "  nopreempt"],
  ])("write %j like its neighbour", (line, inserted) => {
    for (const end of ["\n", "\r\n"]) {
      const text = around(line, end);
      const { host, at } = read(text);
      const after = insertAfter(host, at("state"), "nopreempt");
      expect(after && applyEdits(text, [after])).toBe(text.replace(line, line + end + inserted));
      const before = insertBefore(host, at("state"), "nopreempt");
      expect(before && applyEdits(text, [before])).toBe(text.replace(line, inserted + end + line));
    }
  });

  test("start a line of their own behind a text without final newline", () => {
    const text = "global_defs {\n    router_id a\n}";
    const { host, at } = read(text);
    const edit = insertAfter(host, at("global_defs"), "net_namespace b");
    expect(edit && applyEdits(text, [edit])).toBe(`${text}\nnet_namespace b\n`);
  });
});

describe("insertAtTop", () => {
  test.each([
    ["global_defs {\n    router_id a\n}\n", "global_defs {\n    dynamic_interfaces\n    router_id a\n}\n"],
    ["global_defs {\n}\n", "global_defs {\n    dynamic_interfaces\n}\n"],
    ["global_defs {\r\n}\r\n", "global_defs {\r\n    dynamic_interfaces\r\n}\r\n"],
    ["global_defs {}\n", "global_defs {\n    dynamic_interfaces\n}\n"],
  ])("of %j", (text, wanted) => {
    const { host, at } = read(text);
    const edit = insertAtTop(host, at("global_defs"), "dynamic_interfaces");
    expect(edit && applyEdits(text, [edit])).toBe(wanted);
  });
});

test("moveBefore moves a block in front of another", () => {
  const text = "vrrp_instance A {\n    priority 100\n}\n\nvrrp_script c {\n    interval 2\n}\n";
  const { host, at } = read(text);
  const edits = moveBefore(host, at("vrrp_script"), at("vrrp_instance")).flatMap((edit) => edit ?? []);
  expect(applyEdits(text, edits)).toBe(
    "vrrp_script c {\n    interval 2\n}\n\nvrrp_instance A {\n    priority 100\n}\n\n",
  );
});

test("breakBefore gives each word a line with the same indentation", () => {
  const text = "vrrp_instance A {\n\ttrack_interface {\n\t\teth1   eth2\n\t}\n}\n";
  const { host, at } = read(text);
  const edit = breakBefore(host, at("eth1"), 1);
  expect(edit && applyEdits(text, [edit])).toBe(text.replace("eth1   eth2", "eth1\n\t\teth2"));
});

describe("replaceWord", () => {
  test.each([
    ["    priority 150x", "    priority 150"],
    ['    priority "150x"', '    priority "150"'],
  ])("in %j keeps the quotes", (line, wanted) => {
    const text = around(line);
    const { at } = read(text);
    const edit = replaceWord(at("priority").words[1], "150");
    expect(edit && applyEdits(text, [edit])).toBe(around(wanted));
  });

  test("leaves a word alone that a variable gives", () => {
    const { at } = read(`$P=150x\n${around("    priority $P")}`);
    expect(replaceWord(at("priority").words[1], "150")).toBeUndefined();
  });
});
