/** Random tests repeat themselves: one seed for all, SEED=n for another. A gate must not fail by chance. */
import fc from "fast-check";
import { seed } from "./support/texts.ts";

fc.configureGlobal({ seed });
