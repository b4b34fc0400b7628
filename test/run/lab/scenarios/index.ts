import type { Scenario } from "../scenario.ts";
import { disturbances, loss } from "./disturbances.ts";
import { hundredth } from "./hurry.ts";
import { protocols } from "./protocols.ts";
import { resources } from "./resources.ts";
import { telling } from "./telling.ts";
import { tracking } from "./tracking.ts";
import { tutorial } from "./tutorial.ts";

/** All there is, in the order of the table; what takes longest comes first, so that nothing else is waited for at the end. */
export const scenarios: readonly Scenario[] = [
  ...tutorial,
  loss,
  ...protocols,
  hundredth,
  ...tracking,
  ...resources,
  ...telling,
  ...disturbances,
];
