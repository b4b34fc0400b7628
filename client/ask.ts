/** Small things that all commands use. */
import * as vscode from "vscode";
import type { Refusal } from "../src/language/requests.ts";

/** Sends one of our own requests to the server, starting it where needed. */
export type Ask = <Params, Answer>(method: string, params: Params) => Promise<Answer>;

/** The configuration in the active editor, if that is one. */
export function activeDocument(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === "keepalived" ? document : undefined;
}

/** Whether an answer is the reason why there is none. */
export function isRefusal(answer: object): answer is Refusal {
  return "reason" in answer;
}
