/**
 * What can be tracked: the definitions track_file, vrrp_track_file, vrrp_track_process and track_group, and the
 * lines of the track_… blocks in instances and sync groups. The definition of a script is in vrrp_script.ts.
 */
import type { Choice, DataLines, Keyword, NameKind, Option } from "./types.ts";

const reverse: Choice = { word: "reverse", doc: "Turns the effect around: failure raises the priority." };
const noReverse: Choice = { word: "noreverse", doc: "Undoes a reverse in the definition." };

function weightOption(limit: number, directions: readonly Choice[]): Option {
  return {
    name: "weight",
    args: [
      { name: "weight", value: { is: "int", min: -limit, max: limit } },
      { name: "direction", value: { is: "word", of: directions }, optional: true },
    ],
    doc: "Changes the priority instead of causing FAULT: a positive weight is added while it is up, a negative one while it is down. 0 means FAULT.",
  };
}

function trackLines(what: string, refersTo: NameKind, limit: number): DataLines {
  return {
    what,
    args: [{ name: "name", value: { is: "name", refersTo } }],
    options: [weightOption(limit, [reverse, noReverse])],
  };
}

/** Lines of track_interface. keepalived reports a weight of 254 and uses 253. */
export const trackInterfaceLines: DataLines = {
  what: "tracked interface",
  args: [{ name: "interface", value: { is: "interface" } }],
  options: [weightOption(253, [reverse])],
};

/** Lines of track_script. keepalived reports a weight of 254 and uses 253. */
export const trackScriptLines: DataLines = trackLines("tracked script", "script", 253);

export const trackFileLines: DataLines = trackLines("tracked file", "track-file", 254);

export const trackProcessLines: DataLines = trackLines("tracked process", "track-process", 254);

export const trackBfdLines: DataLines = trackLines("tracked BFD session", "bfd", 253);

/** The keywords inside track_file. */
export const trackFile: readonly Keyword[] = [
  {
    name: "file",
    args: [{ name: "path", value: { is: "path" } }],
    withoutValue: "skipped",
    times: "once",
    wins: "first",
    doc: "The file to watch. It holds one number; every change of the file is seen at once. Its directory must be on a file system that reports changes, which network and virtual file systems do not.",
    example: "file /run/service.health",
    source: "keepalived.conf(5), Track files",
  },
  {
    name: "weight",
    args: [
      { name: "weight", value: { is: "int", min: -254, max: 254 } },
      { name: "direction", value: { is: "word", of: [reverse] }, optional: true },
    ],
    withoutValue: "skipped",
    times: "once",
    wins: "first",
    default: "1",
    onInvalid: "uses weight 1 instead",
    doc: "What the number in the file is multiplied by before it is added to the priority. With 0 any number but 0 in the file means FAULT.",
    example: "weight 1",
    source: "keepalived/trackers/track_file.c:235 (v2.2.7)",
  },
  {
    name: "init_file",
    args: [
      {
        name: "value",
        value: {
          is: "either",
          of: [
            { is: "int", min: -254, max: 254 },
            { is: "word", of: [{ word: "overwrite", doc: "Writes the value even when the file exists." }] },
          ],
        },
        optional: true,
        rest: true,
      },
    ],
    times: "once",
    doc: "Creates the file at start, with this number or 0. With overwrite an existing file gets the number too, so that a value left from before the last boot does not count.",
    example: "init_file 0 overwrite",
    source: "keepalived/trackers/track_file.c:272 (v2.2.7)",
  },
];

const trackFileDoc =
  "A file whose number raises or lowers the priority. Another program, such as a health check of your own, writes the number; keepalived reacts without running a script. Define it above the instances that track it.";

export const trackFileBlock: Keyword = {
  name: "track_file",
  args: [{ name: "name", value: { is: "name", defines: "track-file" } }],
  keywords: trackFile,
  times: "many",
  since: "2.2.4",
  doc: trackFileDoc,
  example: "track_file service_health {\n    file /run/service.health\n    weight 1\n}",
  source: "keepalived.conf(5), Track files",
};

export const vrrpTrackFileBlock: Keyword = {
  name: "vrrp_track_file",
  args: [{ name: "name", value: { is: "name", defines: "track-file" } }],
  keywords: trackFile,
  times: "many",
  deprecated: { since: "2.1.0", use: "track_file" },
  doc: `The old name of track_file. ${trackFileDoc}`,
  example: "vrrp_track_file service_health {\n    file /run/service.health\n    weight 1\n}",
  source: "keepalived/trackers/track_file.c:203 (v2.2.7)",
};

const processDelay = { is: "seconds", min: 0.000001, max: 3600 } as const;

