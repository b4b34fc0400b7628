/** A mail server for tests: takes every mail and remembers what was said. */
import { createServer, type Server, type Socket } from "node:net";
import { Heard } from "./support.ts";

/** A mail as it came over the wire. */
export interface Mail {
  readonly helo: string;
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body, without the dot that ends them. */
  readonly text: string;
}

export class MailServer {
  readonly mails = new Heard<Mail>();
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Never answers: connections stay open and silent. */
  readonly #silent: boolean;

  constructor({ silent = false }: { silent?: boolean } = {}) {
    this.#silent = silent;
    this.#server = createServer((socket) => this.#serve(socket));
  }

  /** Listens on this machine, on a port that is free unless one is named; returns it. */
  listen(port = 0, address = "127.0.0.1"): Promise<number> {
    return new Promise((done, fail) => {
      this.#server.once("error", fail);
      this.#server.listen(port, address, () => {
        const where = this.#server.address();
        done(typeof where === "object" && where ? where.port : port);
      });
    });
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => this.#sockets.delete(socket));
    if (this.#silent) return;
    const talk = new Talk(
      (line) => socket.write(`${line}\r\n`),
      (mail) => this.mails.hear(mail),
    );
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => talk.hear(text));
    socket.write("220 test ready\r\n");
  }
}

/** What a server says to one client (RFC 5321). */
class Talk {
  readonly #say: (line: string) => void;
  readonly #take: (mail: Mail) => void;
  #rest = "";
  #data: string[] | undefined;
  #mail = { helo: "", from: "", to: [] as string[] };

  constructor(say: (line: string) => void, take: (mail: Mail) => void) {
    this.#say = say;
    this.#take = take;
  }

  hear(text: string): void {
    const lines = `${this.#rest}${text}`.split("\r\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
  }

  #line(line: string): void {
    if (this.#data && line !== ".") {
      this.#data.push(line.replace(/^\./, ""));
      return;
    }
    if (this.#data) {
      this.#take({ ...this.#mail, text: this.#data.map((each) => `${each}\r\n`).join("") });
      this.#data = undefined;
      this.#mail = { helo: this.#mail.helo, from: "", to: [] };
      this.#say("250 taken");
      return;
    }
    const [, verb = "", rest = ""] = /^(\S+) ?(.*)$/.exec(line) ?? [];
    this.#say(this.#answer(verb.toUpperCase(), rest));
  }

  #answer(verb: string, rest: string): string {
    if (verb === "HELO" || verb === "EHLO") this.#mail.helo = rest;
    if (verb === "MAIL") this.#mail.from = /<(.*)>/.exec(rest)?.[1] ?? "";
    if (verb === "RCPT") this.#mail.to.push(/<(.*)>/.exec(rest)?.[1] ?? "");
    if (verb === "DATA") this.#data = [];
    if (verb === "QUIT") return "221 bye";
    return verb === "DATA" ? "354 go on" : "250 fine";
  }
}
