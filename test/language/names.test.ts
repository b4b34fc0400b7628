/** Names: where they are defined and meant, over hosts and includes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../src/edits.ts";
import { linksIn } from "../../src/language/links.ts";
import { namesOf } from "../../src/language/names.ts";
import {
  definitionsOf,
  highlightsOf,
  referencesOf,
  rename,
  renameTarget,
} from "../../src/language/navigate.ts";
import { findNames, outlineOf } from "../../src/language/outline.ts";
import { soundFleets } from "../rules/sound-fleets.ts";
import { textOf } from "../support/project.ts";
import { folder, viewOf, workspaceOf } from "../support/workspace.ts";

const host = (name: string, own: string, peer: string, priority: number) => `$NET=10.0.0
include scripts.conf
vrrp_script "chk web" {
  script "/usr/bin/test -e /run/${name}"
}
vrrp_instance web {
  interface eth0
  virtual_router_id 7
  priority ${priority}
  unicast_src_ip ${own}
  unicast_peer {
    ${peer}
  }
  virtual_ipaddress {
    10.0.0.100/24 dev eth0
    \${NET}.101/24
  }
  track_script {
    "chk web"
    chk_shared
  }
}
vrrp_sync_group both {
  group {
    web
  }
}
`;

const texts = {
  "a.conf": host("a", "10.0.0.1", "10.0.0.2", 150),
  "b.conf": host("b", "10.0.0.2", "10.0.0.1", 100),
  "scripts.conf": 'vrrp_script chk_shared {\n  script "/usr/bin/true"\n}\n',
};
const workspace = workspaceOf(texts, ["a.conf"]);
workspace.setFound([`${folder}a.conf`, `${folder}b.conf`]);
const view = viewOf(workspace, "a.conf");

/** `file:line text` of places. */
function shown(places: readonly { file: string; span: { start: number; end: number } }[]): string[] {
  return places.map(({ file, span }) => {
    const text = workspace.textOf(file) ?? "";
    const { line } = workspace.linesOf(file).positionAt(span.start);
    return `${file.replace(folder, "")}:${line} ${text.slice(span.start, span.end)}`;
  });
}

/** The offset behind the first letter of a text in a.conf, the `nth` time it stands there. */
function offsetIn(text: string, nth = 1): number {
  let at = -1;
  for (let time = 0; time < nth; time++) at = texts["a.conf"].indexOf(text, at + 1);
  if (at === -1) throw new Error(`${text} is not there`);
  return at + 1;
}

describe("definitions", () => {
  test.each([
    ["a tracked script", offsetIn("chk web", 2), ["a.conf:3 chk web"]],
    ["a script in an included file", offsetIn("chk_shared"), ["scripts.conf:1 chk_shared"]],
    ["an include", offsetIn("scripts.conf"), ["scripts.conf:1 "]],
    ["a member of a group", offsetIn("    web") + 4, ["a.conf:6 web"]],
    ["a variable", offsetIn("NET}"), ["a.conf:1 NET"]],
    ["an instance itself: its partner", offsetIn("vrrp_instance web") + 14, ["b.conf:6 vrrp_instance web"]],
    ["a peer: its own address there", offsetIn("10.0.0.2"), ["b.conf:10 10.0.0.2"]],
    ["an address that moves: the other host's line", offsetIn("10.0.0.100"), ["b.conf:15 10.0.0.100"]],
    ["a keyword", offsetIn("priority"), []],
    ["a definition that is the only one: itself", offsetIn("NET="), ["a.conf:1 NET"]],
  ] as const)("of %s", (_, offset, expected) => {
    expect(shown(definitionsOf(view, offset))).toEqual(expected);
  });
});

describe("references", () => {
  test("of a script are in both hosts and in the include", () => {
    expect(shown(referencesOf(view, offsetIn("chk_shared"), true)).sort()).toEqual([
      "a.conf:20 chk_shared",
      "b.conf:20 chk_shared",
      "scripts.conf:1 chk_shared",
    ]);
    expect(shown(referencesOf(view, offsetIn("chk_shared"), false))).toHaveLength(2);
  });

  test("of a variable stay on its host", () => {
    expect(shown(referencesOf(view, offsetIn("NET}"), true))).toEqual(["a.conf:1 NET", "a.conf:16 NET"]);
  });

  test("in one file are highlights", () => {
    expect(shown(highlightsOf(view, offsetIn("chk web")).map(({ at }) => at))).toEqual([
      "a.conf:3 chk web",
      "a.conf:19 chk web",
    ]);
  });
});

