/** The requests of our own client. */
import { RequestType } from "vscode-languageserver";
import { explanationOf, peersOf, takeoverTables } from "../../src/language/answers.ts";
import { peerFileOf } from "../../src/language/peer-file.ts";
import {
  type DocumentParams,
  type ExplainParams,
  type Explanation,
  type PeerFile,
  type PeerFileParams,
  type Peers,
  type Refusal,
  requests,
  type TakeoverTables,
} from "../../src/language/requests.ts";
import type { Feature } from "./index.ts";

const unknownFile: Refusal = { reason: "The server does not know this file." };
const failed: Refusal = { reason: "The server could not answer; its log says why." };

export const answers: Feature = ({ connection, workspace, uris, guard }) => {
  const uriOf = (file: string) => uris.uriOf(file);
  const viewOf = ({ uri }: DocumentParams) => workspace.view(uris.fileOf(uri));
  connection.onRequest(
    new RequestType<DocumentParams, TakeoverTables | Refusal, void>(requests.takeovers),
    (params) =>
      guard.run<TakeoverTables | Refusal>("takeovers", failed, () => {
        const view = viewOf(params);
        return view ? takeoverTables(view, uriOf) : unknownFile;
      }),
  );
  connection.onRequest(
    new RequestType<PeerFileParams, PeerFile | Refusal, void>(requests.peerFile),
    (params) =>
      guard.run<PeerFile | Refusal>("peer file", failed, () => {
        const view = viewOf(params);
        return view ? peerFileOf(view, params) : unknownFile;
      }),
  );
  connection.onRequest(
    new RequestType<ExplainParams, Explanation | Refusal, void>(requests.explain),
    ({ rule }) => guard.run<Explanation | Refusal>("explain", failed, () => explanationOf(rule)),
  );
  connection.onRequest(new RequestType<DocumentParams, Peers, void>(requests.peers), (params) =>
    guard.run<Peers>("peers", { hosts: [] }, () => {
      const view = viewOf(params);
      return view ? peersOf(view, uriOf) : { hosts: [] };
    }),
  );
  return {};
};
