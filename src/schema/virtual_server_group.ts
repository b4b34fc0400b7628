/** `virtual_server_group`: a named list of addresses and firewall marks that one virtual server stands for. */
import { unsigned32 } from "./lvs_values.ts";
import type { Arg, Keyword } from "./types.ts";

const mark: readonly Arg[] = [
  { name: "mark", value: { is: "int", min: 0, max: unsigned32 } },
  {
    name: "family",
    value: {
      is: "word",
      of: [
        { word: "inet", doc: "Marked IPv4 packets." },
        { word: "inet6", doc: "Marked IPv6 packets." },
      ],
    },
    optional: true,
  },
];

export const virtualServerGroupBlock: Keyword = {
  name: "virtual_server_group",
  args: [{ name: "name", value: { is: "name", defines: "virtual-server-group" } }],
  lines: {
    what: "address or firewall mark",
    args: [
      {
        name: "address",
        value: {
          is: "either",
          of: [
            { is: "addresses" },
            {
              is: "word",
              of: [
                {
                  word: "fwmark",
                  doc: "Takes the place of an address: all packets that the firewall marked.",
                  args: mark,
                },
              ],
            },
          ],
        },
      },
      { name: "port", value: { is: "int", min: 0, max: 65_535 }, optional: true },
    ],
    whenEmpty: "drops the group, and a virtual_server for it gets no traffic",
  },
  times: "many",
  onInvalid: "skips a line it cannot read, and drops a group that is left empty",
  doc: "Names a set of addresses and firewall marks, so that one virtual server can stand for all of them. A line is an address with its port, a range such as `192.0.2.1-10`, `192.0.2.250-192.0.3.5` or `192.0.2.8/29` with a port, or `fwmark N` with an optional `inet` or `inet6`. Use it as `virtual_server group NAME`. An address without a port is for persistent services.",
  example: "virtual_server_group web {\n    192.0.2.1 80\n    192.0.2.8-15 80\n}",
  source: "keepalived/check/check_data.c:196 (v2.2.7); keepalived.conf(5), virtual server group(s)",
};
