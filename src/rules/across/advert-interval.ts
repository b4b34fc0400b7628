/** Hosts of one virtual router that send their adverts at different intervals. */
import type { Spot } from "../../model/host.ts";
import type { Report } from "../types.ts";
import { certain, claims, reportDifference } from "./claims.ts";
import { setKeyword } from "./edits.ts";
import type { Team } from "./teams.ts";

/** Reports a team of one VRRP version whose intervals differ; the consequence depends on the version. */
export function reportIntervals(team: Team, version: 2 | 3, report: Report, consequence: string): void {
  const speaks = team.every((member) => {
    const spot = member.instance.version;
    return spot.value === version && certain(member, spot);
  });
  if (!speaks) return;
  const intervals = claims(team, ({ advertInterval }) => advertInterval, show);
  reportDifference(report, intervals, {
    message: (own, others) => `advert_int is ${own.says} here but ${others}. ${consequence}`,
    edit: (of, wanted) => setKeyword(of.member, "advert_int", wanted.key),
    title: (wanted) => `Set advert_int ${wanted.key}`,
  });
}

/** Seconds, with the written text where keepalived makes something else of it. */
function show(value: number, spot: Spot<number>): string {
  const written = spot.statement?.words[1]?.text;
  const seconds = `${value} s`;
  if (!spot.written) return `${seconds} (the default)`;
  return written === undefined || Number(written) === value
    ? seconds
    : `${seconds} (keepalived's reading of "${written}")`;
}