/** The keywords inside vrrp_track_process. */
export const vrrpTrackProcess: readonly Keyword[] = [
  {
    name: "process",
    args: [
      { name: "command", value: { is: "text" } },
      { name: "parameters", value: { is: "text" }, optional: true, rest: true },
    ],
    times: "once",
    wins: "first",
    doc: "The name of the process to look for. It must match the whole name that /proc/PID/comm shows; with parameters the full command line is compared.",
    example: "process haproxy",
    source: "keepalived/vrrp/vrrp_parser.c:1641 (v2.2.7)",
  },
  {
    name: "param_match",
    args: [
      {
        name: "how",
        value: {
          is: "word",
          of: [
            { word: "initial", doc: "The last parameter may be longer than written." },
            { word: "partial", doc: "Further parameters may follow." },
          ],
        },
        optional: true,
      },
    ],
    times: "once",
    onInvalid: "ignores the line",
    doc: "How parameters are compared. Without a word the process must have exactly the parameters written, none if none are.",
    example: "param_match initial",
    source: "keepalived/vrrp/vrrp_parser.c:1679 (v2.2.7)",
  },
  {
    name: "weight",
    args: [
      { name: "weight", value: { is: "int", min: -254, max: 254 } },
      { name: "direction", value: { is: "word", of: [reverse] }, optional: true },
    ],
    withoutValue: "skipped",
    times: "once",
    wins: "first",
    default: "0",
    onInvalid: "ignores the weight, so the failure means FAULT",
    doc: "What the process's state does to the priority. A positive weight is added while enough processes run, a negative one while they do not; 0 means FAULT.",
    example: "weight -60",
    source: "keepalived/vrrp/vrrp_parser.c:1697 (v2.2.7)",
  },
  {
    name: "quorum",
    args: [{ name: "processes", value: { is: "int", min: 1, max: 65535 } }],
    times: "once",
    default: "1",
    onInvalid: "ignores the line",
    doc: "How many matching processes must run. Raise it for services that are only healthy with several workers.",
    example: "quorum 2",
    source: "keepalived/vrrp/vrrp_parser.c:1728 (v2.2.7)",
  },
  {
    name: "quorum_max",
    args: [{ name: "processes", value: { is: "int", min: 0, max: 65535 } }],
    times: "once",
    onInvalid: "ignores the line",
    doc: "How many matching processes may run, without limit by default. 0 turns the check around: the process must not run. Write it after quorum.",
    example: "quorum_max 20",
    source: "keepalived/vrrp/vrrp_parser.c:1747 (v2.2.7)",
  },
  {
    name: "fork_delay",
    args: [{ name: "seconds", value: processDelay }],
    times: "once",
    onInvalid: "ignores the line",
    doc: "Seconds to wait before processes that appeared count. It rides out programs that fork and exec while they start.",
    example: "fork_delay 0.5",
    source: "keepalived/vrrp/vrrp_parser.c:1798 (v2.2.7)",
  },
  {
    name: "terminate_delay",
    args: [{ name: "seconds", value: processDelay }],
    times: "once",
    onInvalid: "ignores the line",
    doc: "Seconds to wait before processes that vanished count. It rides out a restart, so that a reload of the service moves no address.",
    example: "terminate_delay 2",
    source: "keepalived/vrrp/vrrp_parser.c:1793 (v2.2.7)",
  },
  {
    name: "delay",
    args: [{ name: "seconds", value: processDelay }],
    times: "once",
    onInvalid: "ignores the line",
    doc: "Sets fork_delay and terminate_delay together.",
    example: "delay 1",
    source: "keepalived/vrrp/vrrp_parser.c:1803 (v2.2.7)",
  },
  {
    name: "full_command",
    args: [],
    flag: true,
    times: "once",
    doc: "Compares the full command line instead of the short process name. Needed when the name in /proc/PID/comm says nothing, as with interpreters.",
    example: "full_command",
    source: "keepalived/vrrp/vrrp_parser.c:1808 (v2.2.7)",
  },
];

export const vrrpTrackProcessBlock: Keyword = {
  name: "vrrp_track_process",
  args: [{ name: "name", value: { is: "name", defines: "track-process" } }],
  keywords: vrrpTrackProcess,
  times: "many",
  doc: "A process that must run. The kernel reports starts and exits at once, so this replaces a script that calls pgrep or killall every second. Define it above the instances that track it.",
  example: "vrrp_track_process haproxy_runs {\n    process haproxy\n    weight -60\n    terminate_delay 2\n}",
  source: "keepalived.conf(5), VRRP track processes",
};

/** The keywords inside track_group. */
export const trackGroup: readonly Keyword[] = [
  {
    name: "group",
    args: [],
    lines: {
      what: "instance",
      args: [{ name: "instance", value: { is: "name", refersTo: "instance" } }],
      severalPerLine: true,
      whenEmpty: "reports it, and no instance reacts to what the group watches",
    },
    times: "once",
    wins: "first",
    doc: "The instances of the group, by name. A second list is skipped.",
    example: "group {\n    VI_1\n}",
    source: "keepalived/vrrp/vrrp_parser.c:108 (v2.2.7)",
  },
];

export const trackGroupBlock: Keyword = {
  name: "track_group",
  args: [{ name: "name", value: { is: "name" } }],
  keywords: trackGroup,
  withoutValue: "skipped",
  times: "many",
  onInvalid: "skips the whole block",
  doc: "Instances that depend on static addresses, routes or rules. Their interfaces become the instances' own: when one of those goes down, the instances go to FAULT. Define it above its use.",
  example: "track_group uplink {\n    group {\n        VI_1\n    }\n}",
  source: "keepalived.conf(5), Static track groups",
};
