import { eachInstance } from "./each.ts";
import { fix, replaceWord } from "./edits.ts";
import { file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

export const vrrpAdvertIntLooksLikeCentiseconds: FileRule = {
  id: "vrrp-advert-int-looks-like-centiseconds",
  severity: "info",
  over: "file",
  summary: "advert_int is so long that hundredths of a second may be meant.",
  why: "keepalived counts in seconds, the packets of version 3 and other products in hundredths. With 100 a backup waits five minutes before it takes over.",
  basis: "RFC 9568 section 5.2.7; acassen/keepalived issue 1283.",
  bad: () => [{ input: file(instance("advert_int «100»")), fixed: file(instance("advert_int 1")) }],
  good: () => [file(instance("advert_int 5"))],
  check: eachInstance(({ advertInterval, downTimerAdverts, version }, report) => {
    const { value, at, written, unknown, statement } = advertInterval;
    if (!written || unknown || value < 10 || !Number.isInteger(value)) return;
    const meant = version.value === 3 || value % 100 === 0 ? String(value / 100) : undefined;
    const word = statement?.words[1];
    const plain = word && Number(word.text) === value;
    report(
      at,
      `advert_int counts seconds: a backup waits more than ${downTimerAdverts.value * value} s before it takes over. If hundredths of a second were meant, write ${value / 100}.`,
      { fixes: meant && plain ? fix(`Write ${meant}`, false, replaceWord(word, meant)) : [] },
    );
  }),
};
