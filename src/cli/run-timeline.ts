/** A story for a terminal: what happened in its order, and who held each address when. */
import { absences, type Change, type Span, type Story } from "../simulate/story.ts";
import { seconds } from "../simulate/words.ts";
import { type Micros, second } from "../vrrp/time.ts";
import { columnsOf, harmless, wrap } from "./columns.ts";
import { counted, type Page } from "./report.ts";

/** The whole story in lines of the page's width. */
export function timelineText(story: Story, page: Page): string {
  const parts = [
    ...eventLines(story, page),
    "",
    ...groups(story).flatMap((group) => lanes(group, story, page)),
  ];
  return `${parts.join("\n")}\n${summary(story, page)}\n`;
}

interface Line {
  readonly at: Micros;
  readonly head: string;
  readonly text: string;
  readonly paint: (text: string) => string;
}

function eventLines(story: Story, page: Page): readonly string[] {
  const { green, red, yellow, bold } = page.colours;
  const hosts = Math.max(...story.hosts.map(columnsOf));
  const headOf = (host: string, state: string) => `${padded(harmless(host), hosts)}  ${state.padEnd(6)}`;
  const paints = { MASTER: green, FAULT: red, BACKUP: String, INIT: String };
  const lines: readonly Line[] = [
    ...story.faults.map(({ at, text }) => ({ at, head: `-- ${text} --`, text: "", paint: bold })),
    ...together(story.changes).map(({ at, host, to, instances, why }) => {
      return { at, head: headOf(host, to), text: `${instances.join(", ")}: ${why}`, paint: paints[to] };
    }),
    ...story.refusals.map(({ at, host, instance, from, why }) => {
      return { at, head: headOf(host, "deaf"), text: `${instance}: refuses ${from}. ${why}`, paint: yellow };
    }),
  ];
  const sorted = [...lines].sort((one, other) => one.at - other.at);
  const width = seconds(story.duration).length;
  return sorted.map(({ at, head, text, paint }) => {
    const time = seconds(at).padStart(width);
    const indent = width + 2 + columnsOf(head) + 2;
    const rest = text === "" ? "" : `  ${wrap(harmless(text), page.width, indent)}`;
    return `${time}  ${paint(head)}${rest}`.trimEnd();
  });
}

/** Instances of one host that do the same at the same moment for the same reason. */
function together(changes: readonly Change[]) {
  const found = new Map<string, Change & { readonly instances: string[] }>();
  for (const change of changes) {
    const key = JSON.stringify([change.at, change.host, change.to, change.why]);
    const known = found.get(key);
    if (known) known.instances.push(change.instance);
    else found.set(key, { ...change, instances: [change.instance] });
  }
  return [...found.values()];
}

interface Group {
  readonly addresses: readonly string[];
  readonly spans: readonly Span[];
}

/** Addresses that were always held by the same hosts. */
function groups({ holdings }: Story): readonly Group[] {
  const found = new Map<string, { addresses: string[]; spans: readonly Span[] }>();
  for (const { address, spans } of holdings) {
    const key = JSON.stringify(spans);
    const known = found.get(key);
    if (known) known.addresses.push(address);
    else found.set(key, { addresses: [address], spans });
  }
  return [...found.values()];
}

/** A picture with one lane for each host, and the times at which somebody else held the addresses. */
function lanes({ addresses, spans }: Group, story: Story, page: Page): readonly string[] {
  const { bold, green } = page.colours;
  const hosts = Math.max(...story.hosts.map(columnsOf));
  const cells = Math.max(10, page.width - hosts - 4);
  const middle = (cell: number) => ((cell + 0.5) * story.duration) / cells;
  const heldAt = (cell: number) =>
    spans.find(({ from, to }) => from <= middle(cell) && middle(cell) < to)?.hosts ?? [];
  const holders = Array.from({ length: cells }, (_, cell) => heldAt(cell));
  const rows = story.hosts.map((host) => {
    const lane = holders.map((held) => (held.includes(host) ? "█" : "·")).join("");
    return `  ${padded(harmless(host), hosts)}  ${lane.replaceAll(/█+/g, (run) => green(run))}`;
  });
  return [
    bold(wrap(addresses.join(", "), page.width)),
    ...rows,
    ...spans.map((span) => spanLine(span, story, page)),
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
