import { file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

/** Reported by run.ts itself, which alone knows what was silenced; it stands here to be listed and explained. */
export const lintUnusedSilencer: FileRule = {
  id: "lint-unused-silencer",
  severity: "warning",
  over: "file",
  summary: "A comment silences a rule that has nothing to say there.",
  why: "A silencer that outlives its reason hides the next mistake of the same kind.",
  basis: "A law of this linter.",
  bad: () => [
    {
      input: file(instance("# vrrp-lint-disable-next-line «lex-unknown-keyword»", "advert_int 1")),
      fixed: file(instance("advert_int 1")),
    },
    { input: file("# «vrrp-lint-disable»", instance()), fixed: `\n${file(instance())}` },
    { input: file(instance(), "# vrrp-lint-disable «lex-unknown-keyword»"), fixed: `${file(instance())}\n` },
    { input: file("# vrrp-lint-disable «lex-of-my-own»", instance()), fixed: `\n${file(instance())}` },
  ],
  good: () => [file(instance("# a comment that silences nothing", "advert_int 1"))],
  check() {},
};
