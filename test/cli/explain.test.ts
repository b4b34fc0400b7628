import { describe, expect, test } from "vitest";
import { columnsOf } from "../../src/cli/columns.ts";
import { severities } from "../../src/diagnostic.ts";
import { rules } from "../../src/rules/index.ts";
import { properties } from "../../src/rules/properties.ts";
import { everyKeyword } from "../../src/schema/index.ts";
import { runLint } from "../support/command.ts";

describe("--explain", () => {
  test.each(rules.map(({ id }) => id))(
    "%s: what, why, an example, and no line wider than 80 columns",
    (id) => {
      const { code, out, err } = runLint(["--explain", id]);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out.startsWith(`${id}  `)).toBe(true);
      for (const head of ["Why it matters", "For example", "What vrrp-lint says to that", "How we know"])
        expect(out).toContain(`\n${head}\n`);
      expect(out).not.toMatch(/[«»]/);
      expect(out.match(/(?!\n)\p{Cc}/gu)).toBeNull();
      const prose = out.split("\n").filter((line) => !line.startsWith("    "));
      expect(prose.filter((line) => columnsOf(line) > 80)).toEqual([]);
    },
  );

  test("the marks of an example become carets under the same columns", () => {
    const { out } = runLint(["--explain", "vrrp-auth-pass-too-long"]);
    expect(out).toMatch(/auth_pass 1-internal-ha\n +\^{13}\n/);
  });
});

describe("--explain KEYWORD", () => {
  test.each(everyKeyword().map(({ path }) => path))(
    "%s: in 80 columns, without control characters",
    (path) => {
      const { code, out, err } = runLint(["--explain", path]);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out).toContain("\nFor example\n");
      expect(out.match(/(?!\n)\p{Cc}/gu)).toBeNull();
      const prose = out.split("\n").filter((line) => line.startsWith("  ") && !line.startsWith("    "));
      expect(prose.filter((line) => columnsOf(line) > 80)).toEqual([]);
    },
  );

  test("tells what may be written, where, and what holds without it", () => {
    const { out } = runLint(["--explain", "virtual_router_id"]);
    expect(out).toMatch(/^virtual_router_id \S+ {2}in vrrp_instance\n/);
    expect(out).toContain("whole number, 1 to 255");
  });

  test("a keyword of many blocks is a list to choose from", () => {
    const { out } = runLint(["--explain", "weight"]);
    expect(out).toContain("\n  vrrp-lint --explain vrrp_script/weight\n");
  });

  test.each([
    ["virtual_routr_id", "did you mean virtual_router_id?"],
    ["vrrp_script/weigt", "did you mean vrrp_script/weight?"],
    ["vrrp-auth-pass-to-long", "did you mean vrrp-auth-pass-too-long?"],
    ["nonsense", "--list-rules shows all rules"],
  ])("%s is no name: %s", (name, help) => {
    expect(runLint(["--explain", name])).toEqual({
      code: 2,
      out: "",
      err: `vrrp-lint: there is no rule or keyword "${name}"; ${help}\n`,
    });
  });
});

describe("--list-rules", () => {
  test("every rule with level and summary, in 80 columns", () => {
    const { code, out } = runLint(["--list-rules"]);
    expect(code).toBe(0);
    const listed = [...out.matchAll(/^(\w+) +(\S+)$/gm)].map(([, severity, id]) => `${severity} ${id}`);
    expect(listed).toEqual([...rules, ...properties].map(({ severity, id }) => `${severity} ${id}`));
    expect(out.split("\n").filter((line) => columnsOf(line) > 80)).toEqual([]);
  });

  test("as JSON", () => {
    const { rules: listed } = JSON.parse(runLint(["--list-rules", "--format", "json"]).out) as {
      rules: { id: string; severity: string; summary: string; why: string; fixable: boolean }[];
    };
    expect(listed.map(({ id }) => id)).toEqual([...rules, ...properties].map(({ id }) => id));
    expect(listed.filter(({ severity }) => !severities.some((known) => known === severity))).toEqual([]);
    expect(listed.find(({ id }) => id === "vrrp-auth-pass-too-long")).toMatchObject({ fixable: true });
  });
});