describe("rename", () => {
  test.each([
    ["chk_shared", offsetIn("chk_shared"), "chk_new", "chk_new"],
    ["chk web", offsetIn("chk web"), "chk-web", '"chk-web"'],
    ["10.0.0.100", offsetIn("10.0.0.100"), "10.0.0.200", "10.0.0.200/24 dev eth0"],
  ])("of %s changes every file, and nothing else", (old, offset, wanted, found) => {
    const edits = rename(view, offset, wanted);
    if ("reason" in edits) throw new Error(edits.reason);
    for (const [name, text] of Object.entries(texts)) {
      const here = edits.filter(({ at }) => at.file === folder + name);
      const changed = applyEdits(text, here);
      expect(changed).toBe(text.replaceAll(old, wanted));
      if (name !== "scripts.conf") expect(changed).toContain(found);
    }
  });

  test.each([
    ["a name with a blank", offsetIn("chk web"), "two words"],
    ["an address with a prefix", offsetIn("10.0.0.100"), "10.0.0.3/24"],
    ["no name at all", offsetIn("priority"), "x"],
    ["a name that is put together from parts", offsetIn("}.101") + 2, "10.0.0.9"],
    ["a name that another definition has", offsetIn("chk web"), "chk_shared"],
    ["an address that another line has", offsetIn("10.0.0.100"), "10.0.0.101"],
  ])("refuses %s", (_, offset, wanted) => {
    expect(rename(view, offset, wanted)).toHaveProperty("reason");
  });

  test("says before the new name is asked for that a name is put together from parts", () => {
    expect(renameTarget(view, offsetIn("}.101") + 2)).toEqual({
      reason: "a.conf:16 puts the name together from parts; change it there by hand.",
    });
  });

  test("takes the name of a definition for what nothing defined", () => {
    const broken = { ...texts, "a.conf": texts["a.conf"].replace("    chk_shared", "    chk_typo") };
    const seen = viewOf(workspaceOf(broken, ["a.conf"]), "a.conf");
    expect(rename(seen, broken["a.conf"].indexOf("chk_typo"), "chk_shared")).toHaveLength(1);
  });

  test("there and back gives the same texts, for every name of the sound fleets", () => {
    for (const fleet of Object.values(soundFleets)) {
      const before = workspaceOf(fleet);
      for (const file of Object.keys(fleet)) {
        const seen = viewOf(before, file);
        for (const { at, exact, kind, name } of seen.hosts.flatMap((each) => namesOf(each))) {
          if (at.file !== seen.file || !exact || kind === "address" || name.startsWith("_")) continue;
          const edits = rename(seen, at.span.start, "renamed_1");
          if ("reason" in edits) continue;
          const files = new Set(edits.map((edit) => edit.at.file));
          const changed = new Map(
            [...files].map((each) => [
              each,
              applyEdits(
                before.textOf(each)?.toString() ?? "",
                edits.filter((edit) => edit.at.file === each),
              ),
            ]),
          );
          for (const [each, text] of changed)
            expect(text.replaceAll("renamed_1", name)).toBe(before.textOf(each));
        }
      }
    }
  });
});

describe("names in a file that no host reads", () => {
  const host = (priority: number) => `include /etc/keepalived/checks.conf
vrrp_instance web {
  interface eth0
  virtual_router_id 7
  priority ${priority}
  virtual_ipaddress {
    10.0.0.100/24
  }
  track_script {
    chk
  }
}
`;
  const cluster = (folder: string) => ({
    [`${folder}a.conf`]: host(150),
    [`${folder}b.conf`]: host(100),
    [`${folder}parts/checks.conf`]: "vrrp_script chk {\n  script /x\n}\n",
  });
  const files = (all: ReturnType<typeof rename>) =>
    "reason" in all ? all : all.map(({ at }) => at.file.replace(folder, "")).sort();
  const renamed = (texts: Readonly<Record<string, string>>, name: string) => {
    const seen = viewOf(workspaceOf(texts, [name]), name);
    return files(rename(seen, seen.text.toString().indexOf("chk"), "check_web"));
  };

  test("belong to the cluster beside it", () => {
    const all = ["a.conf", "b.conf", "parts/checks.conf"];
    expect(renamed(cluster(""), "a.conf")).toEqual(all);
    expect(renamed(cluster(""), "parts/checks.conf")).toEqual(all);
    const seen = viewOf(workspaceOf(cluster(""), ["a.conf"]), "a.conf");
    const [definition] = definitionsOf(seen, seen.text.toString().indexOf("chk"));
    expect(definition?.file).toBe(`${folder}parts/checks.conf`);
  });

  test("belong to the nearest cluster only", () => {
    const two = { ...cluster("one/"), ...cluster("two/") };
    const own = ["one/a.conf", "one/b.conf", "one/parts/checks.conf"];
    expect(renamed(two, "one/b.conf")).toEqual(own);
    expect(renamed(two, "one/parts/checks.conf")).toEqual(own);
  });

  test("belong to none where several are as near", () => {
    const other = Object.entries(cluster("two/")).map(([name, text]) => [name, text.replace("100/", "200/")]);
    const { "one/parts/checks.conf": checks = "", ...hosts } = cluster("one/");
    const { "two/parts/checks.conf": _, ...others } = Object.fromEntries(other);
    const texts = { ...hosts, ...others, "checks.conf": checks };
    expect(renamed(texts, "one/a.conf")).toEqual(["one/a.conf", "one/b.conf"]);
    expect(renamed(texts, "checks.conf")).toEqual(["checks.conf"]);
  });
});

