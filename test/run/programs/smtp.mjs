/** A mail server in a process of its own, for a host of the lab: prints each mail as one line of JSON. Port: first word. */
import { createServer } from "node:net";

createServer((socket) => {
  let rest = "";
  let data;
  const mail = { from: "", to: [] };
  const say = (line) => socket.write(`${line}\r\n`);
  const hear = (line) => {
    if (data && line !== ".") data.push(line.replace(/^\./, ""));
    else if (data) {
      process.stdout.write(`${JSON.stringify({ ...mail, text: data })}\n`);
      data = undefined;
      say("250 taken");
    } else {
      const address = /<(.*)>/.exec(line)?.[1] ?? "";
      if (/^MAIL/i.test(line)) mail.from = address;
      if (/^RCPT/i.test(line)) mail.to.push(address);
      if (/^DATA/i.test(line)) data = [];
      say(data ? "354 go on" : /^QUIT/i.test(line) ? "221 bye" : "250 fine");
    }
  };
  socket.on("error", () => {});
  socket.on("data", (text) => {
    const lines = `${rest}${text}`.split("\r\n");
    rest = lines.pop() ?? "";
    lines.forEach(hear);
  });
  say("220 test ready");
}).listen(Number(process.argv[2]), "127.0.0.1", () => process.stdout.write("ready\n"));
