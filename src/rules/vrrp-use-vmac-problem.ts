import type { Host, Instance } from "../model/host.ts";
import { byteLength } from "../schema/values.ts";
import type { Word } from "../syntax/tree.ts";
import { inInstances } from "./each.ts";
import { fix, insertAfter } from "./edits.ts";
import { block, file, instance, named } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import { keywordPlace, lineOf } from "./support.ts";
import type { FileRule, Report } from "./types.ts";

const id = "vrrp-use-vmac-problem";
const peers = ["unicast_src_ip 10.0.0.1", block("unicast_peer", "10.0.0.2")];
const other = (...lines: string[]) =>
  named("VI_2", "virtual_router_id 52", ...lines, block("virtual_ipaddress", "10.0.0.101/24"));
/** Words of use_vmac that are no interface name. */
const options = new Set(["name", "group", "netlink_notify_msg"]);

export const vrrpUseVmacProblem: FileRule = {
  id,
  severity: "warning",
  over: "file",
  summary: "use_vmac is written in a way that keepalived changes or ignores.",
  why: "The virtual MAC then has another name, or adverts do not leave through the interface that the file names. Neighbours may see another MAC for the address after a failover than before.",
  basis: "keepalived/vrrp/vrrp_parser.c, vrrp_vmac_handler and vrrp_end_handler (v2.2.7); keepalived -t.",
  bad: () => [
    { input: file(instance("use_vmac «vrrp-interface-51»")) },
    { input: file(instance("use_vmac vrrp.51"), other("use_vmac «vrrp.51»")) },
    {
      input: file(instance("«use_vmac»", ...peers)),
      fixed: file(instance("use_vmac", "vmac_xmit_base", ...peers)),
    },
    { input: file(instance("«vmac_xmit_base»")) },
    { input: file(instance("use_vmac vrrp.51 «vrrp.52»")) },
  ],
  good: () => [
    file(instance("use_vmac vrrp.51 02:00:00:00:00:51")),
    file(instance("use_vmac vrrp.51"), other("use_vmac vrrp.52")),
    file(instance("use_vmac", "vmac_xmit_base", ...peers)),
  ],
  check(host, report) {
    for (const { at, word, expected } of findingsFor(host, id))
      report(
        at,
        `keepalived does not take ${word?.text ?? "this"} here, only ${expected}. It ignores the word, and the virtual MAC is not the one that is written. Correct it.`,
      );
    const names = new Map<string, string>();
    for (const instance of withVmac(host)) {
      reportName(instance, names, report);
      reportSecondName(instance, report);
      reportBase(host, instance, report);
    }
  },
};

const withVmac = inInstances((instance) =>
  lineOf(instance, "use_vmac") || lineOf(instance, "vmac_xmit_base") ? [instance] : [],
);

function nameOf(instance: Instance): Word | undefined {
  return namesOf(instance)[0];
}

function namesOf(instance: Instance): readonly Word[] {
  const words = lineOf(instance, "use_vmac")?.words.slice(1, 3) ?? [];
  return words.filter(({ text, unknown }) => !unknown && !text.includes(":") && !options.has(text));
}

function reportSecondName(instance: Instance, report: Report): void {
  const [first, second] = namesOf(instance);
  if (!first || !second) return;
  report(
    second.at,
    `The virtual interface has the name ${first.text} already, so keepalived ignores ${second.text} and reports it. Delete one of the two.`,
  );
}

function reportName(instance: Instance, names: Map<string, string>, report: Report): void {
  const word = nameOf(instance);
  if (!word) return;
  const user = names.get(word.text);
  if (byteLength(word.text) > 15)
    report(
      word.at,
      `An interface name has at most 15 bytes, so keepalived ignores ${word.text} and picks a name itself; firewall rules and scripts for the written name do nothing. Write a shorter one.`,
    );
  else if (user)
    report(
      word.at,
      `${user} uses ${word.text} already, so keepalived ignores the name here and picks one itself. Give each instance an interface of its own.`,
    );
  else names.set(word.text, instance.name);
}

function reportBase(host: Host, instance: Instance, report: Report): void {
  const line = lineOf(instance, "use_vmac");
  const base = lineOf(instance, "vmac_xmit_base");
  if (line && instance.unicast && !base)
    report(
      keywordPlace(line),
      "With unicast peers keepalived sends from the real interface and sets vmac_xmit_base itself, with a message. Write vmac_xmit_base, so that the file says what runs.",
      { fixes: fix("Insert vmac_xmit_base", true, insertAfter(host, line, "vmac_xmit_base")) },
    );
  if (base && !line && !instance.uncertain && base.words.length === 1)
    report(
      keywordPlace(base),
      "vmac_xmit_base does nothing without use_vmac, and keepalived ignores it with a message. Add use_vmac or delete the line.",
    );
}
