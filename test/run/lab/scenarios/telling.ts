/** Whom the program tells: notify scripts, FIFOs, mail. */
import { mailServer } from "../../../support/lab/mail-server.ts";
import { dies, filter, happens, linkDown, linkUp, losesPower, on, starts, stops, writes } from "../deeds.ts";
import type { Scenario } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import { addresses, block, file, globals, named, quick, quickRest, three, two, vip, vrrp } from "./texts.ts";

const onA = on([vip], "a");
const onB = on([vip], "b");
const both = [vip, "10.0.0.101"];

const everyScript = [
  'notify_master "/mnt/tell.sh own-master"',
  'notify_backup "/mnt/tell.sh own-backup"',
  'notify_fault "/mnt/tell.sh own-fault"',
  'notify_stop "/mnt/tell.sh own-stop"',
  'notify "/mnt/tell.sh own-any"',
  'notify_master_rx_lower_pri "/mnt/tell.sh own-lower"',
];

/** Whether a master hears a last advert of the one before it is a matter of the moment. */
const crossing = (lines: RegExp) => ({ lines, why: "two adverts may cross when an address moves" });

const hearsLower = (stage: Stage) =>
  stage.until("a is told of the lower priority", () => /own-lower/.test(stage.host("a").read("told")));

const notify: Scenario = {
  name: "notify scripts: every kind, arguments and order",
  hosts: two,
  text: (host) => file(globals(host), vrrp(host, ...quick, ...everyScript)),
  rest: quickRest,
  story: [
    starts("b", onB),
    starts("a", onA),
    linkDown("a", "eth0", onB),
    linkUp("a", "eth0", onA),
    happens(
      "b hears nothing",
      (stage) => filter(stage, "b", "meta l4proto 112 drop"),
      on([vip], "a", "b"),
      hearsLower,
    ),
    happens("b hears again", (stage) => filter(stage, "b"), onA),
    losesPower("b", onA),
    stops("a", on([vip])),
  ],
  chance: crossing(/own-lower/),
};

const notifyPriority: Scenario = {
  name: "notify_priority_changes",
  hosts: two,
  before: (stage) => {
    for (const name of ["a", "b"]) stage.host(name).write("load", "0\n");
  },
  text: (host) =>
    file(
      globals(host),
      block("vrrp_track_file load", "file /mnt/load"),
      vrrp(host, ...quick, "notify_priority_changes", block("track_file", "load weight 1")),
    ),
  rest: quickRest,
  story: [
    starts("a", onA),
    starts("b", onA),
    writes("a", "load", "-20\n", onA),
    writes("a", "load", "-80\n", onB),
    writes("a", "load", "0\n", onA),
  ],
};

const notifyGroup: Scenario = {
  name: "notify scripts of a sync group",
  hosts: two,
  text: (host) =>
    file(
      globals(host),
      block(
        "vrrp_sync_group G",
        block("group", "VI_1", "VI_2"),
        'notify_master "/mnt/tell.sh group-master"',
        'notify_backup "/mnt/tell.sh group-backup"',
        'notify_fault "/mnt/tell.sh group-fault"',
        'notify_stop "/mnt/tell.sh group-stop"',
        'notify "/mnt/tell.sh group-any"',
      ),
      vrrp(host, ...quick, block("track_interface", "eth1")),
      named("VI_2", 52, host, ...quick, addresses("10.0.0.101/24")),
    ),
  rest: quickRest,
  story: [
    starts("a", on(both, "a")),
    starts("b", on(both, "a")),
    linkDown("a", "eth1", on(both, "b")),
    linkUp("a", "eth1", on(both, "a")),
    dies("a", on(both, "b")),
    starts("a", on(both, "a")),
  ],
};

/** Writes what comes out of the FIFO that is named last, to the end of it: also while the program ends. */
const reader = '#!/bin/sh\ntrap "" TERM HUP INT\nexec cat "$1" >> /mnt/fifo.log\n';

const fifo: Scenario = {
  name: "notify_fifo and its script",
  hosts: two,
  before: (stage) => {
    for (const name of ["a", "b"]) stage.host(name).writeProgram("reader.sh", reader);
  },
  text: (host) =>
    file(
      globals(host, "vrrp_notify_fifo /mnt/fifo", "vrrp_notify_fifo_script /mnt/reader.sh"),
      block("vrrp_sync_group G", block("group", "VI_1", "VI_2")),
      vrrp(host, ...quick, block("track_interface", "eth1")),
      named("VI_2", 52, host, ...quick, addresses("10.0.0.101/24")),
    ),
  rest: quickRest,
  story: [
    starts("a", on(both, "a")),
    starts("b", on(both, "a")),
    linkDown("a", "eth1", on(both, "b")),
    linkUp("a", "eth1", on(both, "a")),
    stops("b", on(both, "a")),
  ],
  chance: crossing(/MASTER_RX_LOWER_PRI/),
};

const startupScripts: Scenario = {
  name: "startup_script and shutdown_script",
  hosts: two,
  text: (host) =>
    file(
      globals(host, 'startup_script "/mnt/tell.sh startup"', 'shutdown_script "/mnt/tell.sh shutdown"'),
      vrrp(host, ...quick),
    ),
  rest: quickRest,
  story: [starts("a", onA), starts("b", onA), stops("a", onB), starts("a", onA)],
};

interface Mail {
  readonly hello: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly data: string;
}

/**
 * Envelope, subject and text of every mail of a host. keepalived begins a mail when it stops and has ended before the
 * server has answered; vrrp-run's arrives.
 */
function toldMails(stage: Stage): void {
  const lines = stage.host("c").read("mails").split("\n").filter(Boolean);
  const mails = lines.map((line): Mail => JSON.parse(line));
  for (const host of ["a", "b"]) {
    const own = mails
      .filter(({ data }) => new RegExp(`^Subject: \\[${host}\\]`, "mi").test(data))
      .filter(({ data }) => !/^Subject: .* - Stopping/im.test(data));
    stage.tell(
      `${host} mails`,
      ...own.map(({ from, to, data }) => {
        const subject = /^Subject: (.*(?:\r\n[ \t].*)*)/im.exec(data)?.[1]?.replaceAll(/\r\n\s+/g, " ");
        const body = data.split("\r\n\r\n").slice(1).join(" ").trim().replaceAll(/\s+/g, " ");
        const address = (text: string) => /<([^>]*)>/.exec(text)?.[1] ?? text;
        return `${address(from)} -> ${to.map(address).join(", ")}: ${subject} | ${body}`;
      }),
    );
  }
}

const mail: Scenario = {
  name: "smtp_alert sends mails",
  hosts: three,
  watchers: ["c"],
  before: async (stage) => {
    stage.aside("c", process.execPath, mailServer, "10.0.0.3", "25", "/mnt/mails");
    await stage.until("the mail server listens", async () =>
      /:0019 /.test(await stage.must("c", "cat", "/proc/net/tcp")),
    );
  },
  text: (host) =>
    file(
      globals(
        host,
        block("notification_email", "ops@example.org", "night@example.org"),
        "notification_email_from keepalived@example.org",
        "smtp_server 10.0.0.3",
        "smtp_connect_timeout 5",
      ),
      vrrp(host, ...quick, "smtp_alert"),
    ),
  rest: quickRest + 1,
  story: [
    starts("a", onA),
    starts("b", onA),
    stops("a", onB),
    { ...starts("a", onA), afterwards: toldMails },
  ],
};

export const telling: readonly Scenario[] = [notify, notifyPriority, notifyGroup, fifo, startupScripts, mail];
