/** Faults as texts. */
import { describe, expect, test } from "vitest";
import { FaultError, parseFault, readDuration } from "../../src/simulate/faults.ts";

const hosts = [
  { name: "a", interfaces: ["eth0"], trackers: ["chk"] },
  { name: "b", interfaces: ["eth0", "eth1"], trackers: [] },
];

describe("faults", () => {
  test.each([
    ["5s kill a", { at: 5e6, verb: "kill", hosts: ["a"] }],
    ["5s stop b", { at: 5e6, verb: "stop", hosts: ["b"] }],
    ["9s start a", { at: 9e6, verb: "start", hosts: ["a"] }],
    ["5s stall a 4s", { at: 5e6, verb: "stall", hosts: ["a"], amount: 4e6 }],
    ["  0.5s  cut   a b ", { at: 5e5, verb: "cut", hosts: ["a", "b"], text: "cut a b" }],
    ["5s cut-one-way b a", { verb: "cut-one-way", hosts: ["b", "a"] }],
    ["500ms isolate a", { at: 5e5, verb: "isolate", hosts: ["a"] }],
    ["20 heal", { at: 20e6, verb: "heal", hosts: [] }],
    ["1m link-down b eth1", { at: 60e6, verb: "link-down", hosts: ["b"], name: "eth1" }],
    ["1h link-up a eth0", { at: 3600e6, verb: "link-up", hosts: ["a"], name: "eth0" }],
    ["5s fail a chk", { verb: "fail", hosts: ["a"], name: "chk" }],
    ["9s pass a chk", { verb: "pass", hosts: ["a"], name: "chk" }],
    ["5s loss 30%", { verb: "loss", amount: 0.3 }],
    ["5s delay 80ms", { verb: "delay", amount: 80_000 }],
    ["5s loss 0.5%", { verb: "loss", amount: 0.005 }],
  ])("%s", (text, expected) => {
    expect(parseFault(text, hosts)).toMatchObject(expected);
  });

  test.each([
    ["", "begin with a time, as in 5s kill HOST"],
    ["kill a", "begin with a time, as in 5s kill"],
    ["5s", "there is no fault ; there are kill"],
    ["5s explode a", "there is no fault explode; there are kill, kill-daemon"],
    ["5s toString a", "there is no fault toString"],
    ["5s kill", "write 5s kill HOST"],
    ["5s kill a b", "write 5s kill HOST"],
    ["5s cut a", "write 5s cut HOST HOST"],
    ["5s cut a a", "name two hosts"],
    ["5s kill c", "c is none of the hosts; there are a, b"],
    ["5s link-down a eth1", "eth1 is none of the interfaces of a; there are eth0"],
    ["5s fail b chk", "chk is none of the trackers of b; there are none"],
    ["5s fail a eth0", "eth0 is an interface: write link-down or link-up"],
    ["5s stall a soon", "soon is no time; write it as in 4s or 500ms"],
    ["5s loss 120%", "120% is no share; write 0% to 100%"],
    ["5s delay fast", "fast is no time; write it as in 4s or 500ms"],
    ["5s loss 30", "30 is no share; write 0% to 100%"],
  ])("%s is refused", (text, message) => {
    const read = () => parseFault(text, hosts);
    expect(read).toThrow(FaultError);
    expect(read).toThrow(`${text}: ${message}`);
  });
});

test.each([
  ["60s", 60e6],
  ["60", 60e6],
  ["0.25s", 25e4],
  ["1000h", 36e11],
  ["2min", 120e6],
  ["-1s", undefined],
  ["1e3s", undefined],
  ["1 s", undefined],
  ["", undefined],
  ["9007199254740993h", undefined],
])("a duration of %s", (text, micros) => {
  expect(readDuration(text)).toBe(micros);
});
