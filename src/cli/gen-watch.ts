/** The questions about what is watched. */
import { type Answers, hostWords, plus } from "./gen-answers.ts";
import { askInterface, complaint, type Interview } from "./gen-questions.ts";

type Watched = "--track-process" | "--track-script" | "--track-interface" | "--track-file";

/** Asks what a host has to pass to hold the addresses, and what a failure does. */
export async function askWatch(interview: Interview, answers: Answers): Promise<Answers> {
  const { asker } = interview;
  let all = answers;
  do {
    const what = await asker.one<Watched>("What is watched on every host?", [
      { short: "a process", name: "a process that has to run", value: "--track-process" },
      {
        short: "a check",
        name: "a check: a program that ends with 0 while all is well",
        value: "--track-script",
      },
      { short: "an interface", name: "another interface that has to be up", value: "--track-interface" },
      { short: "a file", name: "a file that has to hold 0", value: "--track-file" },
    ]);
    all = plus(all, ...(await askWatched(interview, all, what)));
  } while (await asker.yes("Watch something else as well?", false));
  // Priorities that change have no effect on a host that does not take addresses back.
  const stays = ["--nopreempt", "--preempt-delay"].some((option) => all.more.includes(option));
  return stays ? all : askWeight(interview, all);
}

const watchedQuestions = {
  "--track-process": "Name of the process, such as nginx:",
  "--track-script": "Program with its path, such as /usr/local/bin/check_web:",
  "--track-file": "The file, such as /run/health:",
} as const;

async function askWatched(interview: Interview, answers: Answers, what: Watched): Promise<readonly string[]> {
  if (what === "--track-interface") return askCards(interview, answers, what);
  const word = await interview.asker.text({
    message: watchedQuestions[what],
    check: (answer) =>
      answer === "" ? "Write what is watched." : complaint(interview, plus(answers, what, answer)),
  });
  return [what, word];
}

/** An interface to watch, host by host; one that cannot be is refused as if it were that of all further hosts. */
async function askCards(interview: Interview, answers: Answers, option: string): Promise<readonly string[]> {
  const cards: (readonly [host: string, name: string])[] = [];
  for (const { name } of answers.hosts) {
    const wordsWith = (answer: string) =>
      hostWords(
        option,
        answers.hosts.map((host, index) => cards[index] ?? [host.name, answer]),
      );
    const message = `Interface of ${name}:`;
    const check = (answer: string) => complaint(interview, plus(answers, ...wordsWith(answer)));
    cards.push([name, await askInterface(interview.asker, message, cards.at(-1)?.[1] ?? "eth1", check)]);
  }
  return hostWords(option, cards);
}

async function askWeight(interview: Interview, answers: Answers): Promise<Answers> {
  const { asker } = interview;
  const out = await asker.one("What does a failure do?", [
    { short: "out at once", name: "it takes the host out at once", value: true },
    {
      short: "lower priority",
      name: "it lowers the priority: without a better host the addresses stay",
      value: false,
    },
  ]);
  if (out) return answers;
  const points = await asker.text({
    message: "By how many points each?",
    default: "20",
    check: (answer) =>
      /^\d+$/.test(answer)
        ? complaint(interview, plus(answers, "--track-weight", `-${answer}`))
        : "Write a whole number.",
  });
  return plus(answers, "--track-weight", `-${points}`);
}
