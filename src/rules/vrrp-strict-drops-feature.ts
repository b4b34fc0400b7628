import type { Instance } from "../model/host.ts";
import { inside, named, type Statement } from "../schema/statement.ts";
import { eachInstance } from "./each.ts";
import { deleteLines, fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import type { Home } from "./silences.ts";
import { keywordPlace } from "./support.ts";
import type { FileRule, Report } from "./types.ts";

/** Lines of an instance that strict mode resets, and the value with which they change nothing. */
const dropped: Readonly<Record<string, string | undefined>> = {
  authentication: undefined,
  preempt_delay: "0",
  down_timer_adverts: "3",
  garp_lower_prio_repeat: "0",
  garp_lower_prio_delay: "0",
  higher_prio_send_advert: "off",
  vmac_xmit_base: undefined,
  no_virtual_ipaddress: undefined,
};
const strictly = block("global_defs", "vrrp_strict");

export const vrrpStrictDropsFeature: FileRule = {
  id: "vrrp-strict-drops-feature",
  severity: "warning",
  over: "file",
  summary: "Strict mode resets a setting that is written in the file.",
  why: "keepalived runs with other settings than the file shows. Most dangerous is authentication: when only one host is strict, the hosts reject each other's adverts and both become master.",
  basis: "keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7); seen with running daemons.",
  bad: () => [
    {
      input: file(strictly, instance("«authentication» {\n    auth_type PASS\n    auth_pass s3cret\n}")),
      fixed: file(strictly, instance()),
    },
    { input: file(strictly, instance("«preempt_delay» 60")), fixed: file(strictly, instance()) },
    { input: file(strictly, instance("state «MASTER»")) },
  ],
  good: () => [
    file(instance("preempt_delay 60")),
    file(strictly, instance("state BACKUP", "preempt_delay 0")),
  ],
  check: eachInstance((instance, report, host) => {
    if (!instance.strict.value || instance.strict.unknown) return;
    for (const line of inside(instance.block)) reportLine(host, line, instance, report);
    const { state, priority } = instance;
    const master = named(inside(instance.block), "state").find((line) => line.words[1]?.text === "MASTER");
    if (!master || priority.value === 255 || priority.unknown) return;
    report(
      state.at,
      `In strict mode only the owner of the addresses, with priority 255, may start as master: keepalived takes state BACKUP. Write state BACKUP or delete strict mode.`,
      {
        related: [{ at: instance.strict.at, message: "strict mode" }],
      },
    );
  }),
};

function reportLine(host: Home, line: Statement, { strict }: Instance, report: Report): void {
  const [keyword, value] = line.words;
  if (!keyword || line.data || !Object.hasOwn(dropped, keyword.text) || value?.unknown) return;
  if (value && value.text === dropped[keyword.text]) return;
  report(
    keywordPlace(line),
    `Strict mode does not allow ${keyword.text}, so keepalived runs without it. Delete the line, or delete strict mode, which almost no network needs.`,
    {
      related: [{ at: strict.at, message: "strict mode" }],
      fixes: fix("Delete it", false, deleteLines(host, line)),
    },
  );
}
