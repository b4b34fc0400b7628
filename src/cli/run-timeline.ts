/** A story for a terminal: what happened in its order, and who held each address when. */
import { absences, type Span, type Story } from "../simulate/story.ts";
import { type Group, groupsOf, linesOf, running } from "../simulate/telling.ts";
import { seconds } from "../simulate/words.ts";
import { type Micros, second } from "../vrrp/time.ts";
import { columnsOf, harmless, wrap } from "./columns.ts";
import { counted, type Page } from "./report.ts";

/** The whole story in lines of the page's width. */
export function timelineText(story: Story, page: Page): string {
  const parts = [
    ...eventLines(story, page),
    "",
    ...groupsOf(story).flatMap((group) => lanes(group, story, page)),
  ];
  return `${parts.join("\n")}\n${summary(story, page)}\n`;
}

/** With fewer columns beside long names a reason is easier to read below them. */
const enough = 36;

function eventLines(story: Story, page: Page): readonly string[] {
  const { green, red, yellow, bold } = page.colours;
  const paints = { MASTER: green, FAULT: red, BACKUP: String, INIT: String, deaf: yellow };
  const hosts = Math.max(...story.hosts.map(columnsOf));
  const width = seconds(story.duration).length;
  return linesOf(story).map(({ at, host = "", what, text }) => {
    const time = seconds(at).padStart(width);
    if (what === "fault") return `${time}  ${bold(`-- ${harmless(text)} --`)}`;
    const head = `${padded(harmless(host), hosts)}  ${what.padEnd(6)}`;
    const indent = width + 2 + columnsOf(head) + 2;
    if (page.width - indent >= enough) {
      return `${time}  ${paints[what](head)}  ${wrap(harmless(text), page.width, indent)}`;
    }
    const below = " ".repeat(width + 2);
    return `${time}  ${paints[what](head.trimEnd())}\n${below}${wrap(harmless(text), page.width, below.length)}`;
  });
}

/** How many changes of holders are listed for an address. */
const most = 20;

/** A picture with one lane for each host, blank while it does not run, and the times at which somebody else held the addresses. */
function lanes({ addresses, spans }: Group, story: Story, page: Page): readonly string[] {
  const { bold, green } = page.colours;
  const hosts = Math.max(...story.hosts.map(columnsOf));
  const cells = Math.max(10, page.width - hosts - 4);
  const middle = (cell: number) => ((cell + 0.5) * story.duration) / cells;
  const heldAt = (cell: number) =>
    spans.find(({ from, to }) => from <= middle(cell) && middle(cell) < to)?.hosts ?? [];
  const holders = Array.from({ length: cells }, (_, cell) => heldAt(cell));
  const rows = story.hosts.map((host) => {
    const runs = running(host, story);
    const lane = holders.map((held, cell) => {
      if (held.includes(host)) return "█";
      return runs.some(({ from, to }) => from <= middle(cell) && middle(cell) < to) ? "·" : " ";
    });
    const text = lane.join("").trimEnd();
    return `  ${padded(harmless(host), hosts)}  ${text.replaceAll(/█+/g, (run) => green(run))}`;
  });
  return [
    bold(wrap(addresses.join(", "), page.width)),
    ...rows,
    ...spans.slice(0, most).map((span) => spanLine(span, story, page)),
    ...(spans.length > most ? [`  and ${spans.length - most} more; --format json has them all`] : []),
    "",
  ];
}

function spanLine({ from, to, hosts }: Span, { duration }: Story, page: Page): string {
  const { red } = page.colours;
  const width = (duration / second).toFixed(3).length;
  const time = (at: Micros) => (at / second).toFixed(3).padStart(width);
  const who = hosts.length === 0 ? "nobody" : harmless(hosts.join(" and "));
  const length = hosts.length === 1 ? "" : ` for ${seconds(to - from)}`;
  const paint = hosts.length === 1 ? String : red;
  return `  ${time(from)} to ${time(to)} s  ${paint(`${who}${length}`)}`;
}

/** The worst of it in a sentence. */
function summary(story: Story, page: Page): string {
  const all = story.holdings.map(({ spans }) => absences(spans));
  const worst = (which: "nobody" | "several") => Math.max(0, ...all.map((each) => each[which]));
  const [nobody, several] = [worst("nobody"), worst("several")];
  const unserved =
    nobody > 0
      ? `nobody held an address for up to ${seconds(nobody)} in all`
      : "somebody held every address all the time";
  const doubled =
    several > 0 ? `several hosts held one for up to ${seconds(several)}` : "no address was held twice";
  const head = `${counted(story.hosts.length, "host")}, ${seconds(story.duration)} of virtual time`;
  return wrap(`${head}: ${unserved}, ${doubled}.`, page.width);
}

function padded(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}
