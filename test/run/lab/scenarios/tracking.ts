/** Scripts, files, processes and interfaces on which the priority or the state depends. */
import { happens, linkDown, linkUp, misses, on, starts, writes } from "../deeds.ts";
import type { Scenario } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import { block, file, globals, type Lines, named, quick, quickRest, two, vip, vrrp } from "./texts.ts";

/** Fails while the host's file `chk` is there. */
const check = (...lines: Lines) =>
  block(
    "vrrp_script chk",
    'script "/usr/bin/test ! -e /mnt/chk"',
    "interval 1",
    "fall 1",
    "rise 1",
    ...lines,
  );

const scripted = (script: Lines) => (host: string) =>
  file(globals(host), check(...script), vrrp(host, ...quick, block("track_script", "chk")));

/** A script's turn comes every second. */
const rest = quickRest + 1.2;
const onA = on([vip], "a");
const onB = on([vip], "b");

const failsOnA = [
  starts("a", onA),
  starts("b", onA),
  writes("a", "chk", "", onB),
  misses("a", "chk", onA),
  writes("b", "chk", "", onA),
];

const scripts: readonly (readonly [string, Lines])[] = [
  ["script without weight", []],
  ["script with negative weight", ["weight -80"]],
  ["script with positive weight", ["weight 80"]],
];

const scriptScenarios = scripts.map(
  ([name, script]): Scenario => ({
    name,
    hosts: two,
    text: scripted(script),
    rest,
    story: failsOnA,
  }),
);

const initFail: Scenario = {
  name: "script with init_fail, rise 2 and fall 2",
  hosts: two,
  text: (host) =>
    host === "a"
      ? file(
          globals(host),
          block(
            "vrrp_script chk",
            'script "/usr/bin/test ! -e /mnt/chk"',
            ...["interval 1", "rise 2", "fall 2", "init_fail"],
          ),
          vrrp(host, ...quick, block("track_script", "chk")),
        )
      : file(globals(host), vrrp(host, ...quick)),
  rest: rest + 1,
  story: [starts("b", onB), starts("a", onA), writes("a", "chk", "", onB), misses("a", "chk", onA)],
};

const timeout: Scenario = {
  name: "script that hangs, with timeout",
  hosts: two,
  before: (stage) => {
    stage.host("a").writeProgram("check.sh", "#!/bin/sh\n[ ! -e /mnt/hang ] || exec sleep 600\n");
  },
  text: (host) =>
    host === "a"
      ? file(
          globals(host),
          block(
            "vrrp_script chk",
            'script "/mnt/check.sh"',
            ...["interval 1", "timeout 1", "rise 1", "fall 1"],
          ),
          vrrp(host, ...quick, block("track_script", "chk")),
        )
      : file(globals(host), vrrp(host, ...quick)),
  rest: rest + 1,
  story: [starts("a", onA), starts("b", onA), writes("a", "hang", "", onB), misses("a", "hang", onA)],
  differs: { keys: /^a tells/, why: "whether one more run hangs depends on when the cause goes" },
};

const asUser: Scenario = {
  name: "script with a user of its own",
  hosts: two,
  before: (stage) => {
    for (const name of ["a", "b"]) {
      stage.host(name).writeProgram("check.sh", '#!/bin/sh\n[ "$(id -un):$(id -gn)" = nobody:nogroup ]\n');
    }
  },
  text: (host) =>
    file(
      globals(host),
      block(
        "vrrp_script chk",
        'script "/mnt/check.sh"',
        ...["user nobody nogroup", "interval 1", "rise 1", "fall 1"],
      ),
      vrrp(host, ...quick, block("track_script", "chk")),
    ),
  rest,
  story: [starts("a", onA), starts("b", onA)],
};

const trackFile: Scenario = {
  name: "track_file",
  hosts: two,
  before: (stage) => {
    for (const name of ["a", "b"]) stage.host(name).write("load", "0\n");
  },
  text: (host) =>
    file(
      globals(host),
      block("vrrp_track_file load", "file /mnt/load"),
      vrrp(host, ...quick, block("track_file", "load weight 1")),
    ),
  rest: quickRest,
  story: [
    starts("a", onA),
    starts("b", onA),
    writes("a", "load", "-80\n", onB),
    writes("a", "load", "10\n", onA),
    writes("b", "load", "90\n", onB),
    misses("b", "load", onA),
    writes("a", "load", "-254\n", onB),
    writes("a", "load", "0\n", onA),
  ],
};

