/**
 * Instances as people really write them, right and wrong. keepalived accepts each of them somehow; none stops the
 * daemon, so all of them can stand in one file.
 */

/** Lines of an instance that has eth0, a VRID of its own and the IPv4 address 10.9.0.VRID/24. */
export const oddLines: Readonly<Record<string, string>> = {
  plain: "",
  "state MASTER without priority": "state MASTER",
  "priority with junk": "priority 150x",
  "priority with junk, MASTER": "state MASTER\npriority 150x",
  "priority twice": "priority 150\npriority 120",
  "priority out of range after a good one": "priority 150\npriority 300",
  "MASTER, then BACKUP": "state MASTER\nstate BACKUP\npriority 10",
  "MASTER, then an unknown state": "state MASTER\nstate SLAVE\npriority 10",
  "advert 0.3 in version 2": "advert_int 0.3",
  "advert 1.5 in version 2": "advert_int 1.5",
  "advert 2.49 in version 2": "advert_int 2.49",
  "advert with unit": "advert_int 3s",
  "advert with many digits and a unit": "advert_int 20000s",
  "advert out of range after a good one": "advert_int 3\nadvert_int 300",
  "advert 0.123 in version 3": "version 3\nadvert_int 0.123",
  "advert 0.125 in version 3": "version 3\nadvert_int 0.125",
  "advert 50 in version 3": "version 3\nadvert_int 50",
  "advert 0.01 in version 3": "version 3\nadvert_int 0.01",
  "advert with seven digits": "version 3\nadvert_int 0.1234567",
  "version with junk": "version 3;",
  "version twice": "version 3\nversion 2",
  "version 4": "version 4",
  "long password": "authentication {\nauth_type PASS\nauth_pass 1-internal-ha\n}",
  "password of umlauts": "authentication {\nauth_type PASS\nauth_pass äöüä\n}",
  "quoted password": 'authentication {\nauth_type PASS\nauth_pass "a b#c"\n}',
  "password in single quotes": "authentication {\nauth_type PASS\nauth_pass 'ab'\n}",
  "password cut at a comment sign": "authentication {\nauth_type PASS\nauth_pass ab#cd\n}",
  "password without type": "authentication {\nauth_pass abc\n}",
  "type without password": "authentication {\nauth_type PASS\n}",
  "empty password": 'authentication {\nauth_type PASS\nauth_pass ""\n}',
  "type in lower case": "authentication {\nauth_type pass\nauth_pass abc\n}",
  "good type, then bad type": "authentication {\nauth_type PASS\nauth_type pass\nauth_pass abc\n}",
  "password in version 3": "version 3\nauthentication {\nauth_type PASS\nauth_pass abc\n}",
  "password in strict mode": "strict_mode\nauthentication {\nauth_type PASS\nauth_pass abc\n}",
  "authentication on one line": "authentication { auth_type PASS auth_pass x }",
  "AH with MASTER": "state MASTER\npriority 100\nnopreempt\nauthentication {\nauth_type AH\nauth_pass x\n}",
  "nopreempt with MASTER": "state MASTER\npriority 100\nnopreempt",
  "nopreempt with 255": "state BACKUP\npriority 255\nnopreempt",
  "nopreempt off": "nopreempt off",
  "nopreempt, then preempt": "nopreempt\npreempt",
  preempt_delay: "preempt_delay 5.5",
  "preempt_delay out of range": "preempt_delay 2000",
  "preempt_delay with nopreempt": "preempt_delay 5\nnopreempt",
  "preempt_delay with MASTER": "state MASTER\npriority 3\npreempt_delay 5",
  "preempt_delay with 255": "state BACKUP\npriority 255\npreempt_delay 5",
  "strict mode with everything":
    "strict_mode\nstate MASTER\npriority 3\npreempt_delay 5\nnopreempt\naccept\ndown_timer_adverts 5",
  "strict mode in version 3 with accept": "strict_mode\nversion 3\naccept",
  "strict mode of an owner": "strict_mode\npriority 255",
  "strict mode yes": "strict_mode yes",
  "strict mode off": "strict_mode off",
  "strict mode with junk": "strict_mode 1",
  no_accept: "no_accept",
  "no_accept, then accept": "no_accept\naccept",
  down_timer_adverts: "down_timer_adverts 5",
  "down_timer_adverts out of range": "down_timer_adverts 500",
  "source without peers": "unicast_src_ip 10.0.0.1",
  "source with a prefix": "mcast_src_ip 10.0.0.1/24",
  "second source of the other family": "mcast_src_ip 10.0.0.1\nmcast_src_ip fd00::1",
  "unicast with odd peers": "unicast_src_ip 10.0.0.1\nunicast_peer {\n10.0.0.2\nhost2\nfd00::2\n}",
  "unicast without a good peer": "unicast_src_ip 10.0.0.1\nunicast_peer {\nhost2\n}",
  "unicast with TTL": "unicast_src_ip 10.0.0.1\nunicast_peer {\n10.0.0.2/24 min_ttl 3\n}",
  "unicast with check": "unicast_src_ip 10.0.0.1\ncheck_unicast_src off\nunicast_peer {\n10.0.0.2\n}",
  "unicast and a group": "unicast_src_ip 10.0.0.1\nmcast_dst_ip 224.0.0.20\nunicast_peer {\n10.0.0.2\n}",
  "own multicast group": "mcast_dst_ip 224.0.0.20",
  "a group that is none": "mcast_dst_ip 10.0.0.20",
  trackers: [
    "track_script {\nplain\nlight weight 5\nback weight 300\nlate\nplain\nheavy weght 3\nnoscript\n}",
    "track_interface {\neth0\neth1 weight -254\n}",
    "track_file {\nf1\nf2 weight 3 reverse\nf3\n}",
  ].join("\n"),
  "trackers without reverse": "track_script {\nback weight 3 noreverse\nlight weight 5x\n}",
  "trackers of an owner": [
    "priority 255",
    "track_script {\nplain\nlight\n}",
    "track_interface {\neth1 weight 3\n}",
    "track_file {\nf1\nf2 weight 3\nf3\n}",
  ].join("\n"),
  "trackers in a group": [
    "track_script {\nplain\nlight\n}",
    "track_interface {\neth1 weight 3\n}",
    "track_file {\nf1\nf2 weight 3\nf3\n}",
  ].join("\n"),
  "other in a group": "",
};

