/** What a simulation does not play or has to assume, in sentences. */
import type { Fleet, Host } from "../model/host.ts";
import type { Cast, Seat } from "./cast.ts";
import { deducedSource } from "./sources.ts";

/** Everything that may make real hosts do something else; each sentence stands alone. */
export function leftOut(fleet: Fleet, cast: Cast): readonly string[] {
  return [
    ...fleet.hosts.flatMap((host) => idle(host, cast)),
    ...unknownPeers(cast),
    ...tiesByOrder(fleet, cast),
    ...otherParts(fleet.hosts),
  ];
}

function idle(host: Host, cast: Cast): readonly string[] {
  const plays = new Set(cast.seats.map(({ machine }) => machine.instance));
  return host.instances
    .filter((instance) => !plays.has(instance))
    .map(
      ({ name }) =>
        `${host.name}: ${name} is not played, because keepalived does not start it as it is written.`,
    );
}

/** Peers that no host here has hear nothing and say nothing. */
function unknownPeers({ seats, players }: Cast): readonly string[] {
  const sources = new Set(seats.map(({ machine }) => machine.config.source));
  const found = seats.flatMap(({ host, machine }) => {
    const strangers = machine.instance.peers.filter(({ address }) => !sources.has(address));
    return strangers.map(({ address }) => `${players[host]?.name}: no host here has the peer ${address}.`);
  });
  return [...new Set(found)];
}

/** Equal priorities are decided by addresses, which files need not name. */
function tiesByOrder(fleet: Fleet, { seats, players }: Cast): readonly string[] {
  const isOpen = ({ machine: { instance } }: Seat) =>
    instance.source === undefined && deducedSource(fleet, instance) === undefined;
  const tied = fleet.routers.flatMap(({ members }) => {
    const own = seats.filter(({ machine }) => members.some(({ instance }) => instance === machine.instance));
    const equal = own.filter((seat) =>
      own.some((other) => other !== seat && other.machine.config.priority === seat.machine.config.priority),
    );
    return equal.some(isOpen) ? equal.map(({ host }) => players[host]?.name ?? "") : [];
  });
  if (tied.length === 0) return [];
  const names = [...new Set(tied)].join(", ");
  return [
    `Of equal priorities the higher address wins. The files of ${names} do not name their addresses; here each host has a higher one than the host before it.`,
  ];
}

function otherParts(hosts: readonly Host[]): readonly string[] {
  const others = ["virtual_server", "virtual_server_group"];
  const keywords = hosts.flatMap(({ statements }) => statements.map(({ words }) => words[0]?.text ?? ""));
  const found = others.filter((keyword) => keywords.includes(keyword));
  return found.length === 0 ? [] : [`Only VRRP is played: ${found.join(", ")} are left out.`];
}
