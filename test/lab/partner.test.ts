/** A cluster that grows on real daemons: one host's file as somebody wrote it, its partner, and a third host. */
import { describe, expect, test } from "vitest";
import { runGen } from "../support/command.ts";
import { folderOf } from "../support/folder.ts";
import { needsLab, withLab } from "../support/lab.ts";
import { settle, type Texts } from "./fleets.ts";

const first = `$PRIORITY=200 # the first of all

global_defs {
	router_id a
	vrrp_garp_master_refresh 0
}

vrrp_instance web {
	state MASTER
	interface eth0
	virtual_router_id 51
	priority $PRIORITY
	unicast_src_ip 10.0.0.1
	unicast_peer {
		10.0.0.2 # the one beside it
	}
	virtual_ipaddress {
		10.0.0.100/24 dev eth0 label eth0:web
	}
}
`;
const web = "10.0.0.100";

function grown(): Texts {
  const folder = folderOf({ "a.conf": first });
  const run = (...words: string[]) =>
    expect(runGen([...words, "--out-dir", ".", "--force"], { cwd: folder.path })).toMatchObject({ code: 0 });
  run("--from", "a.conf", "--as", "b");
  run("--join", "a.conf", "b.conf", "--as", "c", "--address", "10.0.0.3", "--interface", "eth0:up0");
  return Object.fromEntries(["a", "b", "c"].map((name) => [`${name}.conf`, folder.read(`${name}.conf`)]));
}

describe.runIf(needsLab())("a cluster that grows", () => {
  test("hands its address on in the order of the hosts, and back", async () => {
    const texts = grown();
    const hosts = { a: { eth0: ["10.0.0.1/24"] }, b: { eth0: ["10.0.0.2/24"] }, c: { up0: ["10.0.0.3/24"] } };
    await withLab(hosts, async (lab) => {
      lab.start({ a: texts["a.conf"] ?? "", b: texts["b.conf"] ?? "", c: texts["c.conf"] ?? "" });
      await settle(lab, texts, { [web]: ["a"] });
      await lab.host("a").crash();
      await settle(lab, texts, { [web]: ["b"] });
      await lab.host("b").crash();
      await settle(lab, texts, { [web]: ["c"] });
      await lab.host("a").boot();
      lab.host("a").start();
      await settle(lab, texts, { [web]: ["a"] });
    });
  }, 120_000);
});
