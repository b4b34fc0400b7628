/** The peer's file in the editor. */
import { describe, expect, test } from "vitest";
import { nextName, peerFileOf } from "../../src/language/peer-file.ts";
import { soundFleets } from "../rules/sound-fleets.ts";
import { lintTexts } from "../support/fleet.ts";
import { viewOf, workspaceOf } from "../support/workspace.ts";

test.each([
  ["host-a", "host-b"],
  ["a", "b"],
  ["lb1", "lb2"],
  ["lb09", "lb10"],
  ["one/lb1", "lb2"],
  ["web", "web-peer"],
  ["node-z", "node-z-peer"],
])("behind %s comes %s", (name, expected) => {
  expect(nextName(name)).toBe(expected);
});

test.each([
  ["keepalived.conf", "", "keepalived-peer"],
  ["keepalived.conf", "LVS_DEVEL", "keepalived-peer"],
  ["keepalived.conf", "web-a", "web-b"],
  ["keepalived.conf", "lb1.example.org", "lb2.example.org"],
  ["lb1/keepalived.conf", "", "lb2"],
  ["lb1.conf", "web-a", "lb2"],
])("the peer of %s with the router_id %j is %s", (file, router, expected) => {
  const globals = router && `global_defs {\n    router_id ${router}\n}\n`;
  const text = `${globals}vrrp_instance VI_1 {\n    interface eth0\n    virtual_router_id 51\n    virtual_ipaddress {\n        10.0.0.100/24\n    }\n}\n`;
  const answer = peerFileOf(viewOf(workspaceOf({ [file]: text }), file), { follows: true });
  expect(answer).toHaveProperty("suggestedName", `${expected}.conf`);
  if (router) expect(answer).toHaveProperty("text", expect.stringContaining(`router_id ${expected}\n`));
});

describe("the peer of one host of a sound pair", () => {
  const pairs = Object.entries(soundFleets).filter(([, files]) => Object.keys(files).length === 2);

  test.each(pairs)("%s fits it, or is refused in words", (_, files) => {
    const [name = "", text = ""] = Object.entries(files)[0] ?? [];
    const answer = peerFileOf(viewOf(workspaceOf({ [name]: text }), name), {});
    if ("reason" in answer) expect(answer.reason.length).toBeGreaterThan(10);
    else {
      const found = lintTexts({ [name]: text, [answer.suggestedName]: answer.text });
      expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
    }
  });

  test("is made once the question for the priority is answered", () => {
    let made = 0;
    for (const [name = "", text = ""] of pairs.flatMap(([, files]) => Object.entries(files).slice(0, 1))) {
      const view = viewOf(workspaceOf({ [name]: text }), name);
      const first = peerFileOf(view, {});
      if (!("reason" in first)) continue;
      expect(first.needs).toBe("priority");
      expect(first.reason).not.toMatch(/--|file:/);
      const second = peerFileOf(view, { priority: 100 });
      if ("reason" in second) expect(second.reason).toContain("Write unicast_src_ip into this file first");
      else made++;
    }
    expect(made).toBeGreaterThan(10);
  });

  test("is one that follows where nobody can be asked and the file does not tell who is master", () => {
    let made = 0;
    for (const [name = "", text = ""] of pairs.flatMap(([, files]) => Object.entries(files).slice(0, 1))) {
      const view = viewOf(workspaceOf({ [name]: text }), name);
      const first = peerFileOf(view, {});
      if (!("needs" in first) || first.needs !== "priority") continue;
      const second = peerFileOf(view, { follows: true });
      if ("reason" in second) expect(second.reason).toContain("Write unicast_src_ip into this file first");
      else {
        made++;
        const found = lintTexts({ [name]: text, [second.suggestedName]: second.text });
        expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
      }
    }
    expect(made).toBeGreaterThan(10);
  });

  test.each([
    ["", "priority 50"],
    ["priority 150", "priority 100"],
    ["priority 2", "priority 1"],
  ])("has %j in the one file and %j in the other", (own, expected) => {
    const text = `vrrp_instance VI_1 {\n    interface eth0\n    virtual_router_id 51\n    ${own}\n    virtual_ipaddress {\n        10.0.0.100/24\n    }\n}\n`;
    const answer = peerFileOf(viewOf(workspaceOf({ "a.conf": text }), "a.conf"), { follows: true });
    expect(answer).toHaveProperty("text", expect.stringContaining(expected));
  });

  test("is refused where there is one", () => {
    const [files = {}] = pairs.map(([, each]) => each);
    const [name = ""] = Object.keys(files);
    expect(peerFileOf(viewOf(workspaceOf(files), name), {})).toHaveProperty(
      "reason",
      expect.stringContaining("already"),
    );
  });
});

test("the peer of a text that was never saved is named without the scheme", () => {
  const [, text = ""] = Object.entries(soundFleets)
    .flatMap(([, files]) => Object.entries(files))
    .find(([, each]) => each.includes("state MASTER")) ?? [""];
  const workspace = workspaceOf({});
  workspace.setOpen("untitled:lb1.conf", text);
  const view = workspace.view("untitled:lb1.conf");
  expect(view?.hosts.map(({ name }) => name)).toEqual(["lb1"]);
  const answer = view && peerFileOf(view, { priority: 50, address: "192.0.2.250" });
  expect(JSON.stringify(answer)).not.toContain("untitled:");
});
