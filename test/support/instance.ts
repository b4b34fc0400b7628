/** One vrrp_instance from a few lines of text. */
import type { Host, Instance } from "../../src/model/host.ts";
import { readHost } from "../../src/model/read.ts";

/** Reads a text as the file of a host named `a`. */
export function hostOf(text: string, more: { target?: string; configId?: string } = {}): Host {
  return readHost({ path: "a.conf", text, ...more });
}

/** The first instance of a text. */
export function firstInstance(text: string, more: { target?: string } = {}): Instance {
  const instance = hostOf(text, more).instances[0];
  if (!instance) throw new Error(`no instance in ${text}`);
  return instance;
}

/** An instance with these lines between an interface, a VRID and an IPv4 address. */
export function instanceWith(lines: string, more: { target?: string; before?: string } = {}): Instance {
  const { before = "", ...options } = more;
  return firstInstance(`${before}\n${instanceText("V", lines)}`, options);
}

/** The text of an instance that has what it needs, and these lines. */
export function instanceText(name: string, lines: string, vrid = 51): string {
  return [
    `vrrp_instance ${name} {`,
    "  interface eth0",
    `  virtual_router_id ${vrid}`,
    lines,
    "  virtual_ipaddress {",
    `    10.9.0.${vrid}/24`,
    "  }",
    "}\n",
  ].join("\n");
}
