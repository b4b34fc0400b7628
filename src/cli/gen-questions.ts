/** The questions that every cluster needs: its hosts and its virtual routers. */
import { bare, completeAddress } from "../generate/networks.ts";
import { parseAddress } from "../schema/address.ts";
import type { Asker, Check } from "./asker.ts";
import { wrap } from "./columns.ts";
import {
  type Answers,
  clusterComplaint,
  type HostAnswer,
  hostComplaint,
  hostIntent,
  type RouterAnswer,
} from "./gen-answers.ts";
import type { OutputOptions } from "./gen-options.ts";
import { pageFor } from "./report.ts";
import type { World } from "./world.ts";

/** Whom to ask, and what is known before. */
export interface Interview {
  readonly asker: Asker;
  readonly output: OutputOptions;
  /** Options of the cluster that the command line gave. */
  readonly given: readonly string[];
  readonly world: World;
}

const ordinals = ["first", "second", "third", "fourth", "fifth"];
const letters = "abcdefghijklmnopqrstuvwxyz";

/** What speaks against the answers so far; undefined when nothing does. */
export function complaint({ output, world }: Interview, answers: Answers): string | undefined {
  return clusterComplaint(answers, output, world);
}

/** Asks for two hosts or more. */
export async function askHosts({ asker, world }: Interview): Promise<readonly HostAnswer[]> {
  world.out("\nThe hosts, each with an address of its own:\n");
  const hosts: HostAnswer[] = [];
  do hosts.push(await askHost(asker, hosts));
  while (hosts.length < 2 || (await asker.yes("Another host?", false)));
  return hosts;
}

async function askHost(asker: Asker, before: readonly HostAnswer[]): Promise<HostAnswer> {
  const name = await asker.text({
    message: `Name of the ${ordinals[before.length] ?? "next"} host:`,
    default: freeName([...letters], before),
    check: (answer) => hostComplaint(before, { name: answer, addresses: [] }),
  });
  const addresses = await asker.text({
    message: before.length === 0 ? `Address of ${name}, such as 10.0.0.11/24:` : `Address of ${name}:`,
    check: (answer) => addressComplaint(before, name, answer),
  });
  const card = await askInterface(asker, `Interface of ${name}:`, before.at(-1)?.interface);
  return { name, addresses: complete(before, addresses), interface: card };
}

/** Asks for an interface's name, and checks the name before anything else. */
export function askInterface(
  asker: Asker,
  message: string,
  otherwise = "eth0",
  check: Check = () => undefined,
): Promise<string> {
  const shape =
    "The name of an interface has up to 15 characters, among them no blank, colon or slash. On the host, ip link shows it.";
  return asker.text({
    message,
    default: otherwise,
    check: (answer) => (/^[^\s:/]{1,15}$/.test(answer) ? check(answer) : shape),
  });
}

function addressComplaint(before: readonly HostAnswer[], name: string, answer: string): string | undefined {
  if (answer === "") return "Every host needs an address of its own. On the host, ip address shows it.";
  const addresses = complete(before, answer);
  const complaint = hostComplaint(before, hostIntent({ name, addresses }));
  if (complaint !== undefined) return complaint;
  const short = addresses.split(",").find((each) => parseAddress(each)?.prefix === undefined);
  if (short === undefined) return undefined;
  return `Write the prefix of the network as well, such as ${bare(short)}/24. On the host, ip address shows it.`;
}

/** The addresses without blanks, each with the prefix that the hosts before it tell. */
function complete(before: readonly HostAnswer[], answer: string): string {
  const intent = { hosts: before.map(hostIntent), routers: [], common: {} };
  return listOf(answer)
    .map((each) => completeAddress(intent, each))
    .join(",");
}

function listOf(answer: string): readonly string[] {
  return answer.split(/[\s,]+/).filter((each) => each !== "");
}

const aboutRouters = `The virtual routers. The addresses of each one are on its master, and all of them move to the \
next host when it fails. Two with different masters keep both hosts busy:`;

/** Asks for one virtual router or more. */
export async function askRouters(
  interview: Interview,
  hosts: readonly HostAnswer[],
): Promise<readonly RouterAnswer[]> {
  interview.world.out(`\n${wrap(aboutRouters, pageFor(interview.world).width)}\n`);
  const routers: RouterAnswer[] = [];
  do routers.push(await askRouter(interview, hosts, routers));
  while (await interview.asker.yes("Another virtual router?", false));
  return routers;
}

async function askRouter(
  interview: Interview,
  hosts: readonly HostAnswer[],
  before: readonly RouterAnswer[],
): Promise<RouterAnswer> {
  const usual: RouterAnswer = {
    name: freeName(numbered("VI_"), before),
    vrid: freeNumber(before),
    master: hosts[before.length % hosts.length]?.name ?? "",
    addresses: "",
  };
  const { asker } = interview;
  const wrong = (router: RouterAnswer) =>
    complaint(interview, { hosts, routers: [...before, router], more: interview.given });
  const addresses = await asker.text({
    message: "Virtual addresses, with commas:",
    check: (answer) => {
      const list = listOf(answer).join(",");
      return list === "" ? "Write one address at least." : wrong({ ...usual, addresses: list });
    },
  });
  const chosen = { ...usual, addresses: listOf(addresses).join(",") };
  const master = await asker.one(
    "Master while all is well:",
    hosts.map(({ name }) => ({ name, value: name })),
    usual.master,
  );
  const name = await asker.text({
    message: "Name of this virtual router:",
    default: usual.name,
    check: (answer) =>
      /[\s:@=]/.test(answer) ? "Neither blanks nor : @ = may be in it." : wrong({ ...chosen, name: answer }),
  });
  const vrid = await asker.text({
    message: "Number (VRID), unused in this network so far:",
    default: usual.vrid,
    check: (answer) =>
      isVrid(answer) ? wrong({ ...chosen, name, vrid: answer }) : "Write a number from 1 to 255.",
  });
  return { ...chosen, name, vrid, master };
}

function isVrid(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 255;
}

function numbered(start: string): readonly string[] {
  return Array.from({ length: 255 }, (_, index) => `${start}${index + 1}`);
}

function freeName(names: readonly string[], taken: readonly { readonly name: string }[]): string {
  return names.find((name) => !taken.some((each) => each.name === name)) ?? "";
}

function freeNumber(taken: readonly RouterAnswer[]): string {
  return numbered("").find((number) => !taken.some(({ vrid }) => Number(vrid) === Number(number))) ?? "";
}
