import type { Fix } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import { named } from "../schema/statement.ts";
import type { Word } from "../syntax/tree.ts";
import { fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { freeName, spanOf } from "./support.ts";
import type { FileRule } from "./types.ts";

export const vrrpInstanceNameMissing: FileRule = {
  id: "vrrp-instance-name-missing",
  severity: "error",
  over: "file",
  summary: "An instance has no name, or a name of several words.",
  why: "keepalived skips the whole block: its virtual addresses are on no host.",
  basis: "keepalived/vrrp/vrrp_parser.c, vrrp_handler (v2.2.7); keepalived -t.",
  bad: () => [
    { input: file(instance().replace("vrrp_instance VI_1", "«vrrp_instance»")), fixed: file(instance()) },
    {
      input: file(
        instance(),
        instance().replace("vrrp_instance VI_1", "«vrrp_instance»").replace("51", "52"),
      ),
      fixed: file(instance(), instance().replace("VI_1", "VI_2").replace("51", "52")),
    },
    {
      input: file(instance().replace("vrrp_instance VI_1", "«vrrp_instance VI 1»")),
      fixed: file(instance()),
    },
  ],
  good: () => [file(instance()), file(instance().replace("VI_1", '"VI 1"'))],
  check(host, report) {
    for (const { words, line } of named(host.statements, "vrrp_instance")) {
      const [, first, ...more] = words;
      if (words.length === 2 || words.some((word) => word.unknown)) continue;
      if (more.some((word) => word.text.startsWith("//"))) continue;
      const joined = [first, ...more].map((word) => word?.text).join("_");
      const at = spanOf(words, line.at);
      if (!first)
        report(
          at,
          "vrrp_instance needs a name; without one keepalived skips the whole block, and its addresses are on no host. Write a name of one word, such as VI_1.",
          { fixes: naming(host, words[0]) },
        );
      else
        report(
          at,
          `A name is one word, so keepalived skips this whole block, and its addresses are on no host. Join the words, such as ${joined}.`,
          {
            fixes: words.every((word) => word.exact && !word.via)
              ? fix(`Name it ${joined}`, true, { at: spanOf(words.slice(1), line.at), text: joined })
              : [],
          },
        );
    }
  },
};

/** The first of VI_1, VI_2 … that no instance of the host has. */
function naming(host: Host, keyword: Word | undefined): readonly Fix[] {
  if (!keyword?.exact || keyword.via || keyword.quoted) return [];
  const name = freeName("VI_1", new Set(host.instances.map((each) => each.name)));
  const { file: path, span } = keyword.at;
  const behind = { file: path, span: { start: span.end, end: span.end } };
  return fix(`Name it ${name}`, false, { at: behind, text: ` ${name}` });
}
