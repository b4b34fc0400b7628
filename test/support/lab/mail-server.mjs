/**
 * An SMTP server for the lab: `mail-server.mjs ADDRESS PORT FILE` takes every mail and appends what was said and sent to
 * the file as one line of JSON each: `{"hello", "from", "to", "data"}`. Prints `ready` first.
 */
import { appendFileSync } from "node:fs";
import { createServer } from "node:net";

const [, , address, port, file] = process.argv;

createServer((socket) => {
  const mail = { hello: "", from: "", to: [], data: "" };
  let text = "";
  let inData = false;
  const say = (line) => socket.write(`${line}\r\n`);
  const take = (line) => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "HELO" || verb === "EHLO") mail.hello = line.slice(5);
    if (verb === "MAIL") mail.from = line.slice(10);
    if (verb === "RCPT") mail.to.push(line.slice(8));
    if (verb === "DATA") {
      inData = true;
      return say("354 go on");
    }
    if (verb === "QUIT") {
      say("221 bye");
      return socket.end();
    }
    return say("250 ok");
  };
  socket.setEncoding("utf8");
  socket.on("error", () => {});
  socket.on("data", (piece) => {
    text += piece;
    for (;;) {
      const end = text.indexOf(inData ? "\r\n.\r\n" : "\r\n");
      if (end === -1) return;
      const taken = text.slice(0, end);
      text = text.slice(end + (inData ? 5 : 2));
      if (!inData) {
        take(taken);
        continue;
      }
      inData = false;
      mail.data = taken;
      appendFileSync(file, `${JSON.stringify(mail)}\n`);
      mail.to = [];
      say("250 taken");
    }
  });
  say("220 lab");
}).listen(Number(port), address, () => console.log("ready"));
