/** SSL: the client certificate for SSL_GET checks. */
import type { Keyword } from "./types.ts";

const path = [{ name: "file", value: { is: "path" } }] as const;

export const ssl: readonly Keyword[] = [
  {
    name: "password",
    args: [{ name: "password", value: { is: "text" } }],
    withoutValue: "skipped",
    times: "once",
    onInvalid: "reads the key without a password",
    doc: "Password of the private key. Quote it when it holds # or !.",
    example: "password change-me",
    source: "keepalived/check/check_parser.c:85 (v2.2.7)",
  },
  {
    name: "ca",
    args: path,
    withoutValue: "skipped",
    times: "once",
    onInvalid: "uses no such file",
    doc: "File with the certificates of the authorities, in PEM form.",
    example: "ca /etc/keepalived/ca.pem",
    source: "keepalived/check/check_parser.c:90 (v2.2.7)",
  },
  {
    name: "certificate",
    args: path,
    withoutValue: "skipped",
    times: "once",
    onInvalid: "uses no such file",
    doc: "File with the certificate that keepalived shows to the real servers, in PEM form.",
    example: "certificate /etc/keepalived/client.pem",
    source: "keepalived/check/check_parser.c:95 (v2.2.7)",
  },
  {
    name: "key",
    args: path,
    withoutValue: "skipped",
    times: "once",
    onInvalid: "uses no such file",
    doc: "File with the private key of the certificate, in PEM form.",
    example: "key /etc/keepalived/client.key",
    source: "keepalived/check/check_parser.c:100 (v2.2.7)",
  },
];

export const sslBlock: Keyword = {
  name: "SSL",
  args: [],
  keywords: ssl,
  times: "once",
  wins: "last",
  doc: "Certificate and key that keepalived presents in SSL_GET checks. Only needed when the real servers ask clients for a certificate; a second block replaces the first.",
  example: "SSL {\n    certificate /etc/keepalived/client.pem\n    key /etc/keepalived/client.key\n}",
  source: "keepalived/check/check_parser.c:57 (v2.2.7)",
};