/** Lines of an instance that has eth0 and a VRID but no address. */
export const oddAddresses: Readonly<Record<string, string>> = {
  "two families":
    "virtual_ipaddress {\nfd00::55/64\n10.0.0.77/24\n}\nvirtual_ipaddress_excluded {\n10.0.0.78\nfd00::56\n}",
  "IPv6 after version 2": "version 2\nvirtual_ipaddress {\nfd00::57/64\n}",
  "IPv6 before version 2": "virtual_ipaddress {\nfd00::58/64\n}\nversion 2",
  "IPv6, version 2 and strict mode": "strict_mode\nversion 2\nvirtual_ipaddress {\nfe80::59/64\n}",
  "the source is read first": "unicast_src_ip fd00::1\nvirtual_ipaddress {\n10.0.0.60/24\nfd00::60/64\n}",
  "the group is read first": "mcast_dst_ip ff02::13\nvirtual_ipaddress {\n10.0.0.60/24\nfd00::61/64\n}",
  "IPv6 group beyond the link": "mcast_dst_ip ff05::13\nvirtual_ipaddress {\nfd00::62/64\n}",
  "all kinds of wrong addresses": [
    "virtual_ipaddress {",
    ...["10.0.0.010", "10.0.0.300", "10.0.0.61/255.255.255.0", "10.0.0.62/33", "10.0.0.63/24x"],
    ...["10.0.0.64 label aaaaaaaaaaaaaaaaa", "10.0.0.65 dev", "10.0.0.66 10.0.0.67", "10.0.0.69-70"],
    ...["10.0.0.68/24 brd 10.0.0.300", "10.0.0.71/24 peer 10.0.0.72/30", "10.0.0.74/24 peer 10.0.0.75"],
    ...["10.0.0.73,", "FD00::1", "10.0.0.76/24 brd + label eth0:1 scope link", "10.0.0.77 dev eth1"],
    "}",
  ].join("\n"),
  "more addresses than an advert holds": listOf("virtual_ipaddress", 258, (n) => `10.1.${n >> 7}.${n & 127}`),
  "more IPv6 addresses than an advert holds": listOf(
    "virtual_ipaddress",
    93,
    (n) => `fd00:1::${n.toString(16)}`,
  ),
  native_ipv6: "native_ipv6\nvirtual_ipaddress {\n10.0.0.80\nfd00::80\n}",
  "native_ipv6 too late": "virtual_ipaddress {\n10.0.0.81\n}\nnative_ipv6",
  "AH with IPv6":
    "version 2\nauthentication {\nauth_type AH\nauth_pass x\n}\nvirtual_ipaddress {\nfd00::82\n}",
  "two address blocks": "virtual_ipaddress {\n10.0.0.82\n}\nvirtual_ipaddress {\n10.0.0.83\n}",
  "canonical text": "virtual_ipaddress {\nFD00:0:0:1:0:0:0:1\nfd00::0001:0\n::ffff:10.0.0.1\n}",
};

function listOf(keyword: string, count: number, address: (n: number) => string): string {
  const lines = Array.from({ length: count }, (_, index) => address(index + 1));
  return [`${keyword} {`, ...lines, "}"].join("\n");
}

const definitions = `
vrrp_script plain {
  script /usr/bin/true
}
vrrp_script light {
  script /usr/bin/true
  weight -20
}
vrrp_script back {
  script /usr/bin/true
  weight 10 reverse
}
vrrp_script back {
  script /usr/bin/true
  weight 99
}
vrrp_script heavy {
  script /usr/bin/true
  weight 300
}
vrrp_script noscript {
  interval 1
}
track_file f1 {
  file /tmp/no-such-tracked-file-1
}
track_file f2 {
  file /tmp/no-such-tracked-file-2
  weight 5
}
track_file f3 {
  file /tmp/no-such-tracked-file-3
  weight -3 reverse
}
`;

