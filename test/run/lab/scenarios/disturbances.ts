/** Networks and machines that do not do what they should; always held against keepalived under the same. */
import { type ChildProcess, spawn } from "node:child_process";
import { now } from "../../../support/lab/daemon.ts";
import { first } from "../../../support/lab/host.ts";
import { filter, happens, on, pause, starts } from "../deeds.ts";
import type { Chapter, Scenario } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import {
  addresses,
  block,
  file,
  globals,
  quick,
  quickRest,
  same,
  slowRest,
  three,
  two,
  vip,
  vrrp,
} from "./texts.ts";

const onA = on([vip], "a");
const onB = on([vip], "b");
const booted: readonly Chapter[] = [starts("a", onA), starts("b", onA)];

/** In 60 s some 60 adverts come; the last ones before and after that are not lost, so that the end is no matter of chance. */
const [lossPeriod, calmFrom, calmTo] = [200, 54, 100];

/** Which adverts are lost: three of ten, the same ones for everybody. */
const lost: readonly number[] = (() => {
  let state = 1;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
  const all = Array.from({ length: lossPeriod }, (_, position) => ({ position, chance: next() }));
  const calm = (position: number) => position >= calmFrom && position < calmTo;
  return all.flatMap(({ position, chance }) => (chance < 0.3 && !calm(position) ? [position] : []));
})();

const middle = (host: string) => (host === "b" ? ["priority 128"] : []);

export const loss: Scenario = {
  name: "30 % of the adverts are lost for a minute",
  hosts: two,
  // With a skew time of half an interval b's wait ends in the middle between two adverts, so that no machine is too busy
  // for the order of the two; which adverts are lost depends on it.
  text: (host) => file(globals(host), vrrp(host, "version 3", "advert_int 1", ...middle(host))),
  rest: slowRest,
  story: [
    ...booted,
    happens(
      "the network loses adverts",
      async (stage) => {
        const verdicts = lost.map((position) => `${position} : drop`).join(", ");
        await filter(stage, "b", `meta l4proto 112 numgen inc mod ${lossPeriod} vmap { ${verdicts} }`);
        await pause(60);
        await filter(stage, "b");
      },
      onA,
      (stage) => {
        const takeovers =
          stage
            .host("b")
            .read("told")
            .match(/MASTER/g)?.length ?? 0;
        stage.show("takeovers", `${takeovers}`);
        if (takeovers === 0) throw new Error("Not three adverts in a row were lost in this minute.");
      },
    ),
  ],
};

const deaf: Scenario = {
  name: "asymmetric cut: b does not hear a",
  hosts: two,
  text: same(...quick),
  rest: quickRest,
  story: [
    ...booted,
    happens("b hears nothing", (stage) => filter(stage, "b", "meta l4proto 112 drop"), on([vip], "a", "b")),
    happens("b hears again", (stage) => filter(stage, "b"), onA),
    happens("a hears nothing", (stage) => filter(stage, "a", "meta l4proto 112 drop"), onA),
    happens("a hears again", (stage) => filter(stage, "a"), onA),
  ],
};

const cut: Scenario = {
  name: "network divided and joined",
  hosts: two,
  text: same(...quick),
  rest: quickRest,
  story: [
    ...booted,
    happens("the network is divided", (stage) => stage.lab.partition(["a"], ["b"]), on([vip], "a", "b")),
    happens("it is joined again", (stage) => stage.lab.heal(), onA),
  ],
};

const flaps: Scenario = {
  name: "flapping link",
  hosts: two,
  text: same(...quick),
  rest: quickRest,
  story: [
    ...booted,
    happens(
      "eth0 of a goes down and up ten times",
      async (stage) => {
        for (let turn = 0; turn < 10; turn += 1) {
          await stage.host("a").linkDown();
          await pause(0.12 + turn * 0.03);
          await stage.host("a").linkUp();
          await pause(0.12 + turn * 0.03);
        }
      },
      onA,
    ),
  ],
  differs: { keys: /tells|sends/, why: "which of the moments are seen depends on chance" },
};

