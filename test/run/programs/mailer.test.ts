/** Mails, through a server on this machine; those of keepalived are beside them in notices.lab.test.ts. */
import { describe, expect, test } from "vitest";
import type { MailPlan } from "../../../src/run/plan/types.ts";
import type { Notice } from "../../../src/run/ports.ts";
import { mailDate, mailText } from "../../../src/run/programs/mail-text.ts";
import { Mailer } from "../../../src/run/programs/mailer.ts";
import { textOf } from "../../support/project.ts";
import { planFor } from "../support.ts";
import { MailServer } from "./smtp.ts";
import { HeardLog } from "./support.ts";

const plan: MailPlan = {
  ...{ server: "127.0.0.1", port: 25, from: "a@example.com", to: ["b@example.com", "c@example.com"] },
  ...{ helo: "host.example.com", connectTimeout: 30_000_000, routerId: "lb1", faults: true },
};

function notice(event: Notice["event"], more: Partial<Notice> = {}): Notice {
  return { of: "instance", name: "V", event, priority: 100, notify: undefined, mail: true, ...more };
}

const moment = new Date("2021-03-01T09:44:08Z");

describe("the text", () => {
  test.each([
    ["MASTER", "Entering MASTER state", "=> VRRP Instance is now owning VRRP VIPs <="],
    ["STOP", "Stopping", "=> VRRP Instance stopping <="],
  ] as const)("of %s", (event, subject, body) => {
    expect(mailText(notice(event), plan, moment)?.split("\r\n")).toEqual([
      `Date: ${mailDate(moment)}`,
      "From: a@example.com",
      `Subject: [lb1] VRRP Instance V - ${subject}`,
      "X-Mailer: Keepalived",
      "To: b@example.com, c@example.com",
      "",
      body,
      "",
      "",
    ]);
  });

  test("of a group", () => {
    const text = mailText(notice("FAULT", { of: "group", name: "G" }), plan, moment);
    expect(text).toContain("Subject: [lb1] VRRP Group G - Entering FAULT state\r\n");
    expect(text).toContain("=> All VRRP group instances are now in FAULT state <=\r\n");
  });

  test("is none for what is no state", () => {
    expect(mailText(notice("MASTER_PRIORITY"), plan, moment)).toBeUndefined();
    expect(mailText(notice("DELETED", { of: "group" }), plan, moment)).toBeUndefined();
  });
});

async function withServer(
  body: (server: MailServer, mailer: Mailer, log: HeardLog) => Promise<void>,
  more: Partial<MailPlan> = {},
  silent = false,
): Promise<void> {
  const [server, log] = [new MailServer({ silent }), new HeardLog()];
  const mailer = new Mailer(log);
  mailer.use({ ...plan, port: await server.listen(), ...more });
  try {
    await body(server, mailer, log);
  } finally {
    server.close();
    await mailer.close(0);
  }
}

describe.concurrent("a mail", () => {
  test("reaches the server with its envelope", () =>
    withServer(async ({ mails }, mailer) => {
      mailer.tell(notice("MASTER"));
      await mails.until((all) => all.length === 1);
      expect(mails.all[0]).toMatchObject({ helo: plan.helo, from: plan.from, to: plan.to });
      expect(mails.all[0]?.text).toMatch(/\r\n\r\n=> VRRP Instance is now owning VRRP VIPs <=\r\n\r\n$/);
    }));

  test("of the tutorial's mail block is sent", () =>
    withServer(async ({ mails }, mailer, log) => {
      const { mail } = planFor(textOf("examples/tutorial/host-b.conf"));
      expect(mail?.server).toBe("10.101.1.139");
      if (!mail) throw new Error("The tutorial has a mail block.");
      const server = new MailServer();
      mailer.use({ ...mail, server: "127.0.0.1", port: await server.listen() });
      mailer.tell(notice("MASTER", { name: "ha-internal-2" }));
      await server.mails.until((all) => all.length === 1);
      server.close();
      expect(server.mails.all[0]).toMatchObject({ from: mail.from, to: mail.to });
      expect(server.mails.all[0]?.text).toContain(
        "Subject: [101-1-186-lg-201-l10.yidian.com] VRRP Instance ha-internal-2 - Entering MASTER state\r\n",
      );
      await log.until((all) => all.length === 1);
      expect([mails.all, log.all]).toEqual([[], [`Mail sent to ${mail.to.join(", ")}`]]);
    }));

  test("is not sent twice for the same state, and not for FAULT where that is not wanted", () =>
    withServer(
      async ({ mails }, mailer) => {
        for (const event of ["BACKUP", "BACKUP", "FAULT", "BACKUP", "MASTER", "BACKUP"] as const)
          mailer.tell(notice(event));
        await mails.until((all) => all.length === 3);
        await mailer.close(1000);
        const subjects = mails.all.map(({ text }) => /- (.*)\r/.exec(text)?.[1]);
        expect(subjects.toSorted()).toEqual([
          ...["Entering BACKUP state", "Entering BACKUP state", "Entering MASTER state"],
        ]);
      },
      { faults: false },
    ));

  test("to a server that is not there is logged, and no more", () =>
    withServer(
      async (_, mailer, log) => {
        mailer.tell(notice("MASTER"));
        await log.until((all) => all.length === 1);
        expect(log.all[0]).toMatch(/^Mail cannot be sent through 127\.0\.0\.1 port 1: .*ECONNREFUSED/);
      },
      { port: 1 },
    ));

  test("to a server that says nothing is given up", () =>
    withServer(
      async (_, mailer, log) => {
        for (let number = 0; number < 200; number += 1) mailer.tell(notice("MASTER", { name: `V${number}` }));
        await log.until((all) => all.some((line) => line.includes("one is left out")));
        await log.until((all) => all.filter((line) => line.includes("cannot be sent")).length >= 10);
      },
      { connectTimeout: 200_000 },
      true,
    ));
});
