/** vrrp_sync_group: instances that change state together. */
import { notifyArgs, optionalBool } from "./common.ts";
import {
  trackBfdLines,
  trackFileLines,
  trackInterfaceLines,
  trackProcessLines,
  trackScriptLines,
} from "./track.ts";
import type { Keyword } from "./types.ts";

const manual = "keepalived.conf(5), VRRP synchronization group(s)";

const tracking: readonly Keyword[] = [
  {
    name: "track_interface",
    args: [],
    lines: trackInterfaceLines,
    times: "many",
    doc: "Interfaces that the whole group depends on. When one goes down, every member goes to FAULT or, with a weight, changes its priority.",
    example: "track_interface {\n    eth1\n}",
    source: manual,
  },
  {
    name: "track_script",
    args: [],
    lines: trackScriptLines,
    times: "many",
    doc: "Health checks that the whole group depends on. Members of a group may not have weighted trackers of their own, so this is the place for them.",
    example: "track_script {\n    check_service\n}",
    source: manual,
  },
  {
    name: "track_file",
    args: [],
    lines: trackFileLines,
    times: "many",
    doc: "Files whose number changes the priority of every member.",
    example: "track_file {\n    service_health\n}",
    source: manual,
  },
  {
    name: "track_process",
    args: [],
    lines: trackProcessLines,
    times: "many",
    doc: "Processes that the whole group depends on.",
    example: "track_process {\n    haproxy_runs\n}",
    source: manual,
  },
  {
    name: "track_bfd",
    args: [],
    lines: trackBfdLines,
    times: "many",
    build: "--enable-bfd",
    doc: "BFD sessions that the whole group depends on.",
    example: "track_bfd {\n    to_router\n}",
    source: manual,
  },
];

const notifying: readonly Keyword[] = [
  {
    name: "notify_master",
    args: notifyArgs,
    times: "once",
    wins: "first",
    doc: "A program to run when the group becomes master. It runs once for the group; the members may have scripts of their own.",
    example: 'notify_master "/usr/local/bin/on_master"',
    source: "keepalived/vrrp/vrrp_parser.c:307 (v2.2.7)",
  },
  {
    name: "notify_backup",
    args: notifyArgs,
    times: "once",
    wins: "first",
    doc: "A program to run when the group becomes backup.",
    example: 'notify_backup "/usr/local/bin/on_backup"',
    source: "keepalived/vrrp/vrrp_parser.c:296 (v2.2.7)",
  },
  {
    name: "notify_fault",
    args: notifyArgs,
    times: "once",
    wins: "first",
    doc: "A program to run when the group goes to FAULT, because an interface or an unweighted tracker of a member failed.",
    example: 'notify_fault "/usr/local/bin/on_fault"',
    source: "keepalived/vrrp/vrrp_parser.c:318 (v2.2.7)",
  },
  {
    name: "notify_stop",
    args: notifyArgs,
    times: "once",
    wins: "first",
    doc: "A program to run when keepalived stops.",
    example: 'notify_stop "/usr/local/bin/on_stop"',
    source: "keepalived/vrrp/vrrp_parser.c:329 (v2.2.7)",
  },
  {
    name: "notify",
    args: notifyArgs,
    times: "once",
    wins: "first",
    doc: "A program to run on every change of state. keepalived appends GROUP, the group's name, the new state and the priority to its parameters.",
    example: 'notify "/usr/local/bin/on_change"',
    source: "keepalived/vrrp/vrrp_parser.c:340 (v2.2.7)",
  },
  {
    name: "notify_priority_changes",
    args: optionalBool,
    times: "once",
    default: "off",
    since: "2.2.4",
    onInvalid: "ignores the line",
    doc: "Writes changes of priority to the notify FIFOs as well. The global vrrp_notify_priority_changes sets the default.",
    example: "notify_priority_changes on",
    source: "keepalived/vrrp/vrrp_parser.c:381 (v2.2.7)",
  },
  {
    name: "smtp_alert",
    args: optionalBool,
    times: "once",
    default: "off",
    onInvalid: "ignores the line",
    doc: "Sends a mail on every change of state. Needs notification_email and smtp_server in global_defs; smtp_alert or smtp_alert_vrrp there sets the default.",
    example: "smtp_alert on",
    source: "keepalived/vrrp/vrrp_parser.c:351 (v2.2.7)",
  },
];

/** The keywords inside vrrp_sync_group. */
const vrrpSyncGroup: readonly Keyword[] = [
  {
    name: "group",
    args: [],
    lines: {
      what: "instance",
      args: [{ name: "instance", value: { is: "name", refersTo: "instance" } }],
      severalPerLine: true,
    },
    times: "once",
    wins: "first",
    doc: "The instances of the group, by name, on one line or several. A second list is skipped. Every host needs the same members.",
    example: "group {\n    VI_1\n    VI_2\n}",
    source: "keepalived/vrrp/vrrp_parser.c:237 (v2.2.7)",
  },
  ...tracking,
  ...notifying,
  {
    name: "global_tracking",
    args: [],
    flag: true,
    times: "once",
    deprecated: { since: "2.0.0", use: "track_interface, track_script and track_file in the group" },
    doc: "Used to share the members' trackers in the group. keepalived reports it and treats it as sync_group_tracking_weight.",
    example: "global_tracking",
    source: "keepalived/vrrp/vrrp_parser.c:367 (v2.2.7)",
  },
  {
    name: "sync_group_tracking_weight",
    args: [],
    flag: true,
    times: "once",
    doc: "Lets members keep weighted trackers of their own. Their priorities can then differ from host to host, so that one member wants to be master here and another there; avoid it.",
    example: "sync_group_tracking_weight",
    source: "keepalived/vrrp/vrrp_parser.c:375 (v2.2.7)",
  },
];

export const vrrpSyncGroupBlock: Keyword = {
  name: "vrrp_sync_group",
  args: [{ name: "name", value: { is: "name", defines: "sync-group" } }],
  keywords: vrrpSyncGroup,
  withoutValue: "skipped",
  times: "many",
  onInvalid: "skips the whole block",
  doc: "Instances that are master or backup together. A firewall or router needs it, so that the inside and the outside address are never on different hosts. Give all members the same priority order on every host.",
  example: "vrrp_sync_group gateway {\n    group {\n        VI_1\n        VI_2\n    }\n}",
  source: manual,
};
