/** What becomes of a host that hears no master, for vrrp-run at the build. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const text = `global_defs {
  router_id first
  enable_script_security
  script_user root
}
vrrp_instance first {
  interface eth0
  virtual_router_id 1
  version 3
  priority 100
  advert_int 0.1
  notify /usr/bin/true
  virtual_ipaddress {
    10.0.0.100/24
  }
}
`;

const cables = "ip link add eth0 type veth peer name peer && ip link set peer up && ip link set eth0 up";
const network = `${cables} && ip address add 10.0.0.1/24 dev eth0 && exec "$@"`;

/**
 * Runs a daemon, as the words that start it say, in a network of its own until it is master. Resolves with whether it became
 * one: not everywhere a build may make a network.
 */
export async function takeOver(words, env) {
  const folder = mkdtempSync(path.join(tmpdir(), "vrrp-run-"));
  const file = path.join(folder, "keepalived.conf");
  writeFileSync(file, text);
  const asRoot = process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"];
  const daemon = [...words, "-f", file, "--run-dir", path.join(folder, "run")];
  const child = spawn("unshare", [...asRoot, "--net", "sh", "-c", network, "sh", ...daemon], {
    env,
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 20_000,
  });
  const ended = new Promise((resolve) => child.on("error", resolve).on("close", resolve));
  let heard = "";
  let asked = false;
  child.stdout.setEncoding("utf8").on("data", (words) => {
    heard += words;
    if (!asked && heard.includes("becomes MASTER")) {
      asked = true;
      child.kill("SIGTERM");
    }
  });
  const status = await ended;
  rmSync(folder, { recursive: true });
  return asked && status === 0;
}
