/** What counts as the same meaning: the judge of the round trip is judged here. */
import { describe, expect, test } from "vitest";
import { differences, routersOf } from "../../../src/generate/describe/differences.ts";
import { fleetOf } from "../../support/fleet.ts";

const file = `global_defs {
    router_id a
    notification_email {
        ops@example.org
    }
    smtp_server 192.0.2.25
    enable_script_security
    script_user root
    vrrp_garp_master_repeat 2
}

vrrp_script check {
    script "/usr/bin/test -e /run"
    interval 3
    weight -20
}

vrrp_sync_group G {
    group {
        one
        two
    }
    notify_master "/usr/bin/true"
}

vrrp_instance one {
    state MASTER
    interface eth0
    virtual_router_id 51
    priority 150
    advert_int 2
    authentication {
        auth_type PASS
        auth_pass s3cr3t77
    }
    unicast_src_ip 10.0.0.1
    unicast_peer {
        10.0.0.2
    }
    virtual_ipaddress {
        10.0.0.100/24 label eth0:web
        10.0.0.101/24 dev eth1
    }
    track_interface {
        eth1
    }
}

vrrp_instance two {
    state MASTER
    interface eth0
    virtual_router_id 52
    priority 150
    virtual_ipaddress {
        10.0.0.110/24
    }
    virtual_ipaddress_excluded {
        10.0.0.111/24
    }
}

vrrp_instance three {
    state MASTER
    interface eth0
    virtual_router_id 53
    priority 150
    version 3
    virtual_ipaddress {
        10.0.0.120
    }
    track_script {
        check
    }
    notify "/usr/bin/true one" root
    smtp_alert
    garp_master_delay 3
}
`;

/** What a change of the file changes in its meaning. */
function changedBy(before: string, after: string): readonly string[] {
  expect(file).toContain(before);
  const [one, other] = [file, file.replace(before, after)].map((text) => fleetOf({ "a.conf": text }).hosts);
  return differences(one ?? [], routersOf(one ?? []), other ?? []).map(({ message }) => message);
}

describe("a difference", () => {
  test.each<[string, string, string]>([
    ["router_id a", "router_id b", "router_id a. Generated files will say router_id b."],
    ["    router_id a\n", "", "router_id a. Generated files will say router_id (none)."],
    ["ops@example.org", "dev@example.org", "notification_email ops@example.org"],
    ["enable_script_security", "", "enable_script_security"],
    ["vrrp_garp_master_repeat 2", "vrrp_garp_master_repeat 3", "vrrp_garp_master_repeat 2"],
    ["test -e /run", "test -e /tmp", "script check: runs /usr/bin/test -e /run"],
    ["interval 3", "interval 4", "script check: interval 3"],
    ["weight -20", "weight -30", "three: track_script check weight -20"],
    ["interval 3", "interval 3\n    init_fail", "script check: init_fail"],
    ["        two\n", "", "two: moves with G"],
    ["notify_master", "notify_backup", "group G: notify_master /usr/bin/true"],
    ["state MASTER", "state BACKUP", "one: state MASTER. Generated files will say one: state BACKUP."],
    ["interface eth0", "interface eth2", "one: interface eth0"],
    ["virtual_router_id 51", "virtual_router_id 61", "one: virtual_router_id 51"],
    ["priority 150", "priority 140", "one: priority 150"],
    ["advert_int 2", "advert_int 3", "one: advert_int 2"],
    ["advert_int 2", "advert_int 2\n    preempt_delay 9\n", ""],
    ["state MASTER", "state BACKUP\n    nopreempt", "one: nopreempt"],
    ["state MASTER", "state BACKUP\n    preempt_delay 9", "one: preempt_delay 9"],
    ["s3cr3t77", "0ther777", "one: authentication PASS. Generated files will have another one."],
    ["auth_type PASS", "auth_type AH", "one: authentication PASS"],
    ["unicast_src_ip 10.0.0.1", "", "one: source address 10.0.0.1"],
    ["10.0.0.2\n", "10.0.0.3\n", "one: peer 10.0.0.2"],
    ["10.0.0.100/24", "10.0.0.100/25", "one: address 10.0.0.100/24"],
    ["label eth0:web", "", "one: address 10.0.0.100/24 on eth0 label eth0:web"],
    ["dev eth1", "dev eth2", "one: address 10.0.0.101/24 on eth1"],
    ["        eth1\n", "        eth2\n", "group G: track_interface eth1 weight 0"],
    ["10.0.0.111/24", "10.0.0.112/24", "two: virtual_ipaddress_excluded {…}"],
    ["version 3", "version 2", "three: VRRP version 3"],
    ["/usr/bin/true one", "/usr/bin/true two", "three: notify /usr/bin/true one root"],
    ["    smtp_alert\n", "", "three: smtp_alert"],
    ["garp_master_delay 3", "garp_master_delay 4", "three: garp_master_delay 3"],
    ["global_defs", "static_routes {\n    192.0.2.0/25 dev eth0\n}\nglobal_defs", "static_routes {…}"],
  ])("%j → %j", (before, after, expected) => {
    const found = changedBy(before, after);
    if (expected === "") expect(found).toEqual([]);
    else expect(found.join("\n")).toContain(expected);
    expect(found.join("\n")).not.toMatch(/s3cr3t|0ther/);
  });
});

describe("no difference", () => {
  test.each<[string, string]>([
    ["ops@example.org\n    }", "ops@example.org\n    } // mail"],
    ["    smtp_server", "    smtp_connect_timeout 30\n    smtp_server"],
    ["virtual_router_id 51\n    priority 150", "priority 150\n    virtual_router_id 51"],
    ["label eth0:web", "label eth0:web dev eth0"],
    ["10.0.0.120", "10.0.0.120/32"],
    ["    track_interface {\n        eth1\n    }\n", "    track_interface {\n        eth1 weight 0\n    }\n"],
    ["    interval 3\n", "    interval 3\n    timeout 3\n    rise 1\n    fall 1\n"],
    ["vrrp_script check", "vrrp_script idle {\n    script /bin/true\n}\nvrrp_script check"],
    ["        one\n        two\n", "        two one\n"],
    ["s3cr3t77", "s3cr3t77 # of 2024"],
    ["s3cr3t77", "s3cr3t77-and-more"],
    ["router_id a", "router_id a // this host"],
  ])("%j → %j", (before, after) => {
    expect(changedBy(before, after)).toEqual([]);
  });

  test("the source of adverts, where the partners say it", () => {
    const pair = (source: string) => {
      const at = (own: string, other: string, from: string) =>
        `vrrp_instance web {\n    interface eth0\n    virtual_router_id 51\n    priority ${own.at(-1)}\n${from}    unicast_peer {\n        ${other}\n    }\n    virtual_ipaddress {\n        10.0.0.100/24\n    }\n}\n`;
      return fleetOf({
        "a.conf": at("10.0.0.1", "10.0.0.2", source),
        "b.conf": at("10.0.0.2", "10.0.0.1", "    unicast_src_ip 10.0.0.2\n"),
      }).hosts;
    };
    const silent = pair("");
    const found = (source: string) =>
      differences(silent, routersOf(silent), pair(source)).map(({ message }) => message);
    expect(found("    unicast_src_ip 10.0.0.1\n")).toEqual([]);
    expect(found("    unicast_src_ip 10.0.0.9\n")).toEqual([
      expect.stringContaining("web: source address 10.0.0.9"),
    ]);
  });
});
