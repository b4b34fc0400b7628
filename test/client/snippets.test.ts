/** Snippets as an editor expands them: what comes of them lints clean. */
import { describe, expect, test } from "vitest";
import { type Snippet, snippets } from "../../scripts/editor/snippets.ts";
import { lintTexts } from "../support/fleet.ts";

const all = Object.entries(snippets());

/** What an editor inserts when the user takes every proposal: values without their places, escapes removed. */
function expanded({ body }: Snippet): string {
  const text = body.join("\n").replaceAll("\t", "    ");
  return `${text.replaceAll(/\$\{\d+:((?:\\.|[^}\\])*)\}|\\([\\$}])/g, (_, value, sign) =>
    value === undefined ? sign : value.replaceAll(/\\([\\$}])/g, "$1"),
  )}\n`;
}

const instance = (name: string, vrid: number) => `vrrp_instance ${name} {
    state BACKUP
    interface eth0
    virtual_router_id ${vrid}
    priority 100
    virtual_ipaddress {
        192.0.2.${vrid}/24
    }
}
`;

const tracked = (tracker: string) =>
  instance("VI_1", 51).replace("    virtual", `    ${tracker}\n    virtual`);
const secure = "global_defs {\n    enable_script_security\n    script_user root\n}\n";

/** What has to stand beside a block, before and behind it, so that it is of any use. */
const surroundings: Readonly<Record<string, readonly [string, string]>> = {
  "track_group block": [instance("VI_1", 51), ""],
  "track_file block": ["", tracked("track_file {\n        service_health\n    }")],
  "vrrp_track_process block": ["", tracked("track_process {\n        haproxy_runs\n    }")],
  "vrrp_script block": [secure, tracked("track_script {\n        check_service\n    }")],
  "vrrp_sync_group block": ["", instance("VI_1", 51) + instance("VI_2", 52)],
};

describe("snippets", () => {
  test.each(all)("%s", (name, snippet) => {
    // A file in which nothing moves has a finding of its own.
    const isAlone = !/vrrp_instance|virtual_server/.test(expanded(snippet));
    const [before, behind] = surroundings[name] ?? ["", isAlone ? instance("other", 77) : ""];
    const text = before + expanded(snippet) + behind;
    const found = lintTexts({ "a.conf": text });
    expect(found.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
    expect(text).not.toMatch(/\$\{\d/);
  });

  test("surroundings belong to snippets that exist", () => {
    const names = all.map(([name]) => name);
    expect(Object.keys(surroundings).filter((name) => !names.includes(name))).toEqual([]);
  });

  test("have names of their own and places to fill in, numbered from 1", () => {
    expect(new Set(all.map(([, { prefix }]) => prefix)).size).toBe(all.length);
    for (const [, { body }] of all) {
      const stops = new Set([...body.join("\n").matchAll(/\$\{(\d+):/g)].map(([, number]) => Number(number)));
      expect([...stops].sort((a, b) => a - b)).toEqual([...stops].map((_, index) => index + 1));
      expect(stops.size).toBeGreaterThan(0);
    }
  });
});
