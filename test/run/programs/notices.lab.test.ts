/**
 * What notify programs, FIFOs and people are told, beside keepalived: a pair boots, takes over, has a fault, is reloaded
 * and stops. The FIFO's lines say what happened in which order; the same told to our notifier gives the same calls of
 * programs, the same FIFO and the same mails.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { describe, expect, test, vi } from "vitest";
import { readHost } from "../../../src/model/read.ts";
import { planOf } from "../../../src/run/plan/plan.ts";
import type { RunPlan } from "../../../src/run/plan/types.ts";
import type { Notice } from "../../../src/run/ports.ts";
import { RunningNotifier } from "../../../src/run/programs/notifier.ts";
import { type LabHost, needsLab, withLab } from "../../support/lab.ts";
import { block, groundOf, interfaceOf, usualSurroundings } from "../support.ts";
import { MailServer } from "./smtp.ts";
import { type Folder, HeardLog, inFolder } from "./support.ts";

vi.setConfig({ testTimeout: 180_000 });

const events = ["master", "backup", "fault", "stop"];

/** Programs that write what they are called with; `place` is where they and their files are. */
function notifyLines(place: string, who: string, more: readonly string[] = []): readonly string[] {
  const named = [...events, ...more].map(
    (event) => `notify_${event} "/bin/sh ${place}/tell ${who} ${event}"`,
  );
  return [...named, `notify "/bin/sh ${place}/tell ${who} 'any one'"`];
}

function text(place: string, vrids: readonly number[]): string {
  const instance = (vrid: number) => {
    const lines = [
      "state BACKUP",
      "interface eth0",
      `virtual_router_id ${vrid}`,
      "priority 100",
      "smtp_alert",
    ];
    return block(
      `vrrp_instance "V ${vrid}"`,
      ...lines,
      "advert_int 1",
      ...notifyLines(place, String(vrid), ["master_rx_lower_pri"]),
      block("virtual_ipaddress", `10.0.0.${vrid}/24`),
    );
  };
  return [
    block(
      "global_defs",
      ...["router_id lb1", "smtp_server 127.0.0.1 2525", "smtp_connect_timeout 5", "script_user root"],
      ...[
        "notification_email_from lb@example.com",
        block("notification_email", "a@example.com", "b@example.com"),
      ],
      ...[
        `notify_fifo ${place}/fifo`,
        `notify_fifo_script "/bin/sh ${place}/reader"`,
        "vrrp_notify_priority_changes",
      ],
    ),
    block("track_file f", `file ${place}/weight`, "weight 1"),
    block(
      "vrrp_sync_group G",
      block("group", '"V 51"', '"V 52"'),
      "smtp_alert",
      ...notifyLines(place, "group"),
    ),
    ...vrids.map(instance),
  ].join("\n");
}

const tell = (place: string) => `
for word; do line="$line[$word]"; done
echo "$line" >> ${place}/told
`;
const reader = (place: string) => `
while read -r line; do echo "$line" >> ${place}/lines; done < "$1"
`;

function noticeOf(line: string, plan: RunPlan): Notice {
  const [, of, name = "", event, priority] = /^(INSTANCE|GROUP) "(.*)" (\S+) (\d+)$/.exec(line) ?? [];
  const part = plan.parts.find(({ group, instances }) => {
    return of === "GROUP" ? group === name : instances.some((one) => one.name === name);
  });
  const owner = of === "GROUP" ? part : part?.instances.find((one) => one.name === name);
  if (!owner) throw new Error(`Not a line of a FIFO: ${line}`);
  return {
    of: of === "GROUP" ? "group" : "instance",
    name,
    event: event as Notice["event"],
    priority: Number(priority),
    notify: owner.notify,
    mail: owner.mail,
  };
}

const linesIn = (host: LabHost, file: string) =>
  host
    .read(file)
    .split("\n")
    .filter((line) => line !== "");

interface Told {
  readonly lines: readonly string[];
  readonly told: readonly string[];
  readonly mails: readonly unknown[];
}

