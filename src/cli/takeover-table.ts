/** `--takeover` as text: per virtual router its addresses, and the hosts in the order in which they become master. */
import type { Diagnostic } from "../diagnostic.ts";
import { inSeconds, notesOn, sumOf, tablesMayBeWrong } from "../language/standing.ts";
import type { Fleet } from "../model/host.ts";
import { type Takeover, type Turn, takeovers } from "../model/takeover.ts";
import { columnsOf, harmless, wrap } from "./columns.ts";
import type { Page } from "./report.ts";

/** Columns of a row that are no name and no time. */
const frameColumns = "  2?      priority  ".length;

const legend = `The first host of each table is master while all hosts run and all checks pass. The others wait, \
after the last advert of the master, for adverts × interval + skew; the skew is shorter the higher the priority. \
A master that is stopped properly says so, and then only the skew passes.`;

const caution = `${tablesMayBeWrong} Run vrrp-lint without --takeover to see the errors.`;

/** The tables of all virtual routers, at most 80 columns wide, and how to read them. */
export function takeoverText(fleet: Fleet, diagnostics: readonly Diagnostic[], page: Page): string {
  const all = takeovers(fleet);
  if (all.length === 0) return "There is no virtual router in these files.\n\n";
  const width = Math.min(page.width, 80);
  const tables = all.map((each) => routerText(each, page, width));
  const isWrong = diagnostics.some(({ severity }) => severity === "error");
  const texts = isWrong ? [legend, caution] : [legend];
  return `${[...tables, ...texts.map((text) => `${wrap(text, width)}\n`)].join("\n")}\n`;
}

function routerText({ router, addresses, turns }: Takeover, { colours }: Page, width: number): string {
  const title = `Virtual router ${router.vrid ?? "without number"}, IPv${router.family}`;
  const list = addresses.length > 0 ? addresses.join(", ") : "no address";
  const header = ["#", "host", "instance", "priority", "takes over after"];
  const times = turns.map((turn, index) => (index === 0 ? "is master" : timeOf(turn)));
  const room = 80 - frameColumns - Math.max(...times.map(columnsOf));
  const rows = turns.map((turn, index) => rowOf(turn, index, times[index] ?? "", Math.floor(room / 2)));
  const widths = header.map((text, column) =>
    Math.max(...[header, ...rows].map((row) => columnsOf(row[column] ?? text))),
  );
  const line = (row: readonly string[]) => {
    const padded = row.map((text, column) => pad(text, widths[column] ?? 0, column === 3));
    return `  ${padded.join("  ")}`.trimEnd();
  };
  return [
    `${colours.bold(title)}: ${wrap(list, width, 2, title.length + 2)}`,
    colours.dim(line(header)),
    ...rows.map(line),
    ...notesOn(turns, (_, rank) => `${rank + 1}`).map((note) => `  ${wrap(note, width, 4, 2)}`),
    "",
  ].join("\n");
}

function rowOf(turn: Turn, index: number, time: string, longestName: number): string[] {
  const { member, priority } = turn;
  return [
    `${index + 1}${turn.uncertain ? "?" : ""}`,
    shorten(member.host.name, longestName),
    shorten(member.instance.name, longestName),
    `${priority}`,
    time,
  ];
}

function timeOf(turn: Turn): string {
  return `${inSeconds(turn.seconds)} = ${sumOf(turn)}`;
}

function shorten(name: string, columns: number): string {
  const text = harmless(name);
  if (columnsOf(text) <= columns) return text;
  let start = "";
  for (const character of text) {
    if (columnsOf(start + character) >= columns) break;
    start += character;
  }
  return `${start}…`;
}

function pad(text: string, width: number, right: boolean): string {
  const blanks = " ".repeat(Math.max(0, width - columnsOf(text)));
  return right ? blanks + text : text + blanks;
}
