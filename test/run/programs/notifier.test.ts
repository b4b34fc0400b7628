/** Notify programs, FIFOs and their readers; what keepalived does is beside it in notices.lab.test.ts. */
import { existsSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { FifoPlan, NotifyPlan, Program } from "../../../src/run/plan/types.ts";
import type { Notice } from "../../../src/run/ports.ts";
import { RunningNotifier } from "../../../src/run/programs/notifier.ts";
import { type Folder, HeardLog, inFolder, program } from "./support.ts";

function notifyOf(more: Partial<NotifyPlan>): NotifyPlan {
  return {
    ...{ master: undefined, backup: undefined, fault: undefined, stop: undefined, any: undefined },
    ...{ masterReceivedLower: undefined, deleted: undefined, tellsDeleted: false, tellsPriority: false },
    ...more,
  };
}

function notice(event: Notice["event"], notify: NotifyPlan, more: Partial<Notice> = {}): Notice {
  return { of: "instance", name: "V 1", event, priority: 100, notify, mail: false, ...more };
}

/** A program that writes its words, and its own name, into one file. */
function writer(folder: Folder, name: string): Program {
  return program(folder.script(name, `echo "${name}:$*" >> "$F/told"`));
}

async function withNotifier(
  folder: Folder,
  body: (notifier: RunningNotifier, log: HeardLog) => Promise<void>,
  fifos: readonly FifoPlan[] = [],
): Promise<void> {
  const log = new HeardLog();
  const notifier = new RunningNotifier(log);
  await notifier.use({ fifos, mail: undefined, umask: 0o177 });
  try {
    await body(notifier, log);
  } finally {
    await notifier.close();
  }
  expect(folder.lines("never")).toEqual([]);
}

/** The lines of a file after it has as many. */
async function told(folder: Folder, count: number, file = "told"): Promise<readonly string[]> {
  await folder.until(() => folder.lines(file).length >= count);
  return folder.lines(file).toSorted();
}

describe.concurrent("notify programs", () => {
  test("get the state's own program without words, and `notify` with what changed", () =>
    inFolder((folder) =>
      withNotifier(folder, async (notifier) => {
        const [master, any] = [writer(folder, "master"), writer(folder, "any")];
        notifier.tell(notice("MASTER", notifyOf({ master, any })));
        expect(await told(folder, 2)).toEqual(["any:INSTANCE V 1 MASTER 100", "master:"]);
      }),
    ));

  test("of groups have the priority 0", () =>
    inFolder((folder) =>
      withNotifier(folder, async (notifier) => {
        const group = notifyOf({ any: writer(folder, "any"), fault: writer(folder, "fault") });
        notifier.tell(notice("FAULT", group, { of: "group", name: "G", priority: 0 }));
        expect(await told(folder, 2)).toEqual(["any:GROUP G FAULT 0", "fault:"]);
      }),
    ));

  test("are told of a deleted instance as FAULT without the program of FAULT, or as DELETED", () =>
    inFolder((folder) =>
      withNotifier(folder, async (notifier) => {
        const any = writer(folder, "any");
        const fault = program(folder.script("fault", 'echo >> "$F/never"'));
        notifier.tell(notice("DELETED", notifyOf({ any, fault })));
        expect(await told(folder, 1)).toEqual(["any:INSTANCE V 1 FAULT 100"]);
        const deleted = writer(folder, "deleted");
        notifier.tell(notice("DELETED", notifyOf({ any, fault, deleted, tellsDeleted: true })));
        expect(await told(folder, 3)).toEqual([
          ...["any:INSTANCE V 1 DELETED 100", "any:INSTANCE V 1 FAULT 100", "deleted:"],
        ]);
      }),
    ));

  test("hear nothing of priorities but notify_master_rx_lower_pri", () =>
    inFolder((folder) =>
      withNotifier(folder, async (notifier) => {
        const any = program(folder.script("any", 'echo >> "$F/never"'));
        const masterReceivedLower = writer(folder, "lower");
        const notify = notifyOf({ any, masterReceivedLower });
        notifier.tell(notice("MASTER_PRIORITY", notify));
        notifier.tell(notice("MASTER_RX_LOWER_PRI", notify));
        expect(await told(folder, 1)).toEqual(["lower:"]);
      }),
    ));

  test("that are refused are not run; failures are logged", () =>
    inFolder((folder) =>
      withNotifier(folder, async (notifier, log) => {
        const master = { ...program(folder.script("master", 'echo >> "$F/never"')), refused: "it may not" };
        notifier.tell(notice("MASTER", notifyOf({ master, any: program("/nowhere/x") })));
        notifier.tell(notice("BACKUP", notifyOf({ backup: program(folder.script("b", "exit 3")) })));
        await log.until((all) => all.length === 2);
        expect(log.all.toSorted().join("\n")).toMatch(
          /^\/nowhere\/x has failed: .*ENOENT\n.*\/b has failed: exit code 3$/,
        );
      }),
    ));

  test("run as their user, with an empty input and in a group of their own", () =>
    inFolder((folder) =>
      withNotifier(folder, async (notifier) => {
        const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;
        const file = folder.script(
          "who",
          'cat > "$F/input"',
          'echo "$(id -u) $(id -g) $(id -G)" >> "$F/told"',
        );
        notifier.tell(notice("MASTER", notifyOf({ master: { ...program(file), user } })));
        const [line = ""] = await told(folder, 1);
        expect(line.startsWith(user ? "65534 65534" : "")).toBe(true);
        expect(user === undefined || !/ 0( |$)/.test(line)).toBe(true);
        expect(folder.lines("input")).toEqual([]);
      }),
    ));

  test("of STOP may finish at the end; others are ended", () =>
    inFolder(async (folder) => {
      const log = new HeardLog();
      const notifier = new RunningNotifier(log);
      const stop = program(folder.script("stop", 'echo stopped >> "$F/told"'));
      const backup = program(folder.script("backup", 'echo > "$F/there"', 'exec tail -f "$F/there"'));
      notifier.tell(notice("BACKUP", notifyOf({ backup })));
      await folder.until(() => existsSync(folder.file("there")));
      notifier.tell(notice("STOP", notifyOf({ stop })));
      await notifier.close();
      expect(folder.lines("told")).toEqual(["stopped"]);
      await log.until((all) => all.some((line) => line.endsWith("backup has failed: SIGTERM")));
    }));
});

describe.concurrent("scripts at start and end", () => {
  test("are waited for", () =>
    inFolder((folder) =>
      withNotifier(folder, async (notifier) => {
        await notifier.run(program(folder.script("up", "sleep 0.1", 'echo up >> "$F/told"')), 10_000_000);
        expect(folder.lines("told")).toEqual(["up"]);
      }),
    ));

  test("are ended after their time", () =>
    inFolder((folder) =>
      withNotifier(folder, async (notifier, log) => {
        await notifier.run(program(folder.script("up", 'exec tail -f "$F/up"')), 50_000);
        expect(log.all).toEqual([`${folder.file("up")} takes too long and is ended`]);
      }),
    ));
});

describe.concurrent("a FIFO", () => {
  const fifo = (folder: Folder, reader?: Program): FifoPlan => {
    return { of: "all", path: folder.file("fifo"), owner: undefined, program: reader };
  };

  test("is made, has a line for each change, and is gone at the end", () =>
    inFolder(async (folder) => {
      const file = folder.script("reader", 'while read line; do echo "$line" >> "$F/told"; done < "$1"');
      const reader = program(file, folder.file("fifo"));
      const body = async (notifier: RunningNotifier) => {
        const { mode } = statSync(folder.file("fifo"));
        expect((mode & 0o777).toString(8)).toBe("600");
        for (const event of ["BACKUP", "MASTER", "MASTER_PRIORITY"] as const)
          notifier.tell(notice(event, notifyOf({})));
        notifier.tell(notice("STOP", notifyOf({}), { of: "group", name: "G", priority: 0 }));
        await folder.until(() => folder.lines("told").length === 4);
        expect(folder.lines("told")).toEqual([
          'INSTANCE "V 1" BACKUP 100',
          'INSTANCE "V 1" MASTER 100',
          'INSTANCE "V 1" MASTER_PRIORITY 100',
          'GROUP "G" STOP 0',
        ]);
      };
      await withNotifier(folder, body, [fifo(folder, reader)]);
      expect(existsSync(folder.file("fifo"))).toBe(false);
    }));

  test("that nobody reads keeps nobody waiting", () =>
    inFolder((folder) =>
      withNotifier(
        folder,
        async (notifier, log) => {
          for (let count = 0; count < 5000; count += 1) notifier.tell(notice("MASTER", notifyOf({})));
          expect(log.all).toEqual([`FIFO ${folder.file("fifo")} is full, nobody reads it`]);
        },
        [fifo(folder)],
      ),
    ));

  test("has its reader started again when that ends", () =>
    inFolder((folder) =>
      withNotifier(folder, async () => {
        await folder.until(() => folder.lines("told").length === 2);
      }, [fifo(folder, program(folder.script("reader", 'echo started >> "$F/told"')))]),
    ));

  test("stays with its reader where a new plan has the same", () =>
    inFolder(async (folder) => {
      const reader = program(folder.script("reader", 'echo started >> "$F/told"', 'exec tail -f "$F/told"'));
      const plan = fifo(folder, reader);
      const body = async (notifier: RunningNotifier) => {
        await folder.until(() => folder.lines("told").length === 1);
        const moved = { ...plan, program: { ...reader, at: { file: "b.conf", span: { start: 1, end: 2 } } } };
        await notifier.use({ fifos: [moved], mail: undefined, umask: 0o177 });
        expect(folder.lines("told")).toEqual(["started"]);
        await notifier.use({ fifos: [], mail: undefined, umask: 0o177 });
        expect(existsSync(folder.file("fifo"))).toBe(false);
      };
      await withNotifier(folder, body, [plan]);
    }));

  test("that cannot be made is logged", () =>
    inFolder((folder) =>
      withNotifier(
        folder,
        async (notifier, log) => {
          notifier.tell(notice("MASTER", notifyOf({})));
          expect(log.all.join()).toContain("FIFO /nowhere/fifo cannot be used");
        },
        [{ of: "vrrp", path: "/nowhere/fifo", owner: undefined, program: undefined }],
      ),
    ));
});
