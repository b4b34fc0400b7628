/** What can happen to a host, as chapters of a story. */
import { existsSync, readFileSync } from "node:fs";
import { scheduler } from "node:timers/promises";
import { block } from "../../../src/rules/examples.ts";
import type { Holders } from "../../support/lab.ts";
import type { Chapter } from "./scenario.ts";
import type { Stage } from "./stage.ts";

type Then = Chapter["afterwards"];
type Expected = NonNullable<Chapter["holders"]>;

function chapter(what: string, deed: Chapter["deed"], holders?: Expected, afterwards?: Then): Chapter {
  return { what, deed, ...(holders ? { holders } : {}), ...(afterwards ? { afterwards } : {}) };
}

/** Anything else. */
export const happens = chapter;

/** A program that has opened its sockets for adverts hears its neighbours: it is a backup, or about to be master. */
async function listening(stage: Stage, name: string): Promise<void> {
  const { pid } = stage.host(name);
  const isOpen = (file: string) => {
    const path = `/proc/${pid}/net/${file}`;
    // The second column ends with the protocol: 0x70 is VRRP, 0x33 the authentication header.
    return existsSync(path) && /:00(70|33) /.test(readFileSync(path, "utf8"));
  };
  await stage.until(`${name} listens`, () => isOpen("raw") || isOpen("raw6"));
}

export async function start(stage: Stage, name: string): Promise<void> {
  stage.host(name).start();
  await listening(stage, name);
}

/** The program is started on these hosts, one after the other. */
export function starts(name: string, holders: Expected, afterwards?: Then): Chapter {
  return chapter(`${name} is started`, (stage) => start(stage, name), holders, afterwards);
}

/** SIGTERM. */
export function stops(name: string, holders: Expected, afterwards?: Then): Chapter {
  return chapter(`${name} is stopped`, (stage) => stage.host(name).stop(), holders, afterwards);
}

/** SIGKILL. keepalived's addresses stay where they are: all of it ends, and nobody tidies up. */
export function dies(name: string, holders: Expected, afterwards?: Then): Chapter {
  const kill = (stage: Stage) => {
    const host = stage.host(name);
    return stage.runs(name) === "keepalived" ? host.kill() : host.strike();
  };
  const withLeft = (stage: Stage) => {
    const expected = typeof holders === "function" ? holders(stage) : holders;
    if (stage.runs(name) !== "keepalived") return expected;
    return Object.fromEntries(
      Object.entries(expected).map(([address, hosts]) => [
        address,
        stage.heldBefore(name, address) ? [...hosts, name] : hosts,
      ]),
    );
  };
  return chapter(`${name} is killed (SIGKILL)`, kill, withLeft, afterwards);
}

/** The host's cables are dead at once, and nothing of it is left. */
export function losesPower(name: string, holders: Expected, afterwards?: Then): Chapter {
  const deed = (stage: Stage) => {
    stage.off.add(name);
    return stage.host(name).crash();
  };
  return chapter(`${name} loses its power`, deed, holders, afterwards);
}

export function returns(name: string, holders: Expected, afterwards?: Then): Chapter {
  const deed = async (stage: Stage) => {
    stage.off.delete(name);
    await stage.host(name).boot();
    await start(stage, name);
  };
  return chapter(`${name} has power again`, deed, holders, afterwards);
}

export function linkDown(name: string, link: string, holders: Expected, afterwards?: Then): Chapter {
  return chapter(
    `${link} of ${name} is taken down`,
    (stage) => stage.host(name).linkDown(link),
    holders,
    afterwards,
  );
}

export function linkUp(name: string, link: string, holders: Expected, afterwards?: Then): Chapter {
  return chapter(`${link} of ${name} is back`, (stage) => stage.host(name).linkUp(link), holders, afterwards);
}

export function writes(
  name: string,
  file: string,
  text: string,
  holders: Expected,
  afterwards?: Then,
): Chapter {
  return chapter(
    `${file} of ${name} says ${JSON.stringify(text)}`,
    (stage) => stage.host(name).write(file, text),
    holders,
    afterwards,
  );
}

export function misses(name: string, file: string, holders: Expected, afterwards?: Then): Chapter {
  return chapter(`${name} has no ${file}`, (stage) => stage.host(name).remove(file), holders, afterwards);
}

/** For what takes its time by nature, such as a minute of lost adverts. */
export const pause = (seconds: number) => scheduler.wait(seconds * 1000);

/** All these addresses on one host. */
export function on(addresses: readonly string[], ...hosts: readonly string[]): Holders {
  return Object.fromEntries(addresses.map((address) => [address, hosts]));
}

/** Loads a chain that sees every packet that comes in to a host; without a rule it is taken away again. */
export async function filter(stage: Stage, host: string, rule?: string): Promise<void> {
  const chain = block("chain in", "type filter hook input priority 0;", rule ?? "");
  const table = rule === undefined ? "" : block("table inet lab", chain);
  const text = `table inet lab\ndelete table inet lab\n${table}\n`;
  stage.host(host).write("rules.nft", text);
  await stage.must(host, "nft", "-f", "/mnt/rules.nft");
}
