/** What a line comes to, shown behind it: what keepalived uses of a password, priorities after failures, times. */
import type { Place, Span } from "../diagnostic.ts";
import type { FileView } from "./file-view.ts";
import { inSeconds, isSamePlace, type Standing, standingsIn, sumOf, whenFailing } from "./standing.ts";

export interface Inlay {
  /** It stands behind this offset. */
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
}

/** The hints of a part of a file. Where hosts that share the file differ, a hint stands for each. */
export function inlaysIn(view: FileView, span: Span): readonly Inlay[] {
  const all = standingsIn(view).flatMap((standing) => {
    const shared = view.hosts.filter((host) =>
      host.instances.some((other) => isSamePlace(other, standing.member.instance)),
    );
    const prefix = shared.length > 1 ? `${standing.member.host.name}: ` : "";
    return [passwordHint, priorityHint, intervalHint].flatMap((hint) => {
      const found = hint(standing);
      const isHere = found && found.at.file === view.file;
      return isHere
        ? [{ offset: found.at.span.end, label: prefix + found.label, tooltip: found.tooltip }]
        : [];
    });
  });
  const inside = all.filter(({ offset }) => span.start <= offset && offset <= span.end);
  return [...new Map(inside.map((hint) => [`${hint.offset} ${hint.label}`, hint])).values()].sort(
    (one, other) => one.offset - other.offset,
  );
}

interface Hint {
  readonly at: Place;
  readonly label: string;
  readonly tooltip: string;
}

/** keepalived keeps eight bytes of a password. */
function passwordHint({ member }: Standing): Hint | undefined {
  const { password, written, passwordAt } = member.instance.authentication.value;
  if (!passwordAt || password === "" || password === written) return undefined;
  return {
    at: passwordAt,
    label: `used: ${password}`,
    tooltip: "An advert has room for 8 bytes of the password; keepalived cuts the rest off.",
  };
}

function priorityHint({ member, takeover, rank, turn }: Standing): Hint | undefined {
  const { priority } = member.instance;
  if (!priority.written || priority.unknown) return undefined;
  const failing = whenFailing(member);
  const changes = failing.map((each) => `${each.priority === "fault" ? "fault" : each.priority}`);
  const healthy = turn.priority === priority.value ? [] : [`${turn.priority} with all checks passing`];
  const parts = [
    ...healthy,
    ...(changes.length > 0 ? [`${[...new Set(changes)].join(" or ")} when a check fails`] : []),
  ];
  if (parts.length === 0) return undefined;
  const lines = failing.map(
    (each) =>
      `${each.check} fails: ${each.priority === "fault" ? "FAULT, out of the election" : each.priority}`,
  );
  const place =
    takeover.turns.length > 1 ? `Number ${rank + 1} of ${takeover.turns.length} while all is well.` : "";
  return { at: priority.at, label: parts.join(", "), tooltip: [...lines, place].join("\n").trim() };
}

function intervalHint({ member, takeover, turn, rank }: Standing): Hint | undefined {
  const { advertInterval } = member.instance;
  if (!advertInterval.written || advertInterval.unknown || turn.uncertain) return undefined;
  const own = `${inSeconds(turn.seconds)} = ${sumOf(turn)}`;
  if (rank > 0)
    return {
      at: advertInterval.at,
      label: `takes over after ${inSeconds(turn.seconds)}`,
      tooltip: `From the master's last advert: ${own}.`,
    };
  const [, next] = takeover.turns;
  if (!next || next.uncertain) return undefined;
  return {
    at: advertInterval.at,
    label: `${next.member.host.name} takes over after ${inSeconds(next.seconds)}`,
    tooltip: `From this host's last advert: ${inSeconds(next.seconds)} = ${sumOf(next)}.`,
  };
}
