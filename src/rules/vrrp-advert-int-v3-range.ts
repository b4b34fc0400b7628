import { readDecimal } from "../schema/values.ts";
import { eachInstance } from "./each.ts";
import { fix, replaceWord } from "./edits.ts";
import { file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

const every = (seconds: string) => file(instance("version 3", `advert_int ${seconds}`));

export const vrrpAdvertIntV3Range: FileRule = {
  id: "vrrp-advert-int-v3-range",
  severity: "warning",
  over: "file",
  summary: "advert_int is not a multiple of 0.01 up to 40.95, which VRRP version 3 needs.",
  why: "The interval in an advert of version 3 is a number of hundredths of a second with 12 bits. keepalived rounds or lowers it, so the hosts do not fail over at the pace that is written.",
  basis: "RFC 9568 section 5.2.7; keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7); keepalived -t.",
  bad: () => [
    { input: every("«60»"), fixed: every("40.95") },
    { input: every("«0.015»"), fixed: every("0.02") },
  ],
  good: () => [every("0.01"), every("9.5")],
  check: eachInstance(({ advertInterval, version }, report) => {
    const word = advertInterval.statement?.words[1];
    const written = word && !word.unknown ? readDecimal(word.text) : undefined;
    if (version.value !== 3 || version.unknown || written === undefined) return;
    if (written < 0.01 || written > 255 || Math.abs(written - advertInterval.value) < 1e-9) return;
    report(
      advertInterval.at,
      `VRRP version 3 has intervals of whole hundredths of a second up to 40.95: keepalived sends adverts every ${advertInterval.value} s instead of ${written} s. Write ${advertInterval.value}, the same on every host.`,
      {
        fixes: fix(`Write ${advertInterval.value}`, true, replaceWord(word, String(advertInterval.value))),
      },
    );
  }),
};
