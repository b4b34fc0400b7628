/** Prometheus' text format 0.0.4, read as strictly as its description allows: whatever is not in it is an error. */

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const types = new Set(["counter", "gauge", "histogram", "summary", "untyped"]);
const comment = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/;
const sample = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)(?: (-?\d+))?$/;
const label = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)/;
const number = /^(?:[+-]?Inf|NaN|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/;

/** All samples. Throws with the line that is wrong. */
export function readExposition(text: string): readonly Sample[] {
  if (!text.endsWith("\n")) throw new Error("The last line has no end.");
  const samples: Sample[] = [];
  const family = { name: "", help: false, type: "" };
  const finished = new Set<string>();
  const seen = new Set<string>();
  for (const line of text.slice(0, -1).split("\n")) {
    const wrong = (why: string) => new Error(`${why}: ${line}`);
    const [, kind, of = "", rest = ""] = comment.exec(line) ?? [];
    const read = kind === undefined ? readSample(line, wrong) : undefined;
    const name = read?.name ?? of;
    if (name !== family.name) {
      if (finished.has(name)) throw wrong("A metric is not in one piece");
      finished.add(name);
      Object.assign(family, { name, help: false, type: "" });
    }
    if (kind === "HELP" && family.help) throw wrong("A second HELP");
    if (kind === "TYPE" && (family.type !== "" || !types.has(rest))) throw wrong("A second or unknown TYPE");
    if (kind === "HELP") family.help = true;
    if (kind === "TYPE") family.type = rest;
    if (!read) continue;
    if (family.type === "" || !family.help) throw wrong("No TYPE or HELP before it");
    if (family.type === "counter" && !(read.value >= 0)) throw wrong("A counter below 0");
    const series = JSON.stringify([name, Object.entries(read.labels).toSorted()]);
    if (seen.has(series)) throw wrong("The same series twice");
    seen.add(series);
    samples.push(read);
  }
  return samples;
}

function readSample(line: string, wrong: (why: string) => Error): Sample {
  const [, name, inside, value = ""] = sample.exec(line) ?? [];
  if (name === undefined || !number.test(value)) throw wrong("No sample");
  const labels: Record<string, string> = {};
  for (let rest = inside ?? ""; rest !== ""; ) {
    const [all, key = "", text = ""] = label.exec(rest) ?? [];
    if (all === undefined || key in labels || key.startsWith("__")) throw wrong("No label, or one twice");
    labels[key] = text;
    rest = rest.slice(all.length);
  }
  return { name, labels, value: Number(value.replace("Inf", "Infinity")) };
}
