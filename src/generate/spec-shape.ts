/** What a cluster description may hold. The published schema, the checks and the types of spec.ts follow it. */
import { described, jsonSchema, type Member, type Shape } from "./shape.ts";

const text: Shape = { is: "text" };
const flag: Shape = { is: "flag" };
const address: Shape = {
  is: "text",
  pattern: /^[0-9A-Fa-f:.]+(\/\d+)?$/,
  what: "an IP address, with or without prefix",
};
const virtualAddress: Shape = {
  is: "text",
  pattern: /^[0-9A-Fa-f:.]+(\/\d+)?(\s+\S.*)?$/,
  what: "an IP address, with or without prefix and options such as dev eth1",
};
const names = { is: "text", what: "a name" } as const;
const vrid: Shape = { is: "whole", min: 1, max: 255 };
const weight: Shape = {
  is: "whole",
  min: -254,
  max: 254,
  doc: "0, the default: a failure takes the host out at once. Negative: a failure lowers the priority by so much. Positive: it is added while the check passes.",
};

function perHost(shape: Shape): Shape {
  return { is: "either", of: [shape, { is: "map", of: shape, doc: "One for each host, by its name." }] };
}

/** Lines that no other member can say. They are judged like everything that is written. */
const lines = (doc: string): Member => ({
  shape: described(`Lines of keepalived.conf ${doc}`, perHost(text)),
});

const seconds = (min: number, max: number, doc: string): Member => ({
  shape: { is: "seconds", min, max, doc },
});
const member = (doc: string, shape: Shape): Member => ({ shape: described(doc, shape) });
const needed = (doc: string, shape: Shape): Member => ({ shape: described(doc, shape), needed: true });

const definitionName = member(
  "How the definition is called in the files; made from what it watches when absent.",
  names,
);

const trackMembers: Readonly<Record<string, Member>> = {
  script: member(
    "A program with absolute path and its parameters; exit code 0 means that all is well.",
    text,
  ),
  process: member("The name of a process that has to run.", text),
  file: member("A file with a number; with weight 0 any number but 0 takes the host out.", text),
  interface: member("Another interface that has to be up, or one for each host.", perHost(names)),
  name: definitionName,
  weight: { shape: weight },
  interval: seconds(0.001, 1_000_000, "Seconds from run to run of a script, 2 when absent."),
  timeout: seconds(
    0.001,
    1_000_000,
    "Seconds after which a run of a script has failed; the interval when absent.",
  ),
  rise: member("Successes in a row that make a script pass again, 2 when absent.", {
    is: "whole",
    min: 1,
    max: 1_000_000,
  }),
  fall: member("Failures in a row that make a script fail, 2 when absent.", {
    is: "whole",
    min: 1,
    max: 1_000_000,
  }),
  extra: member(
    "Lines of keepalived.conf for the definition of a script, process or file, such as user or init_fail.",
    text,
  ),
};

const authentication: Shape = {
  is: "either",
  of: [
    { is: "one-of", of: ["none", "random"] },
    {
      is: "record",
      members: {
        password_file: needed(
          "The file that holds the password, seen from this description. A password never stands in the description itself.",
          text,
        ),
      },
    },
  ],
};

/** What holds for all routers, or for the one it stands in. */
const choices: Readonly<Record<string, Member>> = {
  interface: member(
    "The interface of adverts and addresses; one name for all hosts, or one for each host.",
    perHost(names),
  ),
  version: member("VRRP version for IPv4, 2 when absent; IPv6 is always 3.", { is: "one-of", of: [2, 3] }),
  advert_int: seconds(0.01, 255, "Seconds between adverts, 1 when absent."),
  auth: member(
    "The password of VRRP version 2: none, a random one (the default), or one from a file.",
    authentication,
  ),
  unicast: member(
    "Adverts from host to host instead of multicast, as clouds need it. true: from the hosts' own addresses; otherwise the source of each host.",
    { is: "either", of: [flag, { is: "map", of: address, doc: "One for each host, by its name." }] },
  ),
  start_as_backup: member(
    "The master, too, starts as backup and takes over when it hears nobody better.",
    flag,
  ),
  nopreempt: member("A host that comes back waits until the present master fails.", flag),
  preempt_delay: seconds(
    0,
    1000,
    "Seconds that a host which comes back waits before it takes the addresses.",
  ),
  vmac: member("The addresses live on an interface with the virtual MAC of the standard.", flag),
  sync_group: member(
    "true: the IPv4 and IPv6 addresses of a router move together. A name: all routers with this name do; they need the same master.",
    { is: "either", of: [flag, names] },
  ),
  track: member("What a host has to pass to hold the addresses.", {
    is: "list",
    of: {
      is: "record",
      members: trackMembers,
      exactlyOne: ["script", "process", "file", "interface"],
      together: { interval: "script", timeout: "script", rise: "script", fall: "script" },
      apart: [
        ["interface", "name"],
        ["interface", "extra"],
      ],
    },
  }),
  notify: member("A command line that runs at every change of state.", text),
  notify_master: member("A command line that runs when a host becomes master.", text),
  notify_backup: member("A command line that runs when a host becomes backup.", text),
  notify_fault: member("A command line that runs when a host drops out.", text),
  notify_stop: member("A command line that runs when keepalived stops.", text),
  mail_alert: member("false: no mail about it, although there are receivers.", flag),
};