/** Seconds by which the clock of the host's programs is wrong, as libfaketime reads it. */
async function setClock(stage: Stage, host: string, offset: string): Promise<void> {
  stage.host(host).write("clock", `${offset}\n`);
  const seen = Number(await stage.must(host, "date", "+%s")) - now() / 1000;
  if (Math.abs(seen - Number(offset)) > 60)
    throw new Error(`Clocks cannot be set here (libfaketime): ${seen}`);
}

const clock: Scenario = {
  name: "clock set forward and back by an hour",
  hosts: two,
  text: same(...quick),
  rest: quickRest,
  environment: {
    LD_PRELOAD: "/usr/$LIB/faketime/libfaketime.so.1",
    FAKETIME_TIMESTAMP_FILE: "/mnt/clock",
    FAKETIME_NO_CACHE: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  },
  before: async (stage) => {
    for (const host of ["a", "b"]) await setClock(stage, host, "+0");
  },
  story: [
    ...booted,
    happens("a's clock goes forward", (stage) => setClock(stage, "a", "+3600"), onA),
    happens("a's clock goes back", (stage) => setClock(stage, "a", "-3600"), onA),
    happens("b's clock goes forward", (stage) => setClock(stage, "b", "+3600"), onA),
    happens("b's clock goes back", (stage) => setClock(stage, "b", "-3600"), onA),
  ],
};

/** Programs that only burn time and are as important as the hosts', two for everybody who wants them burning; they end by themselves at the latest. */
const burners = { wanted: 0, programs: [] as ChildProcess[] };

async function burn(seconds: number): Promise<void> {
  burners.wanted += 1;
  if (burners.wanted === 1) {
    const [nice, ...words] = first;
    const burner = [...words, "timeout", "300", "sh", "-c", "while :; do :; done"];
    burners.programs = [1, 2].map(() => spawn(nice, burner, { stdio: "ignore" }));
  }
  try {
    await pause(seconds);
  } finally {
    burners.wanted -= 1;
    if (burners.wanted === 0) for (const each of burners.programs) each.kill();
  }
}

const busy: Scenario = {
  name: "both processors busy for 20 s",
  hosts: two,
  text: same(...quick),
  rest: quickRest,
  story: [
    ...booted,
    happens(
      "two programs burn time",
      () => burn(20),
      onA,
      (stage) =>
        stage.show(
          "takeovers",
          `${
            stage
              .host("b")
              .read("told")
              .match(/MASTER/g)?.length ?? 0
          }`,
        ),
    ),
  ],
};

/** How long two hosts advertised at the same time since a moment: from a's first advert to b's last one after it. */
function twoMasters(stage: Stage, since: number): { listened: number; both: number } {
  const sent = (host: string) =>
    stage.lab.adverts.filter((advert) => advert.host === host && advert.at > since && advert.priority > 0);
  const begin = sent("a")[0]?.at ?? Number.POSITIVE_INFINITY;
  const last = sent("b").at(-1)?.at ?? 0;
  return { listened: begin - since, both: Math.max(0, last - begin) };
}

/** Longer than b waits for a's adverts. */
const stalls = happens(
  "a stands still (SIGSTOP)",
  async (stage) => stage.host("a").stall(),
  on([vip], "a", "b"),
);

/** The master down interval of host a, in ms: 3 adverts and the skew time of priority 150. */
const downA = 3 * 300 + (300 * (256 - 150)) / 256;

function goesOn(after: NonNullable<Chapter["holders"]>): Chapter {
  const check = (stage: Stage) => {
    const { listened, both } = twoMasters(stage, stage.chapterBegins);
    stage.show("first advert", `${Math.round(listened)} ms`);
    if (Number.isFinite(listened)) stage.show("two masters", `${Math.round(both)} ms`);
    if (stage.runs("a") === "vrrp-run" && listened < downA * 0.9) {
      throw new Error(`a advertised ${listened} ms after it had stood still, without listening first.`);
    }
    if (both > 300) throw new Error(`Two hosts advertised for ${both} ms.`);
  };
  return happens("a goes on (SIGCONT)", (stage) => stage.host("a").resume(), after, check);
}

