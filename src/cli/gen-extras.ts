/** The questions that not every cluster needs. Each one adds options to the answers. */
import { familyOf } from "../generate/networks.ts";
import { type Answers, plus } from "./gen-answers.ts";
import { passwordVariable } from "./gen-intent.ts";
import { complaint, type Interview } from "./gen-questions.ts";
import { askWatch } from "./gen-watch.ts";

/** Asks for everything that is not hosts and routers; returns the answers with these. */
export async function askMore(interview: Interview, answers: Answers): Promise<Answers> {
  const { asker } = interview;
  let all = answers;
  for (const ask of [askGroup, askUnicast]) all = await ask(interview, all);
  const wanted = await asker.some(
    "What else? Space marks, Enter goes on.",
    extras
      .filter((each) => each.fits?.(all) ?? true)
      .map((each) => ({ name: each.name, short: each.short, value: each })),
  );
  for (const { ask } of wanted) all = await ask(interview, all);
  return all;
}

type Ask = (interview: Interview, answers: Answers) => Promise<Answers>;

interface Extra {
  readonly name: string;
  readonly short: string;
  readonly fits?: (answers: Answers) => boolean;
  readonly ask: Ask;
}

/** In the order in which they are asked: what comes later may not fit what was chosen before. */
const extras: readonly Extra[] = [
  { short: "speed", name: "Failover in a second or less instead of four", ask: askSpeed },
  {
    short: "password",
    name: "A password of your own, or none, instead of a random one",
    fits: hasIpv4,
    ask: askPassword,
  },
  {
    short: "return",
    name: "A host that comes back shall wait, or leave the addresses alone",
    ask: askReturn,
  },
  { short: "watch", name: "Watch a service, a check, another interface or a file", ask: askWatch },
  { short: "mail", name: "Mail at every failover", ask: askMail },
  { short: "notify", name: "Run a program at every failover", ask: askNotify },
];

const familiesOf = ({ addresses }: { readonly addresses: string }) =>
  new Set(addresses.split(",").map((each) => familyOf(each)));

function hasIpv4({ routers }: Answers): boolean {
  return routers.some((router) => familiesOf(router).has(4));
}

async function askGroup({ asker }: Interview, answers: Answers): Promise<Answers> {
  if (!answers.routers.some((router) => familiesOf(router).size > 1)) return answers;
  const together = await asker.yes("Shall IPv4 and IPv6 of a virtual router move together?", true);
  return together ? plus(answers, "--sync-group") : answers;
}

async function askUnicast(interview: Interview, answers: Answers): Promise<Answers> {
  const unicast = plus(answers, "--unicast");
  // Not every host may have an address of the family.
  if (complaint(interview, unicast) !== undefined) return answers;
  return interview.asker.one("The hosts hear each other", [
    { short: "by multicast", name: "by multicast, as usual in a network of your own", value: answers },
    { short: "by unicast", name: "from host to host (unicast), as clouds need it", value: unicast },
  ]);
}

async function askSpeed({ asker, world }: Interview, answers: Answers): Promise<Answers> {
  const version = hasIpv4(answers) ? ["--version", "3"] : [];
  const without = world.environment[passwordVariable] === undefined ? [] : ["--auth", "none"];
  const interval = await asker.one("How fast? This takes VRRP version 3, without password.", [
    { short: "a second", name: "about a second: an advert every 0.3 s", value: "0.3" },
    {
      name: "0.4 seconds: an advert every 0.1 s, for hosts that never stall",
      value: "0.1",
    },
  ]);
  return plus(answers, ...version, ...without, "--advert-int", interval);
}

async function askPassword(interview: Interview, answers: Answers): Promise<Answers> {
  if (answers.more.includes("--version")) return answers;
  const { asker } = interview;
  const kind = await asker.one("Which password? It keeps clusters apart and stops no attacker.", [
    { short: "your own", name: "one of your own, up to 8 characters", value: "own" },
    { name: "none", value: "none" },
    { name: "a random one", value: "random" },
  ]);
  if (kind !== "own") return plus(answers, "--auth", kind);
  const password = await asker.secret({
    message: "Password:",
    check: (answer) =>
      answer === "" ? "Write a password." : complaint(interview, { ...answers, password: answer }),
  });
  return { ...answers, password };
}

async function askReturn(interview: Interview, answers: Answers): Promise<Answers> {
  const { asker } = interview;
  const waits = await asker.one("What does a host do that comes back?", [
    { short: "it waits", name: "it takes its addresses back after a while", value: true },
    { short: "it leaves them", name: "it leaves them where they are until the next failure", value: false },
  ]);
  if (!waits) return plus(answers, "--nopreempt");
  const seconds = await asker.text({
    message: "After how many seconds?",
    default: "30",
    check: (answer) => complaint(interview, plus(answers, "--preempt-delay", answer)),
  });
  return plus(answers, "--preempt-delay", seconds);
}

async function askMail(interview: Interview, answers: Answers): Promise<Answers> {
  const { asker } = interview;
  const wordsOf = (answer: string) =>
    answer.split(/[\s,]+/).flatMap((each) => (each === "" ? [] : ["--mail", each]));
  const to = await asker.text({
    message: "Mail to, with commas:",
    check: (answer) =>
      /^[^@\s,]+@[^@\s,]+([\s,]+[^@\s,]+@[^@\s,]+)*$/.test(answer)
        ? complaint(interview, plus(answers, ...wordsOf(answer)))
        : "Write an address, such as ops@example.org.",
  });
  const all = plus(answers, ...wordsOf(to));
  const server = await asker.text({
    message: "Mail server:",
    default: "127.0.0.1",
    check: (answer) => complaint(interview, plus(all, "--mail-server", answer)),
  });
  return server === "127.0.0.1" ? all : plus(all, "--mail-server", server);
}

async function askNotify(interview: Interview, answers: Answers): Promise<Answers> {
  const { asker } = interview;
  const program = await asker.text({
    message: "Program to run, such as /usr/local/bin/failover:",
    check: (answer) =>
      answer.startsWith("/")
        ? complaint(interview, plus(answers, "--notify", answer))
        : "Write the whole path, which begins with /.",
  });
  return plus(answers, "--notify", program);
}
