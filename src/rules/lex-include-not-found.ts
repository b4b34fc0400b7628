import { file, instance } from "./examples.ts";
import { shown } from "./lexical/phrases.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-include-not-found";

export const lexIncludeNotFound: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "An include matches no file.",
  why: "keepalived notes it in one line of its log and starts all the same. When the instances are in that file, the host is out of the cluster without a failure anyone sees.",
  basis: "keepalived.conf(5), Include files; seen with keepalived -t and with a running daemon.",
  bad: () => [
    {
      input: {
        "a.conf": `include «parts/vip.conf»\n${file(instance())}`,
        "parts/vips.conf": "",
      },
    },
  ],
  good: () => [
    { "a.conf": `include parts/vips.conf\n${file(instance())}`, "parts/vips.conf": "" },
    { "a.conf": `include parts/*.conf\n${file(instance())}`, "parts/vips.conf": "" },
    `include /etc/keepalived/not-here.conf\n${file(instance())}`,
  ],
  check(host, report) {
    for (const { at, subject = "" } of mistakes(host, id)) {
      report(
        at,
        `No file matches ${shown(subject)}, and keepalived goes on without it: what the file was to set is missing on this host. Correct the path; includem or includea make keepalived refuse to start when nothing matches.`,
      );
    }
  },
};
