import type { Fix } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import type { Finding, Statement } from "../schema/statement.ts";
import { fix } from "./edits.ts";
import { block, file, instance, named, script, secured } from "./examples.ts";
import { type Home, homesOfValue } from "./lexical/homes.ts";
import { shown } from "./lexical/phrases.ts";
import { findingsFor } from "./lexical.ts";
import { asHeader, putInto, runsOf } from "./put-into.ts";
import { listed } from "./support.ts";
import type { FileRule } from "./types.ts";

const id = "lex-value-without-block";

const other = named("VI_2", "virtual_router_id 52", block("virtual_ipaddress", "10.0.0.101/24"));
const both = "VI_1\n        VI_2";
const server = (...lines: string[]) =>
  block("virtual_server 10.0.0.100 80", "protocol TCP", "lvs_sched rr", ...lines);

export const lexValueWithoutBlock: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A name or an address stands outside of the block that lists such things.",
  why: "Instances of a sync group, tracked scripts and virtual addresses each have a block of their own. Without it keepalived takes the name or the address for a keyword, knows none of that name and ignores the line: the group is removed, the check does not count, the address is on no host.",
  basis: "lib/parser.c, process_stream (v2.2.7); seen with keepalived -t.",
  bad: () => [
    {
      input: file(instance(), other, block("vrrp_sync_group G", "«VI_1»", "«VI_2»")),
      fixed: file(instance(), other, block("vrrp_sync_group G", block("group", "VI_1", "VI_2"))),
    },
    {
      input: file(instance(), other, "vrrp_sync_group G { «VI_1» VI_2 }"),
      fixed: file(instance(), other, "vrrp_sync_group G { group { VI_1 VI_2 } }"),
    },
    {
      input: file(secured, script(), instance("«chk» weight 2")),
      fixed: file(secured, script(), instance(block("track_script", "chk weight 2"))),
    },
    {
      input: file(instance("«10.0.0.101/24» dev eth0 # the inner one")),
      fixed: file(instance()).replace("100/24\n", "100/24\n        10.0.0.101/24 dev eth0 # the inner one\n"),
    },
    {
      input: file(instance("unicast_src_ip 10.0.0.1", "«10.0.0.2»")),
      fixed: file(instance("unicast_src_ip 10.0.0.1", block("unicast_peer", "10.0.0.2"))),
    },
    {
      input: file(block("global_defs", "«admin@example.com»"), instance()),
      fixed: file(block("global_defs", block("notification_email", "admin@example.com")), instance()),
    },
    {
      input: file(server("«10.0.0.1» 80")),
      fixed: file(server("real_server 10.0.0.1 80 {\n}")),
    },
  ],
  good: () => [
    file(instance(), other, block("vrrp_sync_group G", block("group", both))),
    file(instance("chk weight 2")),
  ],
  check(host, report) {
    const all = findingsFor(host, id).flatMap((finding) => {
      const { statement } = finding;
      const [first, ...more] = ordered(host, finding);
      return statement && first
        ? [{ finding, statement, homes: [first, ...more], key: first.block.name }]
        : [];
    });
    for (const run of runsOf(host, all)) {
      const homes = run.all[0]?.homes ?? [];
      const safe = run.isFirst && homes.length === 1 && homes.every(({ isName }) => isName);
      const fixes = homes.flatMap((home) => fixFor(host, home, safe, run.statements));
      for (const { finding } of run.all) report(finding.at, message(finding, homes), { fixes });
    }
  },
};

/** Peers before virtual addresses where an instance sends from an address and lists no peers. */
function ordered(host: Host, finding: Finding): readonly Home[] {
  const homes = homesOfValue(host, finding);
  const around = finding.statement?.parent?.body?.statements ?? [];
  const has = (keyword: string) => around.some(({ words }) => words[0]?.text === keyword);
  const wanted = has("unicast_src_ip") && !has("unicast_peer") ? "unicast_peer" : "virtual_ipaddress";
  const isWanted = ({ block: { name } }: Home) => name === wanted;
  return [...homes.filter(isWanted), ...homes.filter((home) => !isWanted(home))];
}

function message({ word, statement }: Finding, homes: readonly Home[]): string {
  const text = shown(word?.text ?? "");
  const where = statement?.parent?.words[0]?.text ?? "the file";
  const places = homes.map(({ block: { name }, what, as }) => {
    const article = /^[aeiou]/i.test(what) ? "an" : "a";
    return as === "line" ? `as ${article} ${what} in ${name} { }` : `behind the keyword ${name}`;
  });
  return `${text} stands in ${where} itself, where keepalived looks for a keyword, knows none of that name and ignores the line. It belongs ${listed(places, "or")}.`;
}

function fixFor(
  host: Host,
  { block: { name }, as }: Home,
  safe: boolean,
  statements: readonly Statement[],
): readonly Fix[] {
  if (as === "line") {
    const lines = statements.length > 1 ? "the lines" : "the line";
    return fix(`Put ${lines} into ${name} { }`, safe, ...putInto(host, name, statements));
  }
  const edits = statements.flatMap((statement) => asHeader(host, name, statement));
  return fix(`Write ${name} before it`, safe, ...edits);
}
