/** What the extension shows: the takeover page and the status bar. */
import { describe, expect, test } from "vitest";
import { statusText } from "../../client/status-text.ts";
import { takeoverPage } from "../../client/takeover-page.ts";
import type { TakeoverTable, TakeoverTurn } from "../../src/language/requests.ts";

const turn: TakeoverTurn = {
  host: "lb1",
  instance: "web",
  uri: "file:///etc/keepalived/lb1.conf",
  line: 6,
  priority: 150,
  seconds: 3.609375,
  sum: "3 × 1 s + 0.609 s",
  tied: false,
  uncertain: false,
};

const router: TakeoverTable = {
  family: 4,
  vrid: 51,
  addresses: ["192.0.2.1", "192.0.2.2"],
  turns: [turn, { ...turn, host: "lb2", priority: 100 }],
  warnings: [],
};

/** The cells of each row of the page, without marks. */
function rows(html: string): string[][] {
  return [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
    [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell = ""]) => cell.replaceAll(/<[^>]*>/g, "")),
  );
}

describe("the takeover page", () => {
  test("shows who is master and who waits how long", () => {
    expect(rows(takeoverPage({ routers: [router], warnings: [] }))).toEqual([
      ["#", "host", "instance", "priority", "takes over after"],
      ["1", "lb1", "web", "150", "is master"],
      ["2", "lb2", "web", "100", "3.609 s = 3 × 1 s + 0.609 s"],
    ]);
  });

  test("marks what is equal and what is not known", () => {
    const doubtful = { ...router, turns: [{ ...turn, tied: true, uncertain: true }] };
    expect(rows(takeoverPage({ routers: [doubtful], warnings: [] }))[1]).toEqual([
      "1?",
      "lb1",
      "web",
      "150 =",
      "is master",
    ]);
  });

  test.each<[title: string, table: TakeoverTable]>([
    ["Virtual router 51, IPv4", router],
    ["Virtual router without number, IPv6", { family: 6, addresses: [], turns: [], warnings: [] }],
  ])("%s", (title, table) => {
    expect(takeoverPage({ routers: [table], warnings: [] })).toContain(`<h2>${title}</h2>`);
  });

  test("links to the place of each instance", () => {
    const html = takeoverPage({ routers: [router], warnings: [] });
    const [, query = ""] = /command:keepalived\.openPlace\?([^"]+)"/.exec(html) ?? [];
    expect(JSON.parse(decodeURIComponent(query))).toEqual([turn.uri, turn.line]);
  });

  test("takes no text of a file for its own, and runs no script", () => {
    const evil = `"'><script>alert(1)</script>&`;
    const html = takeoverPage({
      routers: [
        {
          ...router,
          addresses: [evil],
          turns: [{ ...turn, host: evil, instance: evil, uri: evil, sum: evil }],
          warnings: [evil],
        },
      ],
      warnings: [evil],
    });
    expect(html).not.toContain("<script");
    expect(html).toContain("default-src 'none'");
    expect(html.match(/&lt;script&gt;alert\(1\)/g)?.length).toBe(5);
  });
});

test.each<[hosts: number, errors: number, warnings: number, text: string, tooltip: string]>([
  [1, 0, 0, "$(check) 1 host", "1 host judged, no peer found, nothing wrong"],
  [2, 0, 0, "$(check) 2 hosts", "2 hosts judged together, nothing wrong"],
  [2, 0, 1, "$(warning) 2 hosts", "0 errors, 1 warning"],
  [3, 2, 1, "$(error) 3 hosts", "3 hosts judged together, 2 errors, 1 warning"],
])("status of %i hosts, %i errors, %i warnings", (hosts, errors, warnings, text, tooltip) => {
  const shown = statusText({ hosts, errors, warnings });
  expect(shown.text).toBe(text);
  expect(shown.tooltip).toContain(tooltip);
});