const host: Shape = {
  is: "either",
  of: [
    described("The host's own address, with prefix where it is known.", address),
    {
      is: "record",
      members: {
        addresses: member(
          "The host's own addresses, with prefix where it is known; the first of a family is the source of unicast adverts. Not needed with multicast.",
          {
            is: "list",
            of: address,
          },
        ),
        interface: member("The interface on this host, where it has another name.", names),
        router_id: member(
          "How mails name the host, its name when absent; false writes none, then the machine's name counts.",
          { is: "either", of: [text, { is: "no" }] },
        ),
      },
    },
  ],
};

const router: Shape = {
  is: "record",
  members: {
    vrid: member("Its number on the network; the lowest free one when absent.", vrid),
    master: member("The host that holds the addresses while all is well; the first host when absent.", names),
    addresses: needed(
      "The addresses it moves; without prefix they get that of the hosts' network. Behind a blank may stand dev, label and the like.",
      { is: "list", of: virtualAddress },
    ),
    priorities: member("Priorities by host; chosen with a fitting gap when absent.", {
      is: "map",
      of: { is: "whole", min: 1, max: 255 },
    }),
    ...choices,
    extra: lines("for its vrrp_instance that no other member can say; the same for all hosts, or by host."),
  },
};

/** A whole cluster description. */
export const clusterShape: Shape = {
  is: "record",
  doc: "A VRRP cluster, from which vrrp-gen --spec writes the keepalived.conf of every host.",
  members: {
    hosts: needed("The hosts by name, in the order in which they take over.", { is: "map", of: host }),
    routers: needed("The virtual routers by name.", { is: "map", of: router }),
    ...choices,
    script_user: member(
      "The account that checks and notify programs run as, root when absent; behind a blank its group, if not its own.",
      text,
    ),
    script_security: member(
      "false: neither enable_script_security is written nor a script_user that is not named here.",
      flag,
    ),
    mail: member("Whom to tell about failovers.", {
      is: "record",
      members: {
        to: needed("Receivers.", { is: "list", of: text }),
        from: member("Sender.", text),
        server: member("Mail server, name or address; 127.0.0.1 when absent.", text),
        timeout: seconds(1, 4_294_967, "Seconds that the mail server may take, 30 when absent."),
      },
    }),
    target: member("The keepalived release of the hosts, in quotes.", {
      is: "text",
      pattern: /^\d+\.\d+(\.\d+)?$/,
      what: 'a release in quotes, such as "2.2.7"',
    }),
    reserved_vrids: member("Numbers of other clusters in the same network.", { is: "list", of: vrid }),
    global_defs: lines("for global_defs; the same for all hosts, or by host."),
    sync_groups: member("What sync groups hold besides members, trackers and programs, by their names.", {
      is: "map",
      of: {
        is: "record",
        members: {
          extra: { ...lines("for its vrrp_sync_group; the same for all hosts, or by host."), needed: true },
        },
      },
    }),
    extra: lines(
      "with blocks that are no virtual router, such as virtual_server; the same for all hosts, or by host.",
    ),
  },
};

/** The text of docs/cluster.schema.json. */
export function clusterSchemaText(): string {
  const head = { $schema: "https://json-schema.org/draft/2020-12/schema", title: "VRRP cluster" };
  return `${JSON.stringify({ ...head, ...jsonSchema(clusterShape) }, undefined, 2)}\n`;
}
