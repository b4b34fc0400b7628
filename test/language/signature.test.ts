/** The form of a line while it is written. */
import { describe, expect, test } from "vitest";
import { type Signature, signaturesAt } from "../../src/language/signature.ts";
import { slotAt } from "../../src/language/slot.ts";
import { everyKeyword } from "../../src/schema/index.ts";
import { marked } from "../support/asking.ts";
import { inPlace } from "../support/in-place.ts";

/** The form with the active part in `«»`. */
function formIn(text: string): string | undefined {
  const { view, offset } = marked({ "a.conf": text });
  const all = signaturesAt(view, offset);
  const found = all?.forms[all.chosen];
  return found && shown(found);
}

function shown(found: Signature): string {
  const span = found.active === undefined ? undefined : found.parameters[found.active]?.span;
  if (!span) return found.label;
  return `${found.label.slice(0, span.start)}«${found.label.slice(span.start, span.end)}»${found.label.slice(span.end)}`;
}

describe("the form of a line", () => {
  const instance = (line: string) => `vrrp_instance VI_1 {\n    ${line}\n}\n`;
  const rows: readonly [string, string | undefined][] = [
    [instance("priority ‸"), "priority «PRIORITY»"],
    [instance("priority 1‸50"), "priority «PRIORITY»"],
    [instance("priority 150 ‸"), "priority PRIORITY"],
    [instance("prio‸rity 150"), undefined],
    [instance("nopreempt ‸"), undefined],
    [instance("# priority ‸"), undefined],
    [instance('notify_master "/bin/a b" ‸'), "notify_master SCRIPT «[USER]» [GROUP]"],
    [instance('notify_master "/bin/a‸ b" root'), "notify_master «SCRIPT» [USER] [GROUP]"],
    [instance("track_script {\n chk ‸\n }"), "NAME «[weight WEIGHT [DIRECTION]]»"],
    [instance("track_script {\n ‸chk\n }"), "«NAME» [weight WEIGHT [DIRECTION]]"],
    [instance("track_script {\n chk weight ‸\n }"), "weight «WEIGHT» [DIRECTION]"],
    [instance("track_script {\n chk weight -20 ‸\n }"), "weight WEIGHT «[DIRECTION]»"],
    [instance("virtual_ipaddress {\n 10.0.0.1/24 ‸\n }"), "ADDRESS «[OPTION…]»"],
    [instance("virtual_ipaddress {\n 10.0.0.1/24 dev ‸\n }"), "dev «INTERFACE»"],
    ["vrrp_instance ‸ {\n}\n", "vrrp_instance «NAME»"],
    ["virtual_server ‸", "virtual_server «ADDRESS» [PORT]"],
    ["virtual_server 10.0.0.1 ‸", "virtual_server ADDRESS «[PORT]»"],
    ["virtual_server 10.0.0.1 80 ‸", "virtual_server ADDRESS [PORT]"],
    ["virtual_server fwmark ‸", "fwmark «MARK»"],
    ["virtual_server fwmark 3 ‸", "virtual_server fwmark MARK"],
    ["virtual_server_group web {\n fwmark ‸\n}", "fwmark «MARK» [FAMILY]"],
    [
      "global_defs {\n lvs_timeouts tcp 9 ‸\n}",
      "lvs_timeouts [tcp SECONDS] «[tcpfin SECONDS]» [udp SECONDS]",
    ],
    [instance("virtual_routes {\n 10.1.0.0/24 ‸\n }"), "[KIND] DESTINATION «[OPTION…]»"],
    [instance("virtual_routes {\n unicast ‸\n }"), "unicast «DESTINATION»"],
    [instance("use_ipvlan ‸"), "use_ipvlan «[INTERFACE/ADDRESS/MODE…]»"],
    [instance("virtual_ipaddress ‸"), undefined],
    ["vrrp_instance VI_1 ‸\n  priority 100\n}\n", "vrrp_instance NAME"],
    ["‸", undefined],
  ];
  test.each(rows)("%j", (text, expected) => {
    expect(formIn(text)).toBe(expected);
  });
});

test("every keyword that needs a word has a form whose first part is active", () => {
  const lacking = everyKeyword().filter(({ path, keyword: { name, args } }) => {
    const [first] = args;
    const { view, offset } = marked({ "a.conf": inPlace(path, `${name} ‸`) });
    const found = signaturesAt(view, offset)?.forms[0];
    if (!first) return found !== undefined && found.parameters.length === 0;
    return !found?.label.startsWith(name) || found.active !== 0;
  });
  expect(lacking.map(({ path }) => path)).toEqual([]);
});

test("a virtual server has three forms", () => {
  const { view, offset } = marked({ "a.conf": "virtual_server ‸" });
  expect(signaturesAt(view, offset)?.forms.map(shown)).toEqual([
    "virtual_server «ADDRESS» [PORT]",
    "virtual_server «fwmark MARK»",
    "virtual_server «group NAME»",
  ]);
});

/** Each line of each keyword's example behind each of its words. */
function* everyPrefix(): Generator<string> {
  for (const { path, keyword } of everyKeyword()) {
    const lines = keyword.example.split("\n");
    for (const [index, line] of lines.entries())
      for (const { index: start, 0: word } of line.matchAll(/\S+/g)) {
        const cut = `${line.slice(0, start + word.length)} ‸`;
        yield inPlace(path, lines.with(index, cut).join("\n"));
      }
  }
}

test("law: every form anywhere is its parts in their order, and what may be written is active", () => {
  let seen = 0;
  const wrong = [...everyPrefix()].filter((text) => {
    const { view, offset } = marked({ "a.conf": text });
    const all = signaturesAt(view, offset);
    if (!all) return false;
    seen++;
    const slot = slotAt(view, offset);
    const mayFollow = slot.is === "word" && slot.expected.args.length + slot.expected.options.length > 0;
    const chosen = all.forms[all.chosen];
    return !all.forms.every(isInOrder) || (chosen?.active !== undefined) !== mayFollow;
  });
  expect(wrong).toEqual([]);
  expect(seen).toBeGreaterThan(500);
});

/** Parts one after the other behind the keyword, each with a text that reads as one and words about it. */
function isInOrder({ label, parameters, active }: Signature): boolean {
  const texts = parameters.map(({ span }) => label.slice(span.start, span.end));
  const keyword = label.slice(0, parameters[0]?.span.start);
  return (
    label === keyword + texts.join(" ") &&
    /^(\w+ )?$/.test(keyword) &&
    texts.every((text) => /^\[.+\]$|^[^[\]]+$/.test(text) && !/[,-]{2}|,-/.test(text)) &&
    parameters.every(({ doc }) => doc !== "" && !/\ba [aeiou]|9007199/.test(doc)) &&
    (active === undefined || active in parameters)
  );
}
