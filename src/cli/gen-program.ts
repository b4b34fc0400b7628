/** The command line of vrrp-gen: what may be written, and the help that teaches it. */
import type { Command } from "commander";
import { commandFor } from "./command-line.ts";
import {
  addAddresses,
  addHost,
  addHostWord,
  addMail,
  addPriority,
  addRouter,
  addWord,
  readAuth,
  readSeconds,
  readTarget,
  readVersion,
  readWeight,
} from "./gen-words.ts";
import type { World } from "./world.ts";

const usage = `                on a terminal: asks for what is needed
       vrrp-gen --pair --host NAME=ADDRESS… --interface NAME
                --router NAME=ADDRESS… --out-dir DIR
       vrrp-gen --spec FILE --out-dir DIR
       vrrp-gen --from FILE [--as NAME] [--address ADDRESS]
       vrrp-gen --join|--sync|--spec-from FILE…`;

const examples = `
Examples:
  Two hosts that share the work; when one fails, the other has all addresses:
    vrrp-gen --pair --host a=10.0.0.11/24 --host b=10.0.0.12/24 \\
      --interface eth0 --router web@a=10.0.0.101 --router mail@b=10.0.0.102 \\
      --out-dir cluster
  In a cloud (no multicast), web server watched, mail at every failover:
    vrrp-gen --pair --host a=10.0.0.11/24 --host b=10.0.0.12/24 \\
      --interface eth0 --router web=10.0.0.101 --unicast \\
      --track-process nginx --mail ops@example.org --out-dir cluster
  IPv4 and IPv6 that move together; the interface has two names:
    vrrp-gen --pair --host a=10.0.0.11/24 --host b=10.0.0.12/24 \\
      --interface a:eth0 --interface b:ens3 --sync-group \\
      --router web=10.0.0.101,fe80::101/64,2001:db8::101/64 --out-dir cluster
  Look first, then write over what is there:
    vrrp-gen … --out-dir cluster --dry-run
    vrrp-gen … --out-dir cluster --force
  From a description of the cluster (docs/cluster.schema.json is its schema):
    vrrp-gen --spec cluster.yaml --out-dir cluster
  The second host's file from the first one's, whose interface is called ens3:
    vrrp-gen --from a.conf --as b --address 10.0.0.12 \\
      --interface eth0:ens3 --out-dir cluster
  A third host; the files of the others change, too:
    vrrp-gen --join cluster/a.conf cluster/b.conf \\
      --as c --address 10.0.0.13 --force
  Files that drifted apart: what must be equal is taken from a.conf, the first,
  or from most of three or more. Look first, then change them:
    vrrp-gen --sync a.conf b.conf
    vrrp-gen --sync a.conf b.conf --write
  What the files of hosts say, as a description to go on with:
    vrrp-gen --spec-from a.conf b.conf --out-dir cluster

A router without VRID gets the lowest free number, one without @MASTER the
first host. An address without prefix gets that of the hosts' network. VRRP
version 2 gets a random password; one of your own comes from --auth-pass-file
or the environment variable VRRP_AUTH_PASS, never from the command line.

Exit code: 0 written, 1 refused with reasons, 2 wrong call, or a file exists.
With --sync: 0 nothing is left to decide, 1 something is, 2 wrong call.
`;

/** All options of vrrp-gen with their readers. */
export function genProgram(world: World): Command {
  const program = commandFor("vrrp-gen", examples, world)
    .description("Writes the keepalived.conf files of all hosts of a VRRP cluster, so that they fit.")
    .usage(usage)
    .argument("[FILE...]", "files that exist, for --join, --sync and --spec-from");
  const groups = {
    modeOptions,
    clusterOptions,
    routerOptions,
    conditionOptions,
    existingOptions,
    outputOptions,
  };
  for (const add of Object.values(groups)) add(program);
  return program;
}

function modeOptions(program: Command): void {
  program
    .optionsGroup("What to do:")
    .option("--pair", "write the files of two hosts or more")
    .option("--spec <FILE>", "the same from a description in YAML or JSON")
    .option("--from <FILE>", "write the partner of the host in FILE")
    .option("--join", "add a host to those of the FILEs")
    .option("--sync", "bring FILEs together that drifted apart")
    .option("--spec-from", "write the description of what the FILEs are");
}

function clusterOptions(program: Command): void {
  program
    .optionsGroup("The cluster:")
    .option("--host <NAME=ADDRESS>", "a host with its own address, prefix if known; repeat", addHost)
    .option("--interface <NAME>", "the interface; HOST:NAME for one, with --from OLD:NEW", addHostWord)
    .option(
      "--router <NAME=ADDRESS>",
      "NAME[:VRID][@MASTER]=ADDRESS[,ADDRESS…]: a virtual router; repeat",
      addRouter,
    )
    .option("--target <RELEASE>", "keepalived release the hosts run", readTarget);
}

function routerOptions(program: Command): void {
  program
    .optionsGroup("The virtual routers:")
    .option("--unicast", "adverts from host to host instead of multicast")
    .option("--version <2|3>", "VRRP version for IPv4 (2); IPv6 is always 3", readVersion)
    .option("--advert-int <SECONDS>", "time between adverts (1)", readSeconds)
    .option("--auth <none|random>", "no password, or a new one", readAuth)
    .option("--auth-pass-file <FILE>", "the password is in this file")
    .option("--nopreempt", "a host that comes back does not take over")
    .option("--preempt-delay <SECONDS>", "it takes over after this time", readSeconds)
    .option("--vmac", "addresses on an interface with a virtual MAC")
    .option("--sync-group", "IPv4 and IPv6 of a router move together");
}

function conditionOptions(program: Command): void {
  program
    .optionsGroup("What is watched, and who is told:")
    .option("--track-script <COMMAND>", "a check by its exit code; repeat", addWord)
    .option("--track-process <NAME>", "a process that has to run; repeat", addWord)
    .option("--track-interface <NAME>", "an interface that has to be up; HOST:NAME", addHostWord)
    .option("--track-file <FILE>", "a file that has to hold 0; repeat", addWord)
    .option("--track-weight <N>", "failure lowers the priority by N (-N) instead", readWeight)
    .option("--script-user <USER>", "the account that programs run as (root)")
    .option("--notify <COMMAND>", "runs at every change of state")
    .option("--mail <ADDRESS>", "who gets mail about failovers; repeat", addMail)
    .option("--mail-from <ADDRESS>", "sender of the mail")
    .option("--mail-server <HOST>", "mail server (127.0.0.1)");
}

function existingOptions(program: Command): void {
  program
    .optionsGroup("Files that exist (--from, --join, --sync, --spec-from):")
    .option("--as <NAME>", "name of the new host")
    .option("--address <ADDRESS>", "its own address; repeat", addAddresses)
    .option("--priority <N>", "its priority, if not the usual one; INSTANCE:N", addPriority)
    .option("--config-id <ID>", "what @id lines are judged as")
    .option("--write", "with --sync: change the files");
}

function outputOptions(program: Command): void {
  program
    .optionsGroup("Output:")
    .option("--out-dir <DIR>", "write HOST.conf for every host to this folder")
    .option("--stdout", "write the files to standard output")
    .option("--dry-run", "write nothing, show what would change")
    .option("--force", "write over files that exist")
    .option("--no-comments", "only what keepalived needs")
    .option("--one-file", "one keepalived.conf for all hosts, with @NAME lines")
    .option("--ansible", "inventory.yml, group_vars/ and files/ for Ansible");
}
