/** What of its rights this process lacks for the daemon's work. */
import { readFileSync } from "node:fs";

/** Bits of the kernel's capabilities. */
const needed = { CAP_NET_ADMIN: 12n, CAP_NET_RAW: 13n };

/** Why it cannot run as this user, in words; undefined when it can. */
export function lackedRights(status = readFileSync("/proc/self/status", "utf8")): string | undefined {
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? "0"}`);
  const lacking = Object.entries(needed).flatMap(([name, bit]) => ((effective >> bit) & 1n ? [] : [name]));
  if (lacking.length === 0) return undefined;
  return `this user lacks ${lacking.join(" and ")}; run it as root, or as the systemd unit of this package does`;
}
