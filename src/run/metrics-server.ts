/** The metrics over HTTP. */
import { createServer } from "node:http";

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Serves `/metrics`. Rejects when the address is taken. The returned function ends it. */
export function serveMetrics({ host, port }: Endpoint, text: () => string): Promise<() => void> {
  const server = createServer((request, response) => {
    const found = request.url?.split("?")[0] === "/metrics";
    const readable = request.method === "GET" || request.method === "HEAD";
    const status = !found ? 404 : readable ? 200 : 405;
    const type = found ? "text/plain; version=0.0.4; charset=utf-8" : "text/plain";
    response.writeHead(status, { "content-type": type });
    response.end(status === 200 ? text() : "The metrics are at /metrics.\n");
  });
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, host, () => {
      server.off("error", fail);
      done(() => {
        server.close();
        server.closeAllConnections();
      });
    });
  });
}
