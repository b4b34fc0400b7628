/** Fleets as people run them, with nothing wrong in them. Rules may give hints on them, but no error and no warning. */

/** The files of one fleet by name. */
export type Files = Readonly<Record<string, string>>;

const scripts = `global_defs {
    enable_script_security
    script_user root
}

`;

/** The tutorial's two hosts, each master of one instance, with its mistakes removed. */
const tutorial = (first: number, second: number, host: string) => `global_defs {
    notification_email {
        ops@example.org
    }
    smtp_server 10.101.1.139
    smtp_connect_timeout 30
    router_id ${host}
}

vrrp_instance ha-internal-1 {
    state ${first > second ? "MASTER" : "BACKUP"}
    interface eth0
    virtual_router_id 1
    priority ${first}
    advert_int 1
    authentication {
        auth_type PASS
        auth_pass 1-intern
    }
    virtual_ipaddress {
        10.101.0.101/22 dev eth0
        10.101.0.102/22 dev eth0
    }
}

vrrp_instance ha-internal-2 {
    state ${first > second ? "BACKUP" : "MASTER"}
    interface eth0
    virtual_router_id 2
    priority ${second}
    advert_int 1
    authentication {
        auth_type PASS
        auth_pass 2-intern
    }
    virtual_ipaddress {
        10.101.0.107/22 dev eth0
        10.101.0.108/22 dev eth0
    }
}
`;

/** An instance with some lines, all of them given. */
const vrrp = (name: string, ...lines: readonly string[]) =>
  `vrrp_instance ${name} {\n${lines.map((line) => `    ${line}\n`).join("")}}\n`;

const addresses = (...list: readonly string[]) =>
  `virtual_ipaddress {\n        ${list.join("\n        ")}\n    }`;
const peers = (...list: readonly string[]) => `unicast_peer {\n        ${list.join("\n        ")}\n    }`;
const password = (written: string) =>
  `authentication {\n        auth_type PASS\n        auth_pass ${written}\n    }`;
const group = (...members: readonly string[]) =>
  `vrrp_sync_group TOGETHER {\n    group {\n        ${members.join("\n        ")}\n    }\n}\n`;

const usual = (priority: number, ...more: readonly string[]) =>
  vrrp(
    "VI_1",
    "interface eth0",
    "virtual_router_id 51",
    `priority ${priority}`,
    ...more,
    addresses("10.0.0.100/24"),
  );

const unicast = (priority: number, own: number, others: readonly number[]) =>
  usual(priority, `unicast_src_ip 10.0.0.${own}`, peers(...others.map((host) => `10.0.0.${host}`)));

const check = (weight: string) =>
  `${scripts}vrrp_script chk_web {\n    script "/usr/local/sbin/check_web"\n    interval 2\n${weight}}\n\n`;
const tracked = "track_script {\n        chk_web\n    }";
const penalty = check("    weight -60\n");
const bonus = check("    weight 60\n");

const cluster = (name: string, vrid: number, net: string, priority: number) =>
  vrrp(
    name,
    "interface eth0",
    `virtual_router_id ${vrid}`,
    `priority ${priority}`,
    password("s3cr3tpw"),
    addresses(`${net}/24`),
  );

const both = (priority: number) =>
  group("V4", "V6") +
  vrrp("V4", "interface eth0", "virtual_router_id 51", `priority ${priority}`, addresses("192.0.2.10/24")) +
  vrrp(
    "V6",
    "interface eth0",
    "virtual_router_id 51",
    `priority ${priority}`,
    addresses("fe80::51/64", "2001:db8::10/64"),
  );

const inOut = (priority: number, [inside, outside]: readonly [string, string], order: readonly string[]) =>
  group(...order) +
  vrrp(
    "IN",
    `interface ${inside}`,
    "virtual_router_id 10",
    `priority ${priority}`,
    addresses("10.0.0.1/24"),
  ) +
  vrrp(
    "OUT",
    `interface ${outside}`,
    "virtual_router_id 20",
    `priority ${priority}`,
    addresses("192.0.2.1/24"),
  );

const rotating = (priorities: readonly [number, number, number]) =>
  priorities
    .map((priority, index) =>
      vrrp(
        `VI_${index + 1}`,
        "interface eth0",
        `virtual_router_id ${index + 1}`,
        `priority ${priority}`,
        addresses(`10.0.0.10${index + 1}/24`),
      ),
    )
    .join("\n");

const byCondition = vrrp(
  "VI_1",
  "interface eth0",
  "virtual_router_id 51",
  "@lb1 priority 150",
  "@lb2 priority 100",
  "@lb1 unicast_src_ip 10.0.0.1",
  "@lb2 unicast_src_ip 10.0.0.2",
  "unicast_peer {\n        @lb1 10.0.0.2\n        @lb2 10.0.0.1\n    }",
  addresses("10.0.0.100/24"),
);

