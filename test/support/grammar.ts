/** The grammar as ohm itself reads it. */
import { readFileSync } from "node:fs";
import * as ohm from "ohm-js";

export const grammar = ohm.grammar(
  readFileSync(new URL("../../grammar/keepalived.ohm", import.meta.url), "utf8"),
);
