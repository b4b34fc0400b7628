/** Every feature of the server, one file each. */
import type { ServerCapabilities } from "vscode-languageserver";
import type { Session } from "../session.ts";
import { actions } from "./actions.ts";
import { answers } from "./answers.ts";
import { completion } from "./completion.ts";
import { formatting } from "./format.ts";
import { hover } from "./hover.ts";
import { inlays, lenses } from "./lenses.ts";
import { links, navigation, renaming, symbols } from "./names.ts";
import { ranges, tokens } from "./ranges.ts";
import { renamedFiles } from "./renamed-files.ts";
import { signatureHelp } from "./signature-help.ts";

/** Registers its handlers and says what the server offers for it. */
export type Feature = (session: Session) => ServerCapabilities;

export const features: readonly Feature[] = [
  actions,
  answers,
  completion,
  hover,
  formatting,
  inlays,
  lenses,
  links,
  navigation,
  ranges,
  renamedFiles,
  renaming,
  signatureHelp,
  symbols,
  tokens,
];
