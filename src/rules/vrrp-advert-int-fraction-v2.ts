import { readDecimal } from "../schema/values.ts";
import { eachInstance } from "./each.ts";
import { fix, insertBefore, replaceWord } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { lineOf } from "./support.ts";
import type { FileRule } from "./types.ts";

export const vrrpAdvertIntFractionV2: FileRule = {
  id: "vrrp-advert-int-fraction-v2",
  severity: "warning",
  over: "file",
  summary: "VRRP version 2 has whole seconds only, so keepalived rounds advert_int.",
  why: "The interval in a version 2 advert is a whole number of seconds. The failover in a fraction of a second that was asked for does not happen: 0.3 becomes 1, 1.5 becomes 2.",
  basis:
    "RFC 3768 section 5.3.7; keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7); seen with running daemons.",
  bad: () => [
    {
      input: file(instance("advert_int «0.3»")),
      fixed: file(instance("version 3", "advert_int 0.3")),
    },
  ],
  good: () => [file(instance("advert_int 2")), file(instance("version 3", "advert_int 0.3"))],
  check: eachInstance((instance, report, host) => {
    const { advertInterval, version } = instance;
    const word = advertInterval.statement?.words[1];
    const written = word && !word.unknown ? readDecimal(word.text) : undefined;
    if (version.value !== 2 || version.unknown || written === undefined) return;
    if (Number.isInteger(written) || written < 0.01 || written > 255) return;
    const line = advertInterval.statement;
    const unset = !lineOf(instance, "version");
    const rounded = String(advertInterval.value);
    report(
      advertInterval.at,
      `VRRP version 2 knows whole seconds only: keepalived sends adverts every ${rounded} s instead of ${written} s, and failover is that much slower. Write version 3 on all hosts of this virtual router, which ignores authentication, or write ${rounded}.`,
      {
        fixes: [
          ...(line && unset ? fix("Insert version 3", false, insertBefore(host, line, "version 3")) : []),
          ...fix(`Write ${rounded}, as keepalived does now`, false, replaceWord(word, rounded)),
        ],
      },
    );
  }),
};
