import type { Place } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import { nearest } from "../schema/nearest.ts";
import { uniquePlaces } from "./across/claims.ts";
import { file, instance } from "./examples.ts";
import { listed } from "./support.ts";
import type { FleetRule } from "./types.ts";

const both = (first: string, second: string) =>
  file(instance().replace("priority 150", `@${first} priority 150\n    @${second} priority 100`));

export const xhConfigIdMatchesNoHost: FleetRule = {
  id: "xh-config-id-matches-no-host",
  severity: "error",
  over: "fleet",
  summary: "A line is for a config-id that no host has.",
  why: "keepalived reads a line that begins with @NAME only when its config-id, by default the host's name up to the first dot, is exactly NAME. On every other host the line is dropped without a word: a priority falls back to 100, a source address is missing.",
  basis: "keepalived.conf(5), config-id; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "lb1.conf": both("lb1", "«@LB2»").replaceAll("@«@", "«@"),
        "lb2.conf": file(instance("priority 100")),
      },
      fixed: { "lb1.conf": both("lb1", "lb2"), "lb2.conf": file(instance("priority 100")) },
    },
  ],
  good: () => [{ "lb1.conf": both("lb1", "lb2"), "lb2.conf": both("lb1", "lb2") }],
  check(fleet, report) {
    const ids = [...new Set(fleet.hosts.flatMap(({ configId, name }) => configId ?? name))];
    const allKnown =
      fleet.complete && ids.length > 1 && fleet.hosts.every(({ configId }) => configId !== undefined);
    for (const { name, at, edit } of uniquePlaces(fleet.hosts.flatMap(conditionsOf))) {
      if (ids.includes(name)) continue;
      const meant = ids.find((id) => alike(id, name));
      if (meant === undefined && !allKnown) continue;
      const suggestion = meant ?? nearest(name, ids);
      const hint = suggestion === undefined ? "" : ` Did you mean ${suggestion}?`;
      report(
        at,
        `No host has the config-id ${name}; the hosts here have ${listed(ids)}. keepalived drops this line on all of them, without a message, and uses defaults instead.${hint}`,
        suggestion === undefined
          ? {}
          : {
              fixes: [{ title: `Write ${suggestion}`, safe: false, edits: [{ at: edit, text: suggestion }] }],
            },
      );
    }
  },
};

interface Condition {
  readonly name: string;
  readonly at: Place;
  /** The name alone. */
  readonly edit: Place;
}

/** Every condition in a host's files. */
function conditionsOf(host: Host): readonly Condition[] {
  const marked = host.sources.filter(({ text }) => text.includes("@"));
  return marked.flatMap(({ path, lines }) =>
    lines.flatMap(({ start, text, parts }) => {
      if (!text.includes("@")) return [];
      return parts.flatMap((part) => {
        const found =
          part.kind === "condition" ? /^@\^?([^\s@^]+)/.exec(text.slice(part.start, part.end)) : null;
        if (!found?.[1]) return [];
        const end = start + part.start + found[0].length;
        const place = (from: number): Place => ({ file: path, span: { start: from, end } });
        return [{ name: found[1], at: place(start + part.start), edit: place(end - found[1].length) }];
      });
    }),
  );
}

/** The same name but for case, or one the short form of the other. */
function alike(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a === b || a.split(".")[0] === b || a === b.split(".")[0];
}
