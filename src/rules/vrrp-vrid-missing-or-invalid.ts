import type { Finding } from "../schema/statement.ts";
import { eachInstance } from "./each.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import { isWhole, meantNumber, mentions } from "./support.ts";
import type { FileRule } from "./types.ts";

const id = "vrrp-vrid-missing-or-invalid";
const refused =
  "keepalived's VRRP process then ends for good, and every instance on this host is down, not just this one.";
const choose =
  "Write a number from 1 to 255, the same on all hosts of this virtual router and used by no other router in the network.";

export const vrrpVridMissingOrInvalid: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "An instance has no valid virtual_router_id.",
  why: "The VRID is the identity of the virtual router in every advert, and 0 is not one. Without a number from 1 to 255 keepalived does not run at all: every virtual address of the host is down.",
  basis:
    "RFC 9568 section 5.2.3; keepalived/vrrp/vrrp_parser.c, vrrp_vrid_handler (v2.2.7); seen with running daemons.",
  bad: () => [
    { input: file(instance("virtual_router_id «0»")) },
    { input: file(instance("virtual_router_id «51;»")), fixed: file(instance("virtual_router_id 51")) },
    { input: file(instance("virtual_router_id «0x33»")), fixed: file(instance("virtual_router_id 51")) },
    {
      input: file(
        block(
          "«vrrp_instance VI_1»",
          "interface eth0",
          "priority 150",
          block("virtual_ipaddress", "10.0.0.100/24"),
        ),
      ),
    },
  ],
  good: () => [file(instance("virtual_router_id 1")), file(instance("virtual_router_id 255"))],
  check(host, report) {
    for (const finding of findingsFor(host, id)) {
      if (!finding.word) continue;
      report(finding.at, `${problem(finding)} ${refused} ${choose}`, { fixes: repair(finding) });
    }
    missing(host, report);
  },
};

const missing = eachInstance((instance, report, host) => {
  if (instance.vrid || !isWhole(host, instance) || mentions(instance, "virtual_router_id")) return;
  report(instance.at, `${instance.name} has no virtual_router_id. ${refused} ${choose}`);
});

function problem({ word, kind }: Finding): string {
  const text = word?.text ?? "";
  if (kind === "bad-number") return `${text} is not a number.`;
  return Number(text) === 0
    ? "0 is not a valid virtual_router_id."
    : `${text} is too large for a virtual_router_id.`;
}

function repair({ word }: Finding) {
  const meant = meantNumber(word?.text ?? "");
  const inRange = meant !== undefined && Number(meant) >= 1 && Number(meant) <= 255;
  return inRange ? fix(`Write ${meant}`, true, replaceWord(word, meant)) : [];
}
