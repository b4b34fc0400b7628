/** Gratuitous ARP and unsolicited neighbour advertisements, as whole frames through a packet socket. */
import { readFileSync } from "node:fs";
import type { Announcement, Announcer } from "../ports.ts";
import { announcementFrame } from "./frames.ts";
import { checked, errorText, lastError, libc } from "./libc.ts";

const packetFamily = 17;
const rawWithCloseOnExec = 3 | 0o2000000;
/** Requests of netdevice(7); the answer stands behind the name in struct ifreq. */
const requests = { flags: 0x8913, hardware: 0x8927, index: 0x8933 } as const;
const nameSize = 16;
const withoutArp = 0x80;
/** Hardware types whose frames look like Ethernet's. */
const ethernet = 1;

/** Opens the socket. Throws when the machine refuses, or when koffi cannot be loaded. */
export function linuxAnnouncer(): Announcer {
  // A socket of no protocol receives nothing.
  const socket = checked("A packet socket", libc().socket(packetFamily, rawWithCloseOnExec, 0));
  let open = true;
  return {
    announce: async (announcements) => announcements.flatMap((each) => send(socket, each) ?? []),
    close: () => {
      if (open) libc().close(socket);
      open = false;
    },
  };
}

/** Sends one; returns what went wrong. An interface without ARP has nobody to tell. */
function send(socket: number, { interface: name, base, family, address }: Announcement): string | undefined {
  const failed = (why: string) => `${address} was not announced on ${name}: ${why}.`;
  const flags = ask(socket, requests.flags, name);
  const hardware = ask(socket, requests.hardware, name);
  const index = ask(socket, requests.index, name);
  if (!flags || !hardware || !index) return failed(errorText(lastError()));
  if (flags.readUInt16LE() & withoutArp) return undefined;
  if (hardware.readUInt16LE() !== ethernet) return failed("it has no Ethernet address");
  const mac = hardware.subarray(2, 8);
  const frame = announcementFrame(family, mac, address, family === 6 && forwards(base ?? name));
  const to = linkAddress(index.readInt32LE(), frame);
  const sent = Number(libc().sendto(socket, frame, frame.length, 0, to, to.length));
  return sent < 0 ? failed(errorText(lastError())) : undefined;
}

/** What the kernel answers about an interface; undefined when there is none of that name. */
function ask(socket: number, request: number, name: string): Buffer | undefined {
  const question = Buffer.alloc(40);
  question.write(name.slice(0, nameSize - 1));
  return libc().ioctl(socket, request, question) < 0 ? undefined : question.subarray(nameSize);
}

/** struct sockaddr_ll: the interface; the frame itself says to whom it goes. */
function linkAddress(index: number, frame: Uint8Array): Uint8Array {
  const to = Buffer.alloc(20);
  to.writeUInt16LE(packetFamily);
  to.set(frame.subarray(12, 14), 2);
  to.writeInt32LE(index, 4);
  return to;
}

/** Whether the host is a router on this interface (keepalived's set_ipv6_forwarding). */
function forwards(name: string): boolean {
  try {
    return readFileSync(`/proc/sys/net/ipv6/conf/${name}/forwarding`, "utf8").trim() !== "0";
  } catch {
    return false;
  }
}
