/** vrrp_script: a check that keepalived runs again and again. */
import { weightDirection } from "./common.ts";
import type { Keyword } from "./types.ts";

/** The keywords inside vrrp_script. */
const vrrpScript: readonly Keyword[] = [
  {
    name: "script",
    args: [{ name: "command", value: { is: "command" } }],
    withoutValue: "skipped",
    times: "once",
    doc: "The program to run, with its full path; exit code 0 means healthy. Parameters go inside the quotes: what follows the first word is not read. There is no shell, so pipes, && and redirections do nothing.",
    example: 'script "/usr/local/bin/check_service --quick"',
    source: "keepalived/vrrp/vrrp_parser.c:1494 (v2.2.7)",
  },
  {
    name: "interval",
    args: [{ name: "seconds", value: { is: "seconds", min: 0.001, max: 4294, resolution: 0.001 } }],
    times: "once",
    default: "1",
    rule: "vrrp-script-interval-unit",
    onInvalid: "uses 1 second instead of 0 and ignores any other bad value",
    doc: "Seconds from one run to the next. Releases before 2.3.2 take whole seconds only. With fall it decides how late a failure is noticed.",
    example: "interval 2",
    source: "keepalived/vrrp/vrrp_parser.c:1506 (v2.2.7), :1737 (v2.4.3)",
  },
  {
    name: "timeout",
    args: [{ name: "seconds", value: { is: "seconds", min: 0.001, max: 4294, resolution: 0.001 } }],
    times: "once",
    rule: "vrrp-script-interval-unit",
    onInvalid: "uses 1 second instead of 0 and ignores any other bad value",
    doc: "Seconds after which a run that has not ended counts as failed, the interval by default. Releases before 2.3.2 take whole seconds only.",
    example: "timeout 5",
    source: "keepalived/vrrp/vrrp_parser.c:1526 (v2.2.7), :1756 (v2.4.3)",
  },
  {
    name: "weight",
    args: [{ name: "weight", value: { is: "int", min: -253, max: 253 } }, weightDirection],
    times: "once",
    default: "0",
    rule: "vrrp-script-weight-range",
    onInvalid: "reports it and uses the number all the same",
    doc: "What the check's result does to the priority. A positive weight is added while the check succeeds, a negative one while it fails; 0 makes a failure FAULT. To move the address, the weight must be larger than the gap to the next host's priority.",
    example: "weight -60",
    source: "keepalived/vrrp/vrrp_parser.c:1546 (v2.2.7)",
  },
  {
    name: "rise",
    args: [{ name: "times", value: { is: "int", min: 1, max: 2147483647 } }],
    times: "once",
    default: "1",
    onInvalid: "uses 1 instead",
    doc: "How many successes in a row make the check healthy again. More than one keeps a service that flaps from moving the address back and forth.",
    example: "rise 2",
    source: "keepalived/vrrp/vrrp_parser.c:1563 (v2.2.7)",
  },
  {
    name: "fall",
    args: [{ name: "times", value: { is: "int", min: 1, max: 2147483647 } }],
    times: "once",
    default: "1",
    onInvalid: "uses 1 instead",
    doc: "How many failures in a row make the check fail. More than one forgives a single slow answer, and costs one interval each.",
    example: "fall 3",
    source: "keepalived/vrrp/vrrp_parser.c:1576 (v2.2.7)",
  },
  {
    name: "user",
    args: [
      { name: "user", value: { is: "user" } },
      { name: "group", value: { is: "group" }, optional: true },
    ],
    times: "once",
    onInvalid: "removes the script, so the check never runs",
    doc: "Who runs the script, by default the global script_user. With enable_script_security a script that others may write is not run as root, so give it an account of its own.",
    example: "user nobody nogroup",
    source: "keepalived/vrrp/vrrp_parser.c:1589 (v2.2.7)",
  },
  {
    name: "init_fail",
    args: [],
    flag: true,
    times: "once",
    doc: "Assumes that the check fails until it has succeeded. Meant for services that are slow to start, so that a host that just booted does not take the address before them.",
    example: "init_fail",
    source: "keepalived/vrrp/vrrp_parser.c:1838 (v2.2.7)",
  },
];

export const vrrpScriptBlock: Keyword = {
  name: "vrrp_script",
  args: [{ name: "name", value: { is: "name", defines: "script" } }],
  keywords: vrrpScript,
  times: "many",
  doc: "A health check that keepalived runs again and again. Instances and sync groups name it in track_script; define it above them. Of two with one name the first is used.",
  example:
    'vrrp_script check_service {\n    script "/usr/local/bin/check_service"\n    interval 2\n    fall 3\n    rise 2\n}',
  source: "keepalived.conf(5), VRRP script(s)",
};
