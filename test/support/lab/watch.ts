/** The eye of the lab: a process in the switch's namespace that sees what every host sends. */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Bell } from "./bell.ts";
import { ip } from "./commands.ts";
import { Daemon } from "./daemon.ts";
import { readFrame } from "./frames.ts";
import { first } from "./host.ts";
import type { Lab } from "./lab.ts";

const program = fileURLToPath(new URL("./capture.mjs", import.meta.url));

/** Why packets cannot be seen here; undefined when they can. */
export function whyNoCapture(): string | undefined {
  try {
    createRequire(import.meta.url)("koffi");
    return undefined;
  } catch {
    return "the optional package koffi is not installed";
  }
}

/** Notes from now on what the hosts send. Resolves when the eye is open. */
export async function watchPackets(
  lab: Lab,
  bell: Bell,
  switchNamespace: string,
  directory: string,
): Promise<void> {
  const senders = await sendersByIndex(lab, switchNamespace);
  let open = false;
  const lines: string[] = [];
  const eye = new Daemon(
    [...first, "ip", "netns", "exec", switchNamespace, process.execPath, program],
    directory,
    ({ text }) => {
      if (text === "ready") open = true;
      else if (open) note(lab, senders, text);
      else lines.push(text);
      bell.ring();
    },
    () => bell.ring(),
  );
  const failed = () => new Error(`Packets cannot be captured:\n${lines.join("\n")}`);
  await bell.until(
    () => {
      if (eye.ending) throw failed();
      return open;
    },
    60,
    failed,
  );
}

interface Sender {
  readonly host: string;
  readonly network: number;
}

async function sendersByIndex(lab: Lab, switchNamespace: string): Promise<ReadonlyMap<number, Sender>> {
  const links: readonly { readonly ifindex: number; readonly ifname: string }[] = JSON.parse(
    await ip(["-n", switchNamespace, "-json", "link"]),
  );
  const senders = new Map<number, Sender>();
  for (const host of lab.hosts) {
    for (const { name, network } of host.ports) {
      const link = links.find(({ ifname }) => ifname === name);
      if (link) senders.set(link.ifindex, { host: host.name, network });
    }
  }
  return senders;
}

interface Captured {
  readonly at: number;
  readonly port: number;
  readonly frame: string;
}

function note(lab: Lab, senders: ReadonlyMap<number, Sender>, line: string): void {
  const { at, port, frame }: Captured = JSON.parse(line);
  const sender = senders.get(port);
  if (!sender) return;
  const bytes = Buffer.from(frame, "hex");
  lab.frames.push({ ...sender, at, bytes });
  const sight = readFrame(bytes);
  if (!sight) return;
  if (sight.kind === "advert") lab.adverts.push({ ...sight, ...sender, at });
  else lab.announcements.push({ ...sight, ...sender, at });
}
