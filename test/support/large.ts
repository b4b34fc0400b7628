/** Large files for the benchmarks: about 20 lines a block, all that a careful author writes in one. */
import { block, file } from "../../src/rules/examples.ts";

/** What the blocks of a file are. */
export type Kind = "instances" | "servers";

/** One host's file of about `lines` lines; `host` counts the hosts from 1, and the first one has the higher priority. */
export function largeText(kind: Kind, lines: number, host: number): string {
  const head = [
    block("global_defs", `router_id host-${host}`, "enable_script_security", "script_user nobody"),
    block(
      "vrrp_script check_service",
      'script "/usr/libexec/check service"',
      "interval 2",
      "fall 3",
      "rise 2",
    ),
  ];
  const make = kind === "instances" ? instanceBlock : serverBlock;
  const blocks: string[] = [];
  let count = head.join("\n").split("\n").length + 1;
  for (let index = 0; count < lines; index++) {
    const one = make(index, host);
    blocks.push(one);
    count += one.split("\n").length;
  }
  return file(...head, ...blocks);
}

const perInterface = 250;

function instanceBlock(index: number, host: number): string {
  const network = Math.floor(index / perInterface);
  const within = (index % perInterface) + 1;
  const device = `eth${network}`;
  return block(
    `vrrp_instance VI_${index}`,
    "state BACKUP",
    `interface ${device}`,
    `virtual_router_id ${within}`,
    `priority ${host === 1 ? 150 : 100}`,
    "advert_int 1  # seconds",
    `unicast_src_ip 10.${network}.255.${host}`,
    block("unicast_peer", `10.${network}.255.${3 - host}`),
    block("authentication", "auth_type PASS", `auth_pass pw${index}`),
    block("track_script", "check_service"),
    block("virtual_ipaddress", `10.${network}.0.${within}/16 dev ${device}`),
  );
}

function serverBlock(index: number, host: number): string {
  const address = `10.${9 + (index >> 8)}.${index & 255}`;
  if (index % 40 === 0) return instanceBlock(index / 40, host);
  return block(
    `virtual_server ${address}.1 80`,
    "delay_loop 6",
    "lb_algo wrr",
    "lb_kind NAT",
    "protocol TCP",
    ...[2, 3].map((last) =>
      block(
        `real_server ${address}.${last} 8080`,
        "weight 10",
        block("HTTP_GET", block("url", "path /health", "status_code 200"), "connect_timeout 3", "retry 2"),
      ),
    ),
  );
}