export const soundFleets: Readonly<Record<string, Files>> = {
  "the tutorial's active/active pair": {
    "host-a.conf": tutorial(100, 99, "a.example.org"),
    "host-b.conf": tutorial(99, 100, "b.example.org"),
  },
  "a unicast pair": { "a.conf": unicast(150, 1, [2]), "b.conf": unicast(100, 2, [1]) },
  "three unicast hosts in a full mesh": {
    "a.conf": unicast(150, 1, [2, 3]),
    "b.conf": unicast(100, 2, [3, 1]),
    "c.conf": unicast(50, 3, [1, 2]),
  },
  "unicast without source addresses": {
    "a.conf": usual(150, peers("10.0.0.2")),
    "b.conf": usual(100, peers("10.0.0.1")),
  },
  "unicast with checked sources": {
    "a.conf": unicast(150, 1, [2]).replace("unicast_peer", "check_unicast_src\n    unicast_peer"),
    "b.conf": unicast(100, 2, [1]).replace("unicast_peer", "check_unicast_src\n    unicast_peer"),
  },
  "nopreempt with both hosts BACKUP": {
    "a.conf": usual(150, "state BACKUP", "nopreempt"),
    "b.conf": usual(100, "state BACKUP", "nopreempt"),
  },
  "nopreempt on the higher host only": {
    "a.conf": usual(150, "state BACKUP", "nopreempt"),
    "b.conf": usual(100, "state BACKUP"),
  },
  "a penalty that changes the master": {
    "a.conf": penalty + usual(150, tracked),
    "b.conf": penalty + usual(100, tracked),
  },
  "a bonus that changes the master": {
    "a.conf": bonus + usual(150, tracked),
    "b.conf": bonus + usual(100, tracked),
  },
  "a check that means FAULT, with nopreempt": {
    "a.conf": check("") + usual(150, "nopreempt", tracked),
    "b.conf": check("") + usual(100, "nopreempt", tracked),
  },
  "preempt_delay without weights": {
    "a.conf": usual(150, "preempt_delay 60"),
    "b.conf": usual(100, "preempt_delay 60"),
  },
  "IPv4 and IPv6 in one sync group": { "a.conf": both(150), "b.conf": both(100) },
  "an IPv6 pair in two spellings": {
    "a.conf": usual(150).replace("10.0.0.100/24", "fe80::51/64\n        2001:db8::10/64"),
    "b.conf": usual(100).replace("10.0.0.100/24", "fe80:0::51/64\n        2001:0DB8:0::0010/64"),
  },
  "a router with two sides, interfaces of other names, members in another order": {
    "a.conf": inOut(150, ["eth0", "eth1"], ["IN", "OUT"]),
    "b.conf": inOut(100, ["ens3", "ens4"], ["OUT", "IN"]),
  },
  "one password, quoted in one file, and Windows line ends": {
    "a.conf": usual(150, password("s3cr3tpw")),
    "b.conf": usual(100, password('"s3cr3tpw"')).replaceAll("\n", "\r\n"),
  },
  "addresses in another order, instances of other names": {
    "a.conf": usual(150).replace("10.0.0.100/24", "10.0.0.100/24\n        10.0.0.101/24"),
    "b.conf": usual(100)
      .replace("VI_1", "WEB")
      .replace("10.0.0.100/24", "10.0.0.101/24\n        10.0.0.100/24"),
  },
  "defaults here, the same values written there": {
    "a.conf": usual(150),
    "b.conf": usual(100, "state BACKUP", "version 2", "advert_int 1.0", "down_timer_adverts 3", "accept"),
  },
  "version 3 from the globals and from the instance": {
    "a.conf": `global_defs {\n    vrrp_version 3\n}\n${usual(150, "advert_int 0.25")}`,
    "b.conf": usual(100, "version 3", "advert_int .25"),
  },
  "addresses beside the advert": {
    "a.conf": usual(150, "virtual_ipaddress_excluded {\n        10.0.1.1/24\n        10.0.2.1/24\n    }"),
    "b.conf": usual(100, "virtual_ipaddress_excluded {\n        10.0.2.1/24\n        10.0.1.1/24\n    }"),
  },
  "routes through interfaces of other names": {
    "a.conf": usual(150, "virtual_routes {\n        192.168.7.0/24 via 10.0.0.254 dev eth0\n    }"),
    "b.conf": usual(100, "virtual_routes {\n        192.168.7.0/24 via 10.0.0.254 dev ens3\n    }").replace(
      "eth0",
      "ens3",
    ),
  },
  "tracked interfaces of other names": {
    "a.conf": usual(150, "track_interface {\n        eth1\n    }"),
    "b.conf": usual(100, "track_interface {\n        ens4\n    }"),
  },
  "three hosts, three routers, everybody master once": {
    "a.conf": rotating([150, 100, 50]),
    "b.conf": rotating([50, 150, 100]),
    "c.conf": rotating([100, 50, 150]),
  },
  "two clusters in two networks, alike in all else": {
    "east-a.conf": cluster("VI_1", 51, "10.1.0.100", 150),
    "east-b.conf": cluster("VI_1", 51, "10.1.0.100", 100),
    "west-a.conf": cluster("VI_1", 51, "10.2.0.100", 150),
    "west-b.conf": cluster("VI_1", 51, "10.2.0.100", 100),
  },
  "two clusters in one network with numbers of their own": {
    "web-a.conf": cluster("VI_1", 51, "10.1.0.100", 150),
    "web-b.conf": cluster("VI_1", 51, "10.1.0.100", 100),
    "mail-a.conf": cluster("VI_1", 52, "10.1.0.200", 150),
    "mail-b.conf": cluster("VI_1", 52, "10.1.0.200", 100),
  },
  "hosts of clusters of which only one host is given": {
    "web-a.conf": cluster("VI_1", 51, "10.1.0.100", 150),
    "mail-a.conf": cluster("VI_1", 52, "10.1.0.200", 150),
  },
  "one file with conditions for both hosts": { "lb1.conf": byCondition, "lb2.conf": byCondition },
  "values from definitions": {
    "a.conf": `$VIP=10.0.0.100\n$PRIORITY=150\n${usual(150).replace("priority 150", "priority $PRIORITY").replace("10.0.0.100", `\${VIP}`)}`,
    "b.conf": usual(100),
  },
  "one host alone": { "a.conf": usual(150) },
};
