/** The block global_defs: settings that hold for the whole host. */
import { bufferKeywords } from "./global/buffers.ts";
import { firewallKeywords } from "./global/firewall.ts";
import { garpKeywords } from "./global/garp.ts";
import { lvsKeywords } from "./global/lvs.ts";
import { mailKeywords } from "./global/mail.ts";
import { monitoringKeywords } from "./global/monitoring.ts";
import { processKeywords } from "./global/processes.ts";
import { reloadKeywords } from "./global/reload.ts";
import { schedulingKeywords } from "./global/scheduling.ts";
import { scriptKeywords } from "./global/scripts.ts";
import { vrrpKeywords } from "./global/vrrp.ts";
import type { Keyword } from "./types.ts";

export const globalDefsBlock: Keyword = {
  name: "global_defs",
  args: [],
  keywords: [
    ...processKeywords,
    ...scriptKeywords,
    ...mailKeywords,
    ...vrrpKeywords,
    ...garpKeywords,
    ...firewallKeywords,
    ...lvsKeywords,
    ...schedulingKeywords,
    ...monitoringKeywords,
    ...bufferKeywords,
    ...reloadKeywords,
  ],
  times: "many",
  doc: "Settings for the whole host: the defaults of all instances, mail, scripts, logging, scheduling. The block may stand more than once, but everything must be above the blocks that rely on it.",
  example: "global_defs {\n    router_id lb-a\n    enable_script_security\n    script_user root\n}",
  source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:2266 (v2.2.7)",
};
