/** Keywords and small blocks that stand outside every block: network namespaces, instances, link detection. */
import type { Arg, Keyword } from "./types.ts";

const delay = (name: string): Arg => ({
  name,
  value: { is: "seconds", min: 0, max: 255, resolution: 0.000001 },
});

/** Settings of the daemon itself, read by its parent process. */
export const daemonKeywords: readonly Keyword[] = [
  {
    name: "net_namespace",
    args: [{ name: "namespace", value: { is: "name" } }],
    withoutValue: "skipped",
    times: "once",
    wins: "first",
    default: "the namespace keepalived is started in",
    onInvalid: "ignores the line",
    doc: "Network namespace in which keepalived works, as `ip netns` knows it. The pid files move to a private directory, and the name is added to log lines. A reload cannot change it.",
    example: "net_namespace blue",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:1576 (v2.2.7)",
  },
  {
    name: "net_namespace_ipvs",
    args: [{ name: "namespace", value: { is: "name" }, optional: true }],
    times: "once",
    wins: "first",
    default: "the namespace of net_namespace",
    since: "2.2.4",
    onInvalid: "ignores the line",
    doc: "Network namespace whose IPVS tables keepalived fills, so that traffic and health checks can live in different ones. Without a name it is the default namespace.",
    example: "net_namespace_ipvs green",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:1595 (v2.2.7)",
  },
  {
    name: "namespace_with_ipsets",
    args: [],
    flag: true,
    times: "once",
    doc: "Allows ipsets in a network namespace on kernels before 3.13, which do not separate them by namespace.",
    example: "namespace_with_ipsets",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:1613 (v2.2.7)",
  },
  {
    name: "instance",
    args: [{ name: "name", value: { is: "name" } }],
    withoutValue: "skipped",
    times: "once",
    wins: "first",
    default: "none",
    onInvalid: "ignores the line",
    doc: "Name of this keepalived when several run in one network namespace; it becomes part of the pid files' names. It is no vrrp_instance, stands outside global_defs, and a reload cannot change it.",
    example: "instance left",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:1642 (v2.2.7)",
  },
  {
    name: "use_pid_dir",
    args: [],
    flag: true,
    times: "once",
    doc: "Puts the pid files into a directory of their own, keepalived under the run directory.",
    example: "use_pid_dir",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:1663 (v2.2.7)",
  },
  {
    name: "linkbeat_use_polling",
    args: [],
    flag: true,
    times: "once",
    doc: "Asks every interface again and again whether its link is up, instead of waiting for the kernel to say so. Only for old drivers that never report it; linkbeat_interfaces does it for chosen interfaces. It stands outside global_defs.",
    example: "linkbeat_use_polling",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:80 (v2.2.7)",
  },
  {
    name: "child_wait_time",
    args: [{ name: "seconds", value: { is: "int", min: 0, max: 4294967295 } }],
    times: "once",
    default: "5",
    onInvalid: "ignores the line",
    doc: "Seconds that the parent waits for its processes to end when keepalived stops. Very large configurations need more to clean up.",
    example: "child_wait_time 10",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:1690 (v2.2.7)",
  },
];

export const linkbeatInterfacesBlock: Keyword = {
  name: "linkbeat_interfaces",
  args: [],
  lines: {
    what: "polled interface",
    args: [
      { name: "interface", value: { is: "interface" } },
      {
        name: "how",
        value: {
          is: "word",
          of: [
            { word: "MII", doc: "Ask the registers of the network chip, the usual way." },
            { word: "ETHTOOL", doc: "Ask through the ethtool interface." },
            { word: "IOCTL", doc: "Ask for the interface flags." },
          ],
        },
        optional: true,
      },
    ],
  },
  times: "many",
  onInvalid: "ignores the word and polls in the usual way",
  doc: "Interfaces whose link keepalived polls instead of waiting for the kernel to report it. Only for old drivers that never report it. A way that an interface does not support is replaced by one that it does.",
  example: "linkbeat_interfaces {\n    eth0 ETHTOOL\n}",
  source: "keepalived.conf(5), Linkbeat interfaces; keepalived/vrrp/vrrp_parser.c:163 (v2.2.7)",
};

export const interfaceUpDownDelaysBlock: Keyword = {
  name: "interface_up_down_delays",
  args: [],
  lines: {
    what: "interface delay",
    args: [
      { name: "interface", value: { is: "interface" } },
      delay("seconds down"),
      { ...delay("seconds up"), optional: true },
    ],
  },
  times: "many",
  since: "2.2.4",
  onInvalid: "sets no delay for that interface",
  doc: "Per interface, how long its link must stay down before instances go to FAULT, and how long it must stay up before they come back. For links that flap. Keep the first delay below two advert intervals, or a backup takes over before the host with the dead link gives up. Without the second number there is no delay upwards.",
  example: "interface_up_down_delays {\n    eth0 0.5 2\n}",
  source:
    "keepalived.conf(5), Interface up/down status change debouncing; keepalived/vrrp/vrrp_parser.c:2023 (v2.2.7)",
};
