/** While somebody types, a fleet's diagnostics are those of its texts, whatever is remembered from before. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formFleet } from "../../src/model/fleet.ts";
import type { Host } from "../../src/model/host.ts";
import { readHost } from "../../src/model/read.ts";
import { block, file, named } from "../../src/rules/examples.ts";
import { lint } from "../../src/rules/run.ts";
import { clusters, edited, typed } from "../support/typing.ts";

const options = { complete: true };
const target = fc.constantFrom(undefined, "2.2.7");

function read(texts: readonly string[], release: string | undefined): Host[] {
  return texts.map((text, index) => readHost({ path: `${index}.conf`, text, target: release }));
}

/** An edit, and the host it is made in as a share of all. */
const change = fc.record({ host: fc.double({ min: 0, max: 0.999, noNaN: true }), edit: typed });

describe("after any edits the diagnostics are", () => {
  test("those of a fresh look at all texts", () => {
    fc.assert(
      fc.property(
        clusters,
        fc.array(change, { minLength: 1, maxLength: 10 }),
        target,
        (first, changes, release) => {
          const texts = [...first];
          const hosts = read(texts, release);
          lint(formFleet(hosts, options));
          for (const { host, edit } of changes) {
            const index = Math.floor(host * texts.length);
            const text = edited(texts[index] ?? "", edit);
            texts[index] = text;
            hosts[index] = readHost({ path: `${index}.conf`, text, target: release }, hosts[index]);
            const found = lint(formFleet(hosts, options));
            expect(found).toEqual(lint(formFleet(read(texts, release), options)));
          }
        },
      ),
      { numRuns: 80 },
    );
  });

  test("the same again when an edit is taken back", () => {
    fc.assert(
      fc.property(clusters, typed, (texts, edit) => {
        const hosts = read(texts, undefined);
        const before = JSON.stringify(lint(formFleet(hosts, options)));
        const [first = ""] = texts;
        const changed = readHost({ path: "0.conf", text: edited(first, edit) }, hosts[0]);
        lint(formFleet([changed, ...hosts.slice(1)], options));
        const again = readHost({ path: "0.conf", text: first }, changed);
        expect(JSON.stringify(lint(formFleet([again, ...hosts.slice(1)], options)))).toBe(before);
      }),
      { numRuns: 60 },
    );
  });

  test("other ones for a block that was not touched, where it depends on the one that was", () => {
    const [web, mail] = [named("WEB", ...unicast("10.0.0.2", "10.0.0.1")), mailOn("10.0.0.9")];
    const peer = named("WEB", ...unicast("10.0.0.1", "10.0.0.9"), "priority 100");
    const hosts = read([file(peer), file(web, mail)], undefined);
    const rulesFor = (all: readonly Host[]) => lint(formFleet(all, options)).map(({ rule }) => rule);
    expect(rulesFor(hosts)).not.toContain("xh-unicast-peer-missing");
    const text = file(web, mailOn("10.0.0.8"));
    const changed = readHost({ path: "1.conf", text }, hosts[1]);
    expect(changed.instances[0]).toBe(hosts[1]?.instances[0]);
    expect(rulesFor([hosts[0] as Host, changed])).toContain("xh-unicast-peer-missing");
  });
});

const unicast = (own: string, other: string) => [`unicast_src_ip ${own}`, block("unicast_peer", other)];

const mailOn = (own: string) =>
  named(
    "MAIL",
    "virtual_router_id 52",
    ...unicast(own, "10.0.0.7"),
    block("virtual_ipaddress", "10.0.0.110/24"),
  );
