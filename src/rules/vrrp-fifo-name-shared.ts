import { named } from "../schema/statement.ts";
import { block, file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

const globals = (...lines: string[]) => file(block("global_defs", ...lines), instance());

export const vrrpFifoNameShared: FileRule = {
  id: "vrrp-fifo-name-shared",
  severity: "error",
  over: "file",
  summary: "Two notify FIFOs have the same path.",
  why: "Several processes of keepalived write to one pipe, and a reader gets their events mixed or not at all. Whatever acts on them misses state changes.",
  basis: "keepalived.conf(5), notify_fifo: the names must differ.",
  bad: () => [
    { input: globals("notify_fifo /run/keepalived.fifo", "vrrp_notify_fifo «/run/keepalived.fifo»") },
  ],
  good: () => [globals("notify_fifo /run/keepalived.fifo", "vrrp_notify_fifo /run/vrrp.fifo")],
  check(host, report) {
    const paths = ["notify_fifo", "vrrp_notify_fifo", "lvs_notify_fifo"].flatMap((keyword) => {
      const word = named(host.globals.statements, keyword).at(-1)?.words[1];
      return word && !word.unknown ? [{ keyword, word }] : [];
    });
    for (const [index, { word }] of paths.entries()) {
      const first = paths.slice(0, index).find((each) => each.word.text === word.text);
      if (!first) continue;
      report(
        word.at,
        `${first.keyword} has this path already. Several processes of keepalived then write to one pipe, and events are lost. Give each FIFO a path of its own.`,
        { related: [{ at: first.word.at, message: first.keyword }] },
      );
    }
  },
};
