/** From which address a host sends that its file does not name. */
import type { Family, Fleet, Instance } from "../model/host.ts";

/** The address that the partners' peer lists leave for this instance; undefined unless it is exactly one. */
export function deducedSource(fleet: Fleet, instance: Instance): string | undefined {
  const left = possibleSources(fleet, instance);
  return left.length === 1 ? left[0] : undefined;
}

/** The addresses in the partners' peer lists that are nobody's here. */
export function possibleSources(fleet: Fleet, instance: Instance): readonly string[] {
  if (!instance.unicast) return [];
  const router = fleet.routers.find(({ members }) => members.some((member) => member.instance === instance));
  const others = router?.members.flatMap((member) => (member.instance === instance ? [] : member.instance));
  const taken = new Set([
    ...(others ?? []).flatMap(({ source }) => source?.value ?? []),
    ...instance.peers.map(({ address }) => address),
  ]);
  const listed = new Set((others ?? []).flatMap(({ peers }) => peers.map(({ address }) => address)));
  return [...listed].filter((address) => !taken.has(address));
}

/** An address that only has to be higher than those of the hosts before it. */
export function inventedSource(family: Family, host: number): string {
  const number = host + 1;
  return family === 4 ? `198.18.${number >> 8}.${number & 0xff}` : `fe80::${number.toString(16)}`;
}