const differs = {
  keys: /^a tells|^[ab] (sends|tells)/,
  why: "keepalived goes on to advertise at once, vrrp-run listens first",
};

const stall: Scenario = {
  name: "the master stands still and goes on",
  hosts: two,
  text: same(...quick),
  rest: quickRest,
  story: [...booted, stalls, goesOn(onA)],
  differs,
};

const stallNopreempt: Scenario = {
  name: "the same with nopreempt",
  hosts: two,
  text: same(...quick, "nopreempt", "state BACKUP"),
  rest: quickRest,
  story: [...booted, stalls, goesOn((stage) => (stage.runs("a") === "keepalived" ? onA : onB))],
  differs,
};

/** 20 pings a second for so many seconds, each of which must be answered. */
function pings(stage: Stage, seconds: number): Promise<string> {
  const count = Math.ceil(seconds * 20);
  return stage.must("c", "ping", "-n", "-q", "-i", "0.05", "-c", `${count}`, "-W", "1", vip);
}

/** The address that comes and goes is not in the adverts, so that the other host's file need not change with it. */
const routers = (host: string, ...excluded: readonly string[]) => {
  const more = excluded.length > 0 ? [block("virtual_ipaddress_excluded", ...excluded)] : [];
  return file(globals(host), vrrp(host, ...quick, ...more));
};

function reloads(what: string, text: string, after: NonNullable<Chapter["holders"]>): Chapter {
  const deed = async (stage: Stage) => {
    const pinging = pings(stage, 2);
    stage.host("a").configure(text);
    stage.host("a").signal("SIGHUP");
    const told = await pinging;
    const [, sent, received] = /(\d+) packets transmitted, (\d+) received/.exec(told) ?? [];
    if (sent === undefined || sent !== received) throw new Error(`A ping was lost:\n${told}`);
  };
  return happens(`SIGHUP: ${what}`, deed, after);
}

const reload: Scenario = {
  name: "reload under traffic (SIGHUP)",
  hosts: three,
  watchers: ["c"],
  text: (host) => routers(host),
  rest: quickRest,
  story: [
    ...booted,
    reloads("nothing new", routers("a"), onA),
    reloads("another address", routers("a", "10.0.0.101/24"), on([vip, "10.0.0.101"], "a")),
    reloads("one address less", routers("a"), { ...onA, "10.0.0.101": [] }),
    reloads(
      "another instance",
      file(
        routers("a"),
        block(
          "vrrp_instance VI_2",
          ...["interface eth0", "virtual_router_id 52", "priority 150", ...quick],
          addresses("10.0.0.102/24"),
        ),
      ),
      { ...onA, "10.0.0.102": ["a"] },
    ),
    reloads("and without it", routers("a"), { ...onA, "10.0.0.102": [] }),
  ],
};

const reloadPriority: Scenario = {
  name: "reload with another priority",
  hosts: two,
  text: same(...quick),
  rest: quickRest,
  story: [
    ...booted,
    happens(
      "SIGHUP: priority 80",
      (stage) => {
        stage.host("a").configure(file(globals("a"), vrrp("a", ...quick, "priority 80")));
        stage.host("a").signal("SIGHUP");
      },
      onB,
    ),
    happens(
      "SIGHUP: priority 150",
      (stage) => {
        stage.host("a").configure(same(...quick)("a"));
        stage.host("a").signal("SIGHUP");
      },
      onA,
    ),
  ],
};

export const disturbances: readonly Scenario[] = [
  deaf,
  cut,
  flaps,
  clock,
  busy,
  stall,
  stallNopreempt,
  reload,
  reloadPriority,
];
