/** Tests in the network namespaces of a lab: sockets opened and programs started there belong to the lab's host. */
import { closeSync, openSync } from "node:fs";
import { checked, libc } from "../../../src/run/linux/libc.ts";
import { Bell } from "../../support/lab/bell.ts";
import type { Lab } from "../../support/lab.ts";

const networkNamespace = 0x40000000;

/** Runs this in the namespace of a host. What is opened or started before it returns stays there. */
export function on<Result>(lab: Lab, host: string, body: () => Result): Result {
  const back = openSync("/proc/thread-self/ns/net", "r");
  const there = openSync(`/run/netns/${lab.name}-host-${host}`, "r");
  try {
    checked("setns", libc().setns(there, networkNamespace));
    return body();
  } finally {
    checked("setns", libc().setns(back, networkNamespace));
    closeSync(there);
    closeSync(back);
  }
}

/** The same until a promise is settled: nothing else may run in this process meanwhile. */
export async function stayingOn<Result>(
  lab: Lab,
  host: string,
  body: () => Promise<Result>,
): Promise<Result> {
  const back = openSync("/proc/thread-self/ns/net", "r");
  const there = openSync(`/run/netns/${lab.name}-host-${host}`, "r");
  try {
    checked("setns", libc().setns(there, networkNamespace));
    return await body();
  } finally {
    checked("setns", libc().setns(back, networkNamespace));
    closeSync(there);
    closeSync(back);
  }
}

/** A list that things are put into while a test waits for them. */
export class Inbox<Thing> {
  readonly things: Thing[] = [];
  readonly #bell = new Bell();

  readonly put = (thing: Thing): void => {
    this.things.push(thing);
    this.#bell.ring();
  };

  /** Resolves once the list is as wished; rejects after a minute with what is in it. */
  until(condition: (things: readonly Thing[]) => boolean): Promise<void> {
    return this.#bell.until(
      () => condition(this.things),
      60,
      () => new Error(`Not within a minute; there came: ${JSON.stringify(this.things)}`),
    );
  }
}
