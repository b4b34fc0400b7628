/** The form of a line while it is written. */
import { describe, expect, test } from "vitest";
import { signatureAt } from "../../src/language/signature.ts";
import { everyKeyword } from "../../src/schema/index.ts";
import { marked } from "../support/asking.ts";
import { inPlace } from "../support/in-place.ts";

/** The form with the active part in `«»`. */
function formIn(text: string): string | undefined {
  const { view, offset } = marked({ "a.conf": text });
  const found = signatureAt(view, offset);
  if (!found) return undefined;
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
    ["virtual_server 10.0.0.1 ‸", "virtual_server [ADDRESS] «[PORT]» [fwmark MARK] [group NAME]"],
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
    const found = signatureAt(view, offset);
    if (!first) return found !== undefined && found.parameters.length === 0;
    return !found?.label.startsWith(name) || found.active !== 0;
  });
  expect(lacking.map(({ path }) => path)).toEqual([]);
});
