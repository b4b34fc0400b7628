/** Every keyword of the schema is carried out, or told with the reason why not. */
import { describe, expect, test } from "vitest";
import { executed, left, whyLeft } from "../../../src/run/plan/keywords.ts";
import { everyKeyword } from "../../../src/schema/index.ts";
import { planFor } from "../support.ts";

const paths = everyKeyword().map(({ path }) => path);

/** The paths that an entry of the tables stands for. */
function covered(entry: string): readonly string[] {
  const block = entry.endsWith("/*") ? entry.slice(0, -2) : undefined;
  if (block === undefined) return paths.filter((path) => path === entry);
  return paths.filter((path) => path === block || path.startsWith(`${block}/`));
}

const done = executed.flatMap((group) => group.paths);
const told = left.flatMap((group) => group.paths);

describe("the tables of keywords", () => {
  test("name only what the schema has", () => {
    expect([...done, ...told].filter((entry) => covered(entry).length === 0)).toEqual([]);
  });

  test("have every keyword of the schema once", () => {
    const all = [...done, ...told].flatMap(covered).toSorted();
    expect(all).toEqual(paths.toSorted());
  });

  test("tell the reason for exactly those that are left", () => {
    const inLeft = new Set(told.flatMap(covered));
    const known = paths.filter((path) => reasonFor(path) !== undefined);
    expect(known.toSorted()).toEqual([...inLeft].toSorted());
  });

  test("give reasons that fit below a file's place", () => {
    expect(left.map(({ why }) => why).filter((why) => why.length > 100 || /[.]$/.test(why))).toEqual([]);
  });
});

/** As a file's walk finds it: a whole block answers for what is inside. */
function reasonFor(path: string): string | undefined {
  const own = whyLeft(path);
  if (own || !path.includes("/")) return own?.why;
  const above = path.slice(0, path.lastIndexOf("/"));
  const outer = whyLeft(above);
  if (outer?.whole) return outer.why;
  return above.includes("/") && !outer ? reasonFor(above) : undefined;
}

describe("what a file has that is not carried out", () => {
  const text = `global_defs {
  enable_traps
}
vrrp_instance V {
  interface eth0
  virtual_router_id 51
  no_accept
  virtual_ipaddress {
    10.0.0.100/24
  }
}
virtual_server 10.0.0.100 80 {
  real_server 10.0.0.3 80 {
    TCP_CHECK {
    }
  }
}
`;

  test("is told with its place, a block once", () => {
    const { unexecuted } = planFor(text);
    expect(unexecuted.map(({ keyword }) => keyword)).toEqual(["enable_traps", "virtual_server"]);
    for (const { keyword, at } of unexecuted) expect(text.slice(at.span.start, at.span.end)).toBe(keyword);
  });

  test("is nothing where all is carried out", () => {
    expect(planFor("vrrp_instance V {\ninterface eth0\nvirtual_router_id 1\n}\n").unexecuted).toEqual([]);
  });
});