const group = `
vrrp_sync_group G {
  group {
    "trackers in a group"
    "other in a group" nobody
  }
  track_script {
    light
  }
  track_interface {
    eth1 weight 7
  }
}
`;

/** A global_defs at the end counts for all that stands above it. */
const globals = `
global_defs {
  script_user root
  enable_script_security
  vrrp_down_timer_adverts 7
  vrrp_mcast_group4 224.0.0.30
  vrrp_mcast_group4 10.0.0.1
}
`;

/** All of them as one file. */
export function oddFile(): string {
  const named = [
    ...Object.entries(oddLines).map(([name, lines], index): [string, string] => [
      name,
      `${lines}\nvirtual_ipaddress {\n10.9.0.${index + 1}/24\n}`,
    ]),
    ...Object.entries(oddAddresses),
  ];
  const instances = named.map(([name, lines], index) => instance(name, index + 1, lines));
  return [definitions, group, ...instances, "vrrp_script late {\n  script /usr/bin/true\n}", globals].join(
    "\n",
  );
}

function instance(name: string, vrid: number, lines: string): string {
  return `vrrp_instance "${name}" {\ninterface eth0\nvirtual_router_id ${vrid}\n${lines}\n}\n`;
}

/** Files of their own, because their global settings or definitions change every instance. */
export const oddFiles: Readonly<Record<string, string>> = {
  "global version 3 and groups": `global_defs {
vrrp_version 2
vrrp_version 3
vrrp_mcast_group4 224.0.1.9
vrrp_mcast_group6 ff05::15
}
${instance("v4", 1, "advert_int 0.5\nvirtual_ipaddress {\n10.9.0.1\n}")}
${instance("v4 in version 2", 2, "version 2\nadvert_int 0.5\nvirtual_ipaddress {\n10.9.0.2\n}")}
${instance("v6", 3, "virtual_ipaddress {\nfe80::3/64\n}")}`,
  "global strict mode": `global_defs {
vrrp_strict
}
${instance("plain", 1, "nopreempt\npreempt_delay 3\nvirtual_ipaddress {\n10.9.0.1\n}")}
${instance("with password", 2, "authentication {\nauth_type PASS\nauth_pass a\n}\nvirtual_ipaddress {\n10.9.0.2\n}")}
${instance("not strict", 3, "strict_mode off\nno_accept\nvirtual_ipaddress {\n10.9.0.3\n}")}`,
  "global strict mode with an argument that 2.2.7 ignores": `global_defs {
vrrp_strict off
}
${instance("plain", 1, "virtual_ipaddress {\n10.9.0.1\n}")}`,
  "processes and BFD": `vrrp_track_process web {
process nginx
weight 5
weight 9 reverse
}
vrrp_track_process light {
process nginx
weight 0
weight -7 reverse
}
vrrp_track_process nothing {
weight 3
}
bfd_instance near {
neighbor_ip 10.0.0.2
source_ip 10.0.0.1
weight 4
weight 300 reverse
}
bfd_instance near {
neighbor_ip 10.0.0.3
weight 5
}
vrrp_sync_group G {
group {
in-group
}
}
${instance("both", 1, "track_process {\nweb\nlight weight -254 noreverse\nnothing\n}\ntrack_bfd {\nnear\nfar\n}\nvirtual_ipaddress {\n10.9.0.1\n}")}
${instance("in-group", 2, "track_process {\nweb weight 300\n}\ntrack_bfd {\nnear weight -3\n}\nvirtual_ipaddress {\n10.9.0.2\n}")}
${instance("of an owner", 3, "priority 255\ntrack_process {\nweb\nlight\n}\ntrack_bfd {\nnear weight 0\n}\nvirtual_ipaddress {\n10.9.0.3\n}")}
${instance("bad option", 4, "track_process {\nweb weight 3 backwards\n}\ntrack_bfd {\nnear weight 3 backwards\n}\nvirtual_ipaddress {\n10.9.0.4\n}")}`,
  "a group with an owner, and one with weights": `vrrp_script light {
script /usr/bin/true
weight 20
}
vrrp_sync_group G {
group { "owner" "other" }
track_script {
light
}
}
vrrp_sync_group H {
group {
weighted
}
sync_group_tracking_weight
}
vrrp_sync_group H {
group {
other
}
}
${instance("owner", 1, "priority 255\nvirtual_ipaddress {\n10.9.0.1\n}")}
${instance("other", 2, "track_script {\nlight\n}\nvirtual_ipaddress {\n10.9.0.2\n}")}
${instance("weighted", 3, "track_script {\nlight\n}\nvirtual_ipaddress {\n10.9.0.3\n}")}
${instance("weighted", 4, "priority 7\nvirtual_ipaddress {\n10.9.0.4\n}")}
vrrp_instance {
interface eth0
virtual_router_id 9
}
vrrp_instance two names {
interface eth0
virtual_router_id 9
}`,
};
