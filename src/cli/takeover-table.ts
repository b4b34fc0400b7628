/** `--takeover` as text: per virtual router its addresses, and the hosts in the order in which they become master. */
import type { Fleet } from "../model/host.ts";
import { type Takeover, type Turn, takeovers } from "../model/takeover.ts";
import { columnsOf, harmless, wrap } from "./columns.ts";
import type { Page } from "./report.ts";

/** The longest host or instance name that is shown whole. */
const longestName = 17;

const legend = `The first host of each table is master while all hosts run and all checks pass. The others wait, \
after the last advert of the master, for adverts × interval + skew; the skew is shorter the higher the priority. \
A master that is stopped properly says so, and then only the skew passes.`;

/** The tables of all virtual routers, at most 80 columns wide. */
export function takeoverText(fleet: Fleet, page: Page): string {
  const all = takeovers(fleet);
  if (all.length === 0) return "There is no virtual router in these files.\n";
  const tables = all.map((each) => routerText(each, page));
  return `${tables.join("\n")}\n${wrap(legend, 80)}\n`;
}

function routerText({ router, addresses, turns }: Takeover, { colours }: Page): string {
  const title = `Virtual router ${router.vrid ?? "without number"}, IPv${router.family}`;
  const list = addresses.length > 0 ? addresses.join(", ") : "no address";
  const header = ["#", "host", "instance", "priority", "takes over after"];
  const rows = turns.map((turn, index) => rowOf(turn, index));
  const widths = header.map((text, column) =>
    Math.max(...[header, ...rows].map((row) => columnsOf(row[column] ?? text))),
  );
  const line = (row: readonly string[]) => {
    const padded = row.map((text, column) => pad(text, widths[column] ?? 0, column === 3));
    return `  ${padded.join("  ")}`.trimEnd();
  };
  const notes = turns.flatMap((turn, index) => noteOf(turn, index));
  return [
    `${colours.bold(title)}: ${wrap(list, 80, 2, title.length + 2)}`,
    colours.dim(line(header)),
    ...rows.map(line),
    ...notes.map((note) => `  ${wrap(note, 80, 4, 2)}`),
    "",
  ].join("\n");
}

function rowOf(turn: Turn, index: number): string[] {
  const { member, priority, adverts, interval, skew, seconds } = turn;
  const time = `${inSeconds(seconds)} = ${adverts} × ${interval} s + ${inSeconds(skew)}`;
  return [
    `${index + 1}${turn.uncertain ? "?" : ""}`,
    shorten(member.host.name),
    shorten(member.instance.name),
    `${priority}`,
    index === 0 ? "is master" : time,
  ];
}

function noteOf(turn: Turn, index: number): string[] {
  const notes: string[] = [];
  if (turn.tied && index > 0)
    notes.push(
      "Hosts with the same priority: the one with the higher address wins, by chance rather than by plan.",
    );
  if (turn.uncertain)
    notes.push(
      `${index + 1}? Part of what decides this is not in the files, so order or time may be different.`,
    );
  return notes;
}

function inSeconds(seconds: number): string {
  return `${seconds.toFixed(3)} s`;
}

function shorten(name: string): string {
  const text = harmless(name);
  if (columnsOf(text) <= longestName) return text;
  let start = "";
  for (const character of text) {
    if (columnsOf(start + character) >= longestName) break;
    start += character;
  }
  return `${start}…`;
}

function pad(text: string, width: number, right: boolean): string {
  const blanks = " ".repeat(Math.max(0, width - columnsOf(text)));
  return right ? blanks + text : text + blanks;
}
