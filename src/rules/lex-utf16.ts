import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-utf16";

export const lexUtf16: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "The file is encoded in UTF-16.",
  why: "keepalived reads bytes. In UTF-16 every second one is zero and ends the line, so it finds no configuration at all and the host is out of the cluster.",
  basis: "Seen with keepalived -t 2.2.7 and 2.4.3.",
  bad: () => [{ input: "«v\0»r\0r\0p\0_\0i\0n\0s\0t\0a\0n\0c\0e\0 \0a\0 \0{\0\n\0}\0\n\0" }],
  good: () => ["vrrp_instance a {\n}\n"],
  check(host, report) {
    for (const { at } of mistakes(host, id)) {
      report(
        at,
        "This file is encoded in UTF-16, in which keepalived finds no configuration at all. Save it as UTF-8 without a byte order mark.",
      );
    }
  },
};
