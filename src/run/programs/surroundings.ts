/** What the plan has to know of this machine. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import type { Surroundings } from "../plan/surroundings.ts";
import { Accounts } from "./accounts.ts";
import { inspect } from "./inspect.ts";

/** How long the machine may look for its own full name, in ms. */
const patience = 5000;

/** Looks around. The release is that whose ways the daemon follows. */
export async function surroundings(release?: string): Promise<Surroundings> {
  const accounts = new Accounts();
  const { uid, gid, username } = userInfo();
  return {
    hostname: await fullName(),
    self: { uid, gid, user: username },
    release,
    runner: (user, group) => accounts.runner(user, group),
    inspect,
    keyFile: (path) => {
      try {
        return { content: readFileSync(path, "utf8") };
      } catch (error) {
        return {
          problem: (error as NodeJS.ErrnoException).code === "ENOENT" ? "it is not there" : `${error}`,
        };
      }
    },
  };
}

/** With its domain, where that is known. */
function fullName(): Promise<string> {
  return new Promise((done) => {
    execFile("hostname", ["--fqdn"], { timeout: patience }, (error, name) => {
      done(error || name.trim() === "" ? hostname() : name.trim());
    });
  });
}
