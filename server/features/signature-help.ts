/** Signature help: the form of a line while it is written. */
import type { SignatureHelp, SignatureInformation } from "vscode-languageserver";
import { type Signature, signaturesAt } from "../../src/language/signature.ts";
import { offsetOf } from "../convert.ts";
import type { Feature } from "./index.ts";

function shown({ label, doc, parameters, active }: Signature, knowsOffsets: boolean): SignatureInformation {
  return {
    label,
    documentation: doc,
    parameters: parameters.map(({ span, doc: about }) => ({
      label: knowsOffsets ? [span.start, span.end] : label.slice(span.start, span.end),
      documentation: about,
    })),
    // Beyond the last parameter none is active.
    activeParameter: active ?? parameters.length,
  };
}

export const signatureHelp: Feature = ({ connection, workspace, uris, guard, client }) => {
  const information = client.capabilities.textDocument?.signatureHelp?.signatureInformation;
  const knowsOffsets = information?.parameterInformation?.labelOffsetSupport ?? false;
  connection.onSignatureHelp(({ textDocument, position }, token) =>
    guard.run(
      "signature help",
      null,
      (): SignatureHelp | null => {
        const view = workspace.view(uris.fileOf(textDocument.uri));
        const found = view && signaturesAt(view, offsetOf(view.lines, position));
        if (!found) return null;
        const signatures = found.forms.map((form) => shown(form, knowsOffsets));
        return {
          signatures,
          activeSignature: found.chosen,
          // For clients that know the active parameter of single forms not yet.
          activeParameter: signatures[found.chosen]?.activeParameter ?? 0,
        };
      },
      token,
    ),
  );
  return { signatureHelpProvider: { triggerCharacters: [" "], retriggerCharacters: [" "] } };
};
