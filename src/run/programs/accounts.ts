/** Users and groups of the machine, wherever it keeps them. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Runner } from "../plan/surroundings.ts";

/** How long a directory service may take to answer, in ms. */
const patience = 5000;

/** Looks users and groups up once each, with `getent`, which knows all sources, else in the files. */
export class Accounts {
  readonly #known = new Map<string, readonly string[] | undefined>();

  /** A user with its own group, or with the one named; undefined when one of them does not exist. */
  runner(user: string, group: string | undefined): Runner | undefined {
    const [, , uid, own] = this.#entry("passwd", user) ?? [];
    const gid = group === undefined ? own : this.#entry("group", group)?.[2];
    return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
  }

  #entry(base: "passwd" | "group", name: string): readonly string[] | undefined {
    const key = `${base} ${name}`;
    if (!this.#known.has(key)) this.#known.set(key, lookUp(base, name));
    return this.#known.get(key);
  }
}

/** The fields of an entry; a number is no name, though `getent` takes it for one. */
function lookUp(base: "passwd" | "group", name: string): readonly string[] | undefined {
  const lines = `${ask(base, name) ?? ""}\n${listed(base)}`.split("\n");
  return lines.map((line) => line.split(":")).find(([first]) => first === name);
}

function ask(base: string, name: string): string | undefined {
  try {
    const options = { encoding: "utf8", timeout: patience, stdio: "pipe" } as const;
    return execFileSync("getent", [base, "--", name], options);
  } catch {
    return undefined;
  }
}

function listed(base: string): string {
  try {
    return readFileSync(`/etc/${base}`, "utf8");
  } catch {
    return "";
  }
}