const trackFileFault: Scenario = {
  name: "track_file without weight",
  hosts: two,
  before: (stage) => {
    for (const name of ["a", "b"]) stage.host(name).write("load", "0\n");
  },
  text: (host) =>
    file(
      globals(host),
      block("vrrp_track_file load", "file /mnt/load", "weight 0"),
      vrrp(host, ...quick, block("track_file", "load")),
    ),
  rest: quickRest,
  story: [
    starts("a", onA),
    starts("b", onA),
    writes("a", "load", "1\n", onB),
    writes("a", "load", "0\n", onA),
  ],
};

/** A program that no other lab of this machine runs, because processes are seen across labs. */
const processName = (host: string, tag: string) => `worker-${host}-${tag}`;

async function worker(stage: Stage, host: string): Promise<void> {
  const name = processName(host, stage.tag);
  await stage.must(host, "cp", "/bin/sleep", `/mnt/${name}`);
  stage.aside(host, `/mnt/${name}`, "600");
}

/** keepalived sees no process of a lab, so that only the hosts with vrrp-run track one. */
const trackProcess: Scenario = {
  name: "track_process",
  hosts: two,
  before: async (stage) => {
    await worker(stage, "a");
    await worker(stage, "b");
  },
  text: (host, stage) =>
    stage.runs(host) === "keepalived"
      ? file(globals(host), vrrp(host, ...quick))
      : file(
          globals(host),
          block("vrrp_track_process worker", `process ${processName(host, stage.tag)}`),
          vrrp(host, ...quick, block("track_process", "worker")),
        ),
  rest: quickRest + 1,
  story: [
    starts("a", onA),
    starts("b", onA),
    happens(
      "the process on a ends",
      (stage) => stage.endAside("a"),
      (stage) => (stage.runs("a") === "vrrp-run" ? onB : onA),
    ),
    happens("the process on a is back", (stage) => worker(stage, "a"), onA),
    happens("the process on b ends", (stage) => stage.endAside("b"), onA),
  ],
  withoutReference: "Linux tells of processes only in the machine's first network namespace",
};

const trackInterface: Scenario = {
  name: "track_interface with and without weight",
  hosts: two,
  text: (host) =>
    file(
      globals(host),
      vrrp(host, ...quick, block("track_interface", "eth1")),
      named(
        "VI_2",
        52,
        host,
        ...quick,
        block("track_interface", "eth1 weight -80"),
        block("virtual_ipaddress", "10.0.0.101/24"),
      ),
    ),
  rest: quickRest,
  story: [
    starts("a", on([vip, "10.0.0.101"], "a")),
    starts("b", on([vip, "10.0.0.101"], "a")),
    linkDown("a", "eth1", on([vip, "10.0.0.101"], "b")),
    linkUp("a", "eth1", on([vip, "10.0.0.101"], "a")),
  ],
};

const groupScript: Scenario = {
  name: "script of a sync group",
  hosts: two,
  text: (host) =>
    file(
      globals(host),
      check(),
      block("vrrp_sync_group G", block("group", "VI_1", "VI_2"), block("track_script", "chk")),
      vrrp(host, ...quick),
      named("VI_2", 52, host, ...quick, block("virtual_ipaddress", "10.0.0.101/24")),
    ),
  rest,
  story: [
    starts("a", on([vip, "10.0.0.101"], "a")),
    starts("b", on([vip, "10.0.0.101"], "a")),
    writes("a", "chk", "", on([vip, "10.0.0.101"], "b")),
    misses("a", "chk", on([vip, "10.0.0.101"], "a")),
  ],
};

export const tracking: readonly Scenario[] = [
  ...scriptScenarios,
  initFail,
  timeout,
  asUser,
  trackFile,
  trackFileFault,
  trackProcess,
  trackInterface,
  groupScript,
];
