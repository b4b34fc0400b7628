/** Every feature of the server, one file each. */
import type { ServerCapabilities } from "vscode-languageserver";
import type { Session } from "../session.ts";
import { actions } from "./actions.ts";
import { answers } from "./answers.ts";
import { inlays, lenses } from "./lenses.ts";
import { links, navigation, renaming, symbols } from "./names.ts";

/** Registers its handlers and says what the server offers for it. */
export type Feature = (session: Session) => ServerCapabilities;

export const features: readonly Feature[] = [
  actions,
  answers,
  inlays,
  lenses,
  links,
  navigation,
  renaming,
  symbols,
];
