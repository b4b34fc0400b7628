/** What keepalived writes in its mails (core/smtp.c and vrrp/vrrp_notify.c). */
import type { MailPlan } from "../plan/types.ts";
import type { Notice } from "../ports.ts";

interface Wording {
  readonly subject: string;
  readonly body: string;
}

const instance: Partial<Record<Notice["event"], Wording>> = {
  MASTER: { subject: "Entering MASTER state", body: "=> VRRP Instance is now owning VRRP VIPs <=" },
  BACKUP: { subject: "Entering BACKUP state", body: "=> VRRP Instance is no longer owning VRRP VIPs <=" },
  FAULT: { subject: "Entering FAULT state", body: "=> VRRP Instance is no longer owning VRRP VIPs <=" },
  STOP: { subject: "Stopping", body: "=> VRRP Instance stopping <=" },
  DELETED: { subject: "Deleted", body: "=> VRRP Deleted at reload <=" },
};

const inGroup = (state: string) => `=> All VRRP group instances are now ${state} <=`;
const group: Partial<Record<Notice["event"], Wording>> = {
  MASTER: { subject: "Entering MASTER state", body: inGroup("in MASTER state") },
  BACKUP: { subject: "Entering BACKUP state", body: inGroup("in BACKUP state") },
  FAULT: { subject: "Entering FAULT state", body: inGroup("in FAULT state") },
  STOP: { subject: "Stopping", body: inGroup("stopping") },
};

/** Whether an event is one that mails tell. */
export function isMailed({ of, event }: Notice): boolean {
  return (of === "instance" ? instance : group)[event] !== undefined;
}

/** The whole mail, headers and body; undefined for an event that mails do not tell. */
export function mailText({ of, name, event }: Notice, plan: MailPlan, now: Date): string | undefined {
  const wording = (of === "instance" ? instance : group)[event];
  if (!wording) return undefined;
  const kind = of === "instance" ? "Instance" : "Group";
  return [
    `Date: ${mailDate(now)}`,
    `From: ${plan.from}`,
    `Subject: [${plan.routerId}] VRRP ${kind} ${name} - ${wording.subject}`,
    "X-Mailer: Keepalived",
    `To: ${plan.to.join(", ")}`,
    "",
    wording.body,
    // keepalived ends the body and then the mail.
    "",
    "",
  ].join("\r\n");
}

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A date as RFC 5322 wants it, in the machine's own zone: `Mon, 01 Mar 2021 09:44:08 +0000`. */
export function mailDate(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const offset = -date.getTimezoneOffset();
  const size = Math.abs(offset);
  const zone = `${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}${two(size % 60)}`;
  const day = `${days[date.getDay()]}, ${two(date.getDate())} ${months[date.getMonth()]} ${date.getFullYear()}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())} ${zone}`;
}
