/** Random passwords, and those that existing files hold, so that writing files anew does not change them. */
import { randomInt } from "node:crypto";
import type { Host } from "../model/host.ts";

/** Without signs that look alike, and none that would need quotes. */
const alphabet = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** As many as the field of an advert holds. */
const length = 8;

/** A new password of 8 characters. */
export function randomPassword(): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}

/** The password of a virtual router in files that were generated before; undefined unless all of them agree. */
export function knownPassword(hosts: readonly Host[], router: string): string | undefined {
  const found = hosts.map(({ instances }) => {
    const instance = instances.find(({ name }) => name === router || name === `${router}-ipv4`);
    return instance?.authentication.value;
  });
  const passwords = new Set(found.map((each) => (each?.type === "PASS" ? each.password : undefined)));
  const [only] = passwords;
  return passwords.size === 1 ? only : undefined;
}
