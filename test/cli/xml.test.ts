import fc from "fast-check";
import { expect, test } from "vitest";
import { visible } from "../../src/cli/visible.ts";
import { element, xmlDocument } from "../../src/cli/xml.ts";
import { anyText } from "../support/outcome.ts";
import { readXml } from "../support/xml.ts";

test("elements lie in each other, text lies in one", () => {
  const root = element("a", { n: 1 }, [element("b", { s: 'x "y" <z>' }), element("c", {}, "1 < 2 & 3\n")]);
  expect(xmlDocument(root)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<a n="1">
  <b s="x &quot;y&quot; &lt;z&gt;"/>
  <c>1 &lt; 2 &amp; 3
</c>
</a>
`);
});

test("a reader gets attributes and texts as they were, but for what XML cannot hold", () => {
  fc.assert(
    fc.property(anyText, anyText, (attribute, text) => {
      const root = readXml(xmlDocument(element("a", {}, [element("b", { attribute }, text)])));
      expect(root.children).toEqual([
        { name: "b", attributes: { attribute: visible(attribute) }, children: [], text: visible(text) },
      ]);
    }),
  );
});
