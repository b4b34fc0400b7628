import { named, type Statement } from "../schema/statement.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance, named as namedInstance } from "./examples.ts";
import type { FileRule } from "./types.ts";

const second = (name: string) =>
  namedInstance(name, "virtual_router_id 52", block("virtual_ipaddress", "10.0.0.101/24"));

export const vrrpInstanceNameDuplicate: FileRule = {
  id: "vrrp-instance-name-duplicate",
  severity: "error",
  over: "file",
  summary: "Two instances have the same name.",
  why: "keepalived skips the whole second block: its virtual addresses are on no host.",
  basis: "keepalived/vrrp/vrrp_parser.c, vrrp_handler (v2.2.7); keepalived -t.",
  bad: () => [
    {
      input: file(instance(), second("«VI_1»")),
      fixed: file(instance(), second("VI_1_2")),
    },
  ],
  good: () => [file(instance(), second("VI_2"))],
  check(host, report) {
    const blocks = named(host.statements, "vrrp_instance");
    // Of blocks with one name only the first is an instance.
    if (blocks.length === host.instances.length) return;
    const first = new Map<string, Statement>();
    const used = new Set(blocks.map((block) => block.words[1]?.text));
    for (const block of blocks) {
      const name = block.words[1];
      if (!name || name.unknown || block.words.length !== 2) continue;
      const before = first.get(name.text);
      if (!before) first.set(name.text, block);
      if (!before?.words[1]) continue;
      const free = freeName(name.text, used);
      report(
        name.at,
        `There is an instance ${name.text} above already, so keepalived skips this whole block and its addresses are on no host. Give it a name of its own.`,
        {
          related: [{ at: before.words[1].at, message: "the instance that keepalived keeps" }],
          fixes: fix(`Name it ${free}`, false, replaceWord(name, free)),
        },
      );
    }
  },
};

function freeName(name: string, used: ReadonlySet<string | undefined>): string {
  let number = 2;
  while (used.has(`${name}_${number}`)) number++;
  return `${name}_${number}`;
}
