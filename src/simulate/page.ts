/** A story as one page that needs nothing else: for every address a picture with a lane for each host. */
import { type Micros, second } from "../vrrp/time.ts";
import { pageStyle } from "./page-style.ts";
import type { Span, Story } from "./story.ts";
import { type Group, groupsOf, holding, linesOf, running, shortages } from "./telling.ts";
import { seconds } from "./words.ts";

/** The page. It has no script, loads nothing, and takes its colours from the reader's light or dark setting. */
export function pageOf(story: Story): string {
  const hosts = story.hosts.map(escaped).join(", ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${hosts}</title>
<style>${pageStyle}</style>
</head>
<body>
<h1>${hosts}</h1>
<p>${seconds(story.duration)} of virtual time, seed ${story.seed}.
<span class="key"><i class="held"></i>holds the addresses</span>
<span class="key"><i class="runs"></i>runs</span>
<span class="key"><i class="wrong"></i>nobody, or several hosts, held the addresses</span></p>
${groupsOf(story)
  .map((group) => section(group, story))
  .join("\n")}
<h2>What happened</h2>
${table(story)}
</body>
</html>
`;
}

/** Measures of the picture; it has as many units in width as it has pixels on a usual screen. */
const right = 980;
const top = 46;
const lane = 34;
/** The width of a letter, at most in most texts. */
const letter = 7.2;
/** The longest name of a host that is shown whole, in letters. */
const longest = 32;

/** Where a moment is in the picture. */
type Scale = (at: Micros) => number;

function section({ addresses, spans }: Group, story: Story): string {
  const names = story.hosts.map((host) => Math.min(longest, [...host].length));
  const left = Math.max(130, Math.ceil(Math.max(...names) * letter) + 24);
  const scale: Scale = (at) => left + ((right - left) * at) / story.duration;
  const bottom = top + lane * story.hosts.length;
  const parts = [
    ...story.hosts.map((host, index) => hostLane(host, top + lane * index, spans, story, scale)),
    ...spans.map((span) => shortage(span, bottom + 4, scale)),
    ...faultMarks(story, bottom, scale),
    axis(story.duration, bottom + 14, scale),
  ];
  return `<section>
${heading(addresses)}
<p>${shortages(spans)}</p>
<div><svg viewBox="0 0 1000 ${bottom + 40}" role="img" aria-label="Who held ${escaped(addresses.join(", "))}">
${parts.join("\n")}
</svg></div>
</section>`;
}

/** So many addresses stand in a heading; the others unfold. */
const inHeading = 6;

function heading(addresses: readonly string[]): string {
  const [first, rest] = [addresses.slice(0, inHeading), addresses.slice(inHeading)];
  const title = `<h2>${escaped(first.join(", "))}${rest.length > 0 ? ` and ${rest.length} more` : ""}</h2>`;
  if (rest.length === 0) return title;
  return `${title}
<details><summary>The others</summary>${escaped(rest.join(", "))}</details>`;
}

function hostLane(host: string, y: number, spans: readonly Span[], story: Story, scale: Scale): string {
  const runs = running(host, story).map(({ from, to }) => {
    return rectangle("runs", from, to, y + lane / 2 - 1, 2, scale, `${host} runs`);
  });
  const held = holding(host, spans).map(({ from, to }) =>
    rectangle("held", from, to, y + 6, lane - 12, scale, `${host} holds the addresses`),
  );
  const x = scale(0) - 10;
  const text = `<text x="${x}" y="${y + lane / 2 + 5}" text-anchor="end"><title>${escaped(host)}</title>${escaped(shortened(host))}</text>`;
  return [text, ...runs, ...held].join("\n");
}

/** Hosts' names differ at their beginnings or at their ends: what is too long loses its middle. */
function shortened(name: string): string {
  const letters = [...name];
  if (letters.length <= longest) return name;
  const half = longest / 2;
  return `${letters.slice(0, half).join("")}…${letters.slice(1 - half).join("")}`;
}

/** A red mark below the lanes. */
function shortage({ from, to, hosts }: Span, y: number, scale: Scale): string {
  if (hosts.length === 1) return "";
  const who = hosts.length === 0 ? "nobody" : hosts.join(" and ");
  return rectangle("wrong", from, to, y, 6, scale, `${who} for ${seconds(to - from)}`);
}

function rectangle(
  kind: string,
  from: Micros,
  to: Micros,
  y: number,
  height: number,
  scale: Scale,
  title: string,
): string {
  const x = scale(from);
  const width = Math.max(1, scale(to) - x);
  const times = `${seconds(from)} to ${seconds(to)}`;
  return `<rect class="${kind}" x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${height}"><title>${escaped(title)}: ${times}</title></rect>`;
}

/** Dashed lines; labels that would run into the one before go to the second row, or are left to the table. */
function faultMarks({ faults, duration }: Story, bottom: number, scale: Scale): readonly string[] {
  const ends = [0, 0];
  return faults
    .filter(({ at }) => at <= duration)
    .map(({ at, text }) => {
      const x = scale(at);
      const width = text.length * letter + 12;
      const start = Math.min(x, 1000 - width);
      const row = ends.findIndex((end) => end <= start);
      if (row >= 0) ends[row] = start + width;
      const label =
        row < 0 ? "" : `<text x="${start.toFixed(1)}" y="${14 + 16 * row}">${escaped(text)}</text>`;
      const y = row < 0 ? top - 8 : 18 + 16 * row;
      return `<line class="fault" x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${y}" y2="${bottom}"><title>${escaped(text)} at ${seconds(at)}</title></line>${label}`;
    });
}

/** A line with about six round numbers of seconds. */
function axis(duration: Micros, y: number, scale: Scale): string {
  const rough = duration / second / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  const count = Math.floor(duration / second / step + 1e-9);
  const marks = Array.from({ length: count + 1 }, (_, index) => {
    const value = Number((index * step).toPrecision(6));
    const x = scale(value * second).toFixed(1);
    return `<line x1="${x}" x2="${x}" y1="${y}" y2="${y + 5}"/><text x="${x}" y="${y + 20}" text-anchor="middle">${value} s</text>`;
  });
  return `<line x1="${scale(0)}" x2="${right}" y1="${y}" y2="${y}"/>${marks.join("")}`;
}

function table(story: Story): string {
  const rows = linesOf(story).map(({ at, host, what, text }) => {
    if (what === "fault")
      return `<tr class="done"><td>${seconds(at)}</td><td colspan="3">${escaped(text)}</td></tr>`;
    const cells = [escaped(host ?? ""), `<span class="${what}">${what}</span>`, escaped(text)];
    return `<tr><td>${seconds(at)}</td>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  return `<div><table>\n${rows.join("\n")}\n</table></div>`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? "");
}
