/** A workspace: which files are one cluster, and that what is kept between edits is never stale. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Workspace } from "../../src/language/workspace.ts";
import { rules } from "../../src/rules/index.ts";
import { textOf } from "../support/project.ts";
import { edited, typed, clusters as typedClusters } from "../support/typing.ts";
import { folder, settingsNaming, viewOf, workspaceOf } from "../support/workspace.ts";

const instance = (priority: number, vrid = 7, address = "10.0.0.9") => `vrrp_instance web {
  interface eth0
  virtual_router_id ${vrid}
  priority ${priority}
  virtual_ipaddress {
    ${address}/24
  }
}
`;

/** The clusters as lists of host names, sorted. */
const hostsOf = (workspace: Workspace) =>
  workspace
    .clusters()
    .map(({ fleet }) => fleet.hosts.map(({ name }) => name))
    .sort();

describe("clusters", () => {
  test.each([
    ["of two files that share a router", { "a.conf": instance(150), "b.conf": instance(100) }, [["a", "b"]]],
    [
      "of files that share none are two",
      { "a.conf": instance(150), "b.conf": instance(100, 8, "10.0.0.10") },
      [["a"], ["b"]],
    ],
    [
      "stay in the nearest folder where copies lie in several",
      {
        "one/a.conf": instance(150),
        "one/b.conf": instance(100),
        "two/a.conf": instance(150),
        "two/b.conf": instance(100),
      },
      [
        ["a", "b"],
        ["a", "b"],
      ],
    ],
    [
      "reach over the folders of hosts, which then give the names",
      { "lb1/etc/keepalived.conf": instance(150), "lb2/etc/keepalived.conf": instance(100) },
      [["lb1", "lb2"]],
    ],
    [
      "are what one file says of several hosts",
      { "keepalived.conf": instance(150).replace("  priority 150", "  @x priority 150\n  @y priority 100") },
      [["x", "y"]],
    ],
    [
      "do not take an included file for a host",
      { "a.conf": "include part.conf\n", "part.conf": instance(150), "b.conf": instance(100) },
      [["a", "b"]],
    ],
    [
      "are what the settings file names, under its names",
      {
        "a.conf": instance(150),
        "b.conf": instance(100, 8, "10.0.0.10"),
        ".vrrplintrc.json": '{ "hosts": { "left": "a.conf", "right": "b.conf" } }',
      },
      [["left", "right"]],
    ],
  ] as const)("%s", (_, texts, expected) => {
    expect(hostsOf(workspaceOf(texts as Record<string, string>))).toEqual(expected);
  });

  test("join when an edit makes them share a router, and part again", () => {
    const workspace = workspaceOf({ "a.conf": instance(150), "b.conf": instance(100, 8, "10.0.0.10") });
    workspace.setOpen(`${folder}b.conf`, instance(100));
    expect(hostsOf(workspace)).toEqual([["a", "b"]]);
    workspace.close(`${folder}b.conf`);
    expect(hostsOf(workspace)).toEqual([["a"], ["b"]]);
  });
});

describe("what is asked for", () => {
  test("of a settings file: levels and release hold", () => {
    const texts = { "a.conf": instance(150), "b.conf": instance(150) };
    const rulesWith = (settings: object) =>
      viewOf(
        workspaceOf({ ...texts, ".vrrplintrc.json": JSON.stringify(settings) }),
        "a.conf",
      ).diagnostics.map(({ rule, severity }) => `${severity} ${rule}`);
    expect(rulesWith({})).toContain("warning xh-priority-tie");
    expect(rulesWith({ rules: { "xh-priority-tie": "hint" } })).toContain("hint xh-priority-tie");
    expect(rulesWith({ rules: { "xh-priority-tie": "off" } }).join()).not.toContain("xh-priority-tie");
  });

  test("is refused for a file that is not there", () => {
    expect(workspaceOf({}).view(`${folder}none.conf`)).toBeUndefined();
  });
});

/** Everything that a client would hear of a workspace. */
function heard(workspace: Workspace) {
  return workspace.clusters().map(({ files, fleet, diagnostics }) => ({
    files,
    hosts: fleet.hosts.map(({ name }) => name),
    routers: fleet.routers.map(({ vrid, members }) => [vrid, members.map(({ instance: each }) => each.at)]),
    diagnostics,
  }));
}

test("after any edits, of any of the files, a workspace says what a fresh one says", () => {
  fc.assert(
    fc.property(
      typedClusters,
      fc.array(fc.tuple(fc.nat(2), typed), { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      (first, edits, settings) => {
        const names = first.map((_, index) => `host-${index}.conf`);
        const texts: Record<string, string> = Object.fromEntries(
          names.map((name, index) => [name, first[index] ?? ""]),
        );
        if (settings) texts[".vrrplintrc.json"] = settingsNaming(names);
        const workspace = workspaceOf(texts, names);
        for (const [which, edit] of edits) {
          const name = names[which % names.length] as string;
          texts[name] = edited(texts[name] ?? "", edit);
          workspace.setOpen(folder + name, texts[name]);
          workspace.clusters();
        }
        expect(heard(workspace)).toEqual(heard(workspaceOf(texts, names)));
      },
    ),
    { numRuns: 150 },
  );
}, 120_000);

test("after edits that came while it was judging, a workspace says what a fresh one says", () => {
  fc.assert(
    fc.property(
      typedClusters,
      fc.array(fc.tuple(fc.nat(2), typed, fc.nat(250)), { minLength: 1, maxLength: 12 }),
      (first, edits) => {
        const names = first.map((_, index) => `host-${index}.conf`);
        const texts: Record<string, string> = Object.fromEntries(
          names.map((name, index) => [name, first[index] ?? ""]),
        );
        const workspace = workspaceOf(texts, names);
        for (const [which, edit, steps] of edits) {
          const name = names[which % names.length] as string;
          texts[name] = edited(texts[name] ?? "", edit);
          workspace.setOpen(folder + name, texts[name]);
          for (let step = 0; step < steps; step++) workspace.judge(() => true);
        }
        expect(heard(workspace)).toEqual(heard(workspaceOf(texts, names)));
      },
    ),
    { numRuns: 100 },
  );
}, 120_000);

test("judging bit by bit ends when every rule was asked, and tells so", () => {
  const workspace = workspaceOf({ "a.conf": instance(150), "b.conf": instance(100) });
  let steps = 1;
  while (!workspace.judge(() => true)) steps++;
  expect(steps).toBe(rules.length + 1);
  expect(workspace.judge(() => true)).toBe(true);
});

test("an edit that is undone gives what was there before", () => {
  const texts = {
    "host-a.conf": textOf("examples/tutorial/host-a.conf"),
    "host-b.conf": textOf("examples/tutorial/host-b.conf"),
  };
  const workspace = workspaceOf(texts, Object.keys(texts));
  const before = JSON.stringify(heard(workspace));
  for (let at = 0; at < texts["host-a.conf"].length; at += 37) {
    workspace.setOpen(
      `${folder}host-a.conf`,
      `${texts["host-a.conf"].slice(0, at)}}${texts["host-a.conf"].slice(at)}`,
    );
    workspace.clusters();
    workspace.setOpen(`${folder}host-a.conf`, texts["host-a.conf"]);
    expect(JSON.stringify(heard(workspace))).toBe(before);
  }
});