/** A mail server in a namespace; its mails without their dates. */
function mailServerOn(namespace: string): Promise<{ process: ChildProcess; mails: unknown[] }> {
  const file = new URL("smtp.mjs", import.meta.url).pathname;
  const server = spawn("ip", ["netns", "exec", namespace, process.execPath, file, "2525"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const mails: unknown[] = [];
  return new Promise((done) => {
    createInterface(server.stdout).on("line", (line) => {
      if (line === "ready") done({ process: server, mails });
      else mails.push(undated(JSON.parse(line)));
    });
  });
}

const dateLine = /^Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}$/;

function undated({ text, ...mail }: { text: readonly string[] }): unknown {
  return { ...mail, text: text.map((line) => (dateLine.test(line) ? "Date" : line)) };
}

/** Boot, takeover, fault and stop of a host; what it told. */
async function whatKeepalivedTells(): Promise<Told> {
  return withLab({ a: { eth0: ["10.0.0.1/24"] }, b: { eth0: ["10.0.0.2/24"] } }, async (lab) => {
    const host = lab.host("a");
    host.write("tell", tell("/mnt"));
    host.write("reader", reader("/mnt"));
    const mailServer = await mailServerOn(`${lab.name}-host-a`);
    host.start(text("/mnt", [51, 52]));
    const has =
      (line: string, times = 1) =>
      () =>
        linesIn(host, "lines").filter((each) => each.startsWith(line)).length >= times;
    await lab.until("a is master", has('GROUP "G" MASTER'));
    await host.linkDown();
    await lab.until("a has a fault", has('GROUP "G" FAULT'));
    await host.linkUp();
    await lab.until("a is master again", has('GROUP "G" MASTER', 2));
    // What is not sent when it stops is lost.
    await lab.until("all mails are sent", () => mailServer.mails.length === 15);
    await host.stop();
    mailServer.process.kill();
    return { lines: linesIn(host, "lines"), told: linesIn(host, "told"), mails: mailServer.mails };
  });
}

/** What our notifier makes of the same changes. */
async function whatWeTell(folder: Folder, lines: readonly string[]): Promise<Told> {
  const place = folder.path;
  folder.write("tell", tell(place));
  folder.write("reader", reader(place));
  const host = readHost({ path: "a.conf", text: text(place, [51, 52]) });
  const plan = planOf(host, groundOf(interfaceOf("eth0", "10.0.0.1/24")), usualSurroundings);
  const notifier = new RunningNotifier(new HeardLog());
  const server = new MailServer();
  const mail = plan.mail && { ...plan.mail, port: await server.listen() };
  await notifier.use({ ...plan, mail });
  for (const line of lines) notifier.tell(noticeOf(line, plan));
  await folder.until(() => folder.lines("lines").length === lines.length);
  await server.mails.until((all) => all.length === lines.length);
  // keepalived has ended the reader when it tells this, and ends before its mails are sent.
  for (const line of ['INSTANCE "V 51" STOP 100', 'INSTANCE "V 52" STOP 100', 'GROUP "G" STOP 0'])
    notifier.tell(noticeOf(line, plan));
  await notifier.close();
  server.close();
  const mails = server.mails.all.slice(0, lines.length).map(({ helo: _, text: mailed, ...rest }) => {
    return undated({ ...rest, text: mailed.split("\r\n").slice(0, -1) });
  });
  return { lines: folder.lines("lines"), told: folder.lines("told"), mails };
}

describe.runIf(needsLab())("beside keepalived", () => {
  test("programs get the same words, the FIFO has the same lines, mails are the same", async () => {
    const real = await whatKeepalivedTells();
    const states = real.lines.filter((line) => line.startsWith("GROUP")).map((line) => line.split(" ")[2]);
    expect(states).toEqual(["BACKUP", "MASTER", "FAULT", "BACKUP", "MASTER"]);
    expect(real.lines.length).toBe(15);
    await inFolder(async (folder) => {
      const ours = await whatWeTell(folder, real.lines);
      expect(ours.lines.slice(0, 15)).toEqual(real.lines);
      expect(ours.told.toSorted()).toEqual(real.told.toSorted());
      const texts = (mails: readonly unknown[]) => mails.map((mail) => JSON.stringify(mail)).toSorted();
      expect(texts(ours.mails)).toEqual(texts(real.mails));
    });
  });
});
