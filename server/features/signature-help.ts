/** Signature help: the form of a line while it is written. */
import type { SignatureHelp } from "vscode-languageserver";
import { signatureAt } from "../../src/language/signature.ts";
import { offsetOf } from "../convert.ts";
import type { Feature } from "./index.ts";

export const signatureHelp: Feature = ({ connection, workspace, uris, guard, client }) => {
  const information = client.capabilities.textDocument?.signatureHelp?.signatureInformation;
  const knowsOffsets = information?.parameterInformation?.labelOffsetSupport ?? false;
  connection.onSignatureHelp(({ textDocument, position }, token) =>
    guard.run(
      "signature help",
      null,
      (): SignatureHelp | null => {
        const view = workspace.view(uris.fileOf(textDocument.uri));
        const found = view && signatureAt(view, offsetOf(view.lines, position));
        if (!found) return null;
        const { label, doc, parameters, active } = found;
        const shown = parameters.map(({ span, doc: about }) => ({
          label: knowsOffsets
            ? ([span.start, span.end] as [number, number])
            : label.slice(span.start, span.end),
          documentation: about,
        }));
        // Beyond the last parameter none is active.
        const activeParameter = active ?? parameters.length;
        return {
          signatures: [{ label, documentation: doc, parameters: shown }],
          activeSignature: 0,
          activeParameter,
        };
      },
      token,
    ),
  );
  return { signatureHelpProvider: { triggerCharacters: [" "], retriggerCharacters: [" "] } };
};