test("names under conditions for other hosts change with the rest, where every host has a copy of one file", () => {
  const text = `vrrp_script chk {
  script /x
}
vrrp_instance web {
  interface eth0
  virtual_router_id 7
  @a priority 150
  @b priority 100
  virtual_ipaddress {
    10.0.0.100/24
  }
  track_script {
    @a chk weight -60
    @b chk weight -10
  }
}
`;
  const copies = { "a.conf": text, "b.conf": text };
  const seen = viewOf(workspaceOf(copies, ["a.conf"]), "a.conf");
  expect(seen.fleet.hosts.map(({ configId }) => configId)).toEqual(["a", "b"]);
  const edits = rename(seen, text.indexOf("chk"), "check_web");
  if ("reason" in edits) throw new Error(edits.reason);
  for (const name of Object.keys(copies)) {
    const here = edits.filter(({ at }) => at.file === folder + name);
    expect(applyEdits(text, here)).toBe(text.replaceAll("chk", "check_web"));
  }
});

describe("outline", () => {
  test("shows blocks with what tells them apart, and data lines", () => {
    const flat = (all: ReturnType<typeof outlineOf>, indent = ""): string[] =>
      all.flatMap(({ name, detail, children }) => [
        `${indent}${name}${detail && ` (${detail})`}`,
        ...flat(children, `${indent}  `),
      ]);
    expect(flat(outlineOf(view))).toEqual([
      "$NET (10.0.0)",
      "vrrp_script chk web",
      "vrrp_instance web (VRID 7, priority 150)",
      "  unicast_peer",
      "    10.0.0.2",
      "  virtual_ipaddress",
      "    10.0.0.100/24 dev eth0",
      "    10.0.0.101/24",
      "  track_script",
      "    chk web",
      "    chk_shared",
      "vrrp_sync_group both",
      "  group",
      "    web",
    ]);
  });

  test("shows every name of a line that stands for several, and variables where they are defined", () => {
    const text = "~SEQ(N, 1, 2) vrrp_script c$N { script /x }\nglobal_defs {\n  $A=1\n  router_id x\n}\n";
    const seen = viewOf(workspaceOf({ "a.conf": text }, ["a.conf"]), "a.conf");
    expect(outlineOf(seen).map(({ name }) => name)).toEqual([
      "vrrp_script c1",
      "vrrp_script c2",
      "global_defs",
    ]);
    expect(outlineOf(seen)[2]?.children.map(({ name }) => name)).toEqual(["$A"]);
    expect(findNames(seen.fleet.hosts, "c").map(({ name }) => name)).toEqual(["c1", "c2"]);
  });

  test("of an included file shows what is in it", () => {
    expect(outlineOf(viewOf(workspace, "scripts.conf")).map(({ name }) => name)).toEqual([
      "vrrp_script chk_shared",
    ]);
  });

  test("finds names in the workspace by some of their letters", () => {
    const found = findNames(view.fleet.hosts, "CHKsh");
    expect(found.map(({ name }) => name)).toEqual(["chk_shared"]);
  });
});

describe("links", () => {
  test("lead to included files that are there", () => {
    expect(linksIn(view)).toEqual([
      {
        span: { start: offsetIn("scripts.conf") - 1, end: offsetIn("scripts.conf") + 11 },
        file: `${folder}scripts.conf`,
      },
    ]);
  });

  test("lead to the one file that a pattern finds, and nowhere where it finds several", () => {
    const texts = {
      "a.conf": "include one/*.part\ninclude two/*.part\ninclude none/*.part\n",
      "one/x.part": "",
      "two/x.part": "",
      "two/y.part": "",
    };
    const written = viewOf(workspaceOf(texts, ["a.conf"]), "a.conf");
    expect(linksIn(written)).toEqual([{ span: { start: 8, end: 18 }, file: `${folder}one/x.part` }]);
    expect(definitionsOf(written, 30).map(({ file }) => file)).toEqual([
      `${folder}two/x.part`,
      `${folder}two/y.part`,
    ]);
  });
});

test("no offset of a damaged text makes anything fail", () => {
  const tutorial = textOf("examples/tutorial/host-a.conf");
  fc.assert(
    fc.property(
      fc.nat(tutorial.length),
      fc.nat(40),
      fc.constantFrom("", "{", "}", '"', "$X", "@h "),
      (at, length, put) => {
        const text = tutorial.slice(0, at) + put + tutorial.slice(at + length);
        const damaged = viewOf(workspaceOf({ "a.conf": text }, ["a.conf"]), "a.conf");
        outlineOf(damaged);
        linksIn(damaged);
        for (const offset of [0, at, text.length]) {
          definitionsOf(damaged, offset);
          referencesOf(damaged, offset, true);
          rename(damaged, offset, "x");
        }
      },
    ),
    { numRuns: 100 },
  );
});
