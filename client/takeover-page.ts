/** The page "Who takes over" as HTML without scripts: text from files is escaped, colours are those of the editor. */
import type { TakeoverTable, TakeoverTables, TakeoverTurn } from "../src/language/requests.ts";

const style = `
body { font-family: var(--vscode-font-family); color: var(--vscode-foreground); padding: 0 1rem 1rem; }
h1 { font-size: 1.2rem; } h2 { font-size: 1rem; margin: 1.5rem 0 0.25rem; }
table { border-collapse: collapse; margin-top: 0.5rem; }
th, td { text-align: left; white-space: nowrap; padding: 0.25rem 1.25rem 0.25rem 0; border-bottom: 1px solid var(--vscode-panel-border); }
td.number, th.number { text-align: right; }
a { color: var(--vscode-textLink-foreground); text-decoration: none; }
.addresses, .sum { color: var(--vscode-descriptionForeground); }
.warning { border-left: 3px solid var(--vscode-editorWarning-foreground); padding-left: 0.75rem; }
`;

const legend = `The first host of each table is master while all hosts run and all checks pass. The others wait, after
the last advert of the master, for adverts × interval + skew; the skew is shorter the higher the priority. A master that
is stopped properly says so, and then only the skew passes.`;

/** The whole page. */
export function takeoverPage({ routers, warnings }: TakeoverTables): string {
  const body = [
    "<h1>Who holds which address, and who takes over</h1>",
    ...warnings.map(warning),
    ...routers.map(table),
    ...(routers.length > 0 ? [`<p class="sum">${legend}</p>`] : []),
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Who takes over</title>
<style>${style}</style>
</head>
<body>
${body.join("\n")}
</body>
</html>
`;
}

function table({ vrid, family, addresses, turns, warnings }: TakeoverTable): string {
  const list = addresses.length > 0 ? addresses.join(", ") : "no address";
  const head = ['<th class="number">#</th>', "<th>host</th>", "<th>instance</th>"];
  head.push('<th class="number">priority</th>', "<th>takes over after</th>");
  return [
    `<h2>Virtual router ${vrid ?? "without number"}, IPv${family}</h2>`,
    `<div class="addresses">${escaped(list)}</div>`,
    `<table><thead><tr>${head.join("")}</tr></thead>`,
    `<tbody>${turns.map(row).join("")}</tbody></table>`,
    ...warnings.map(warning),
  ].join("\n");
}

function row(turn: TakeoverTurn, index: number): string {
  const { host, instance, priority, seconds, sum, tied, uncertain, uri, line } = turn;
  const place = `command:keepalived.openPlace?${encodeURIComponent(JSON.stringify([uri, line]))}`;
  const time =
    index === 0 ? "is master" : `${seconds.toFixed(3)} s <span class="sum">= ${escaped(sum)}</span>`;
  const cells = [
    `<td class="number">${index + 1}${uncertain ? "?" : ""}</td>`,
    `<td>${escaped(host)}</td>`,
    `<td><a href="${escaped(place)}">${escaped(instance)}</a></td>`,
    `<td class="number">${priority}${tied ? " =" : ""}</td>`,
    `<td>${time}</td>`,
  ];
  return `<tr>${cells.join("")}</tr>`;
}

function warning(text: string): string {
  return `<p class="warning">${escaped(text)}</p>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as it may stand in an element or in quotes. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
