/** Addresses that one host of a virtual router lists and another does not. */
import type { Edit, Fix } from "../../diagnostic.ts";
import type { Member, VirtualAddress } from "../../model/host.ts";
import { fix, insertAfter, insertAtTop } from "../edits.ts";
import { lineOf, linesOf, listed } from "../support.ts";
import type { Report } from "../types.ts";
import { hostNames } from "./claims.ts";
import { keywordOrHeader } from "./edits.ts";
import { moved, type Team } from "./teams.ts";

/** The two blocks of addresses. */
export type AddressBlock = "virtual_ipaddress" | "virtual_ipaddress_excluded";

/** An address with the host that lists it. */
export interface Listed {
  readonly by: Member;
  readonly address: VirtualAddress;
}

/** What separates one host's list from the others'. */
export interface Gap {
  readonly member: Member;
  /** Listed here and missing on another host. */
  readonly extra: readonly VirtualAddress[];
  /** Listed on another host and in neither block here. */
  readonly missing: readonly Listed[];
}

function listedIn(member: Member, block: AddressBlock): readonly VirtualAddress[] {
  const { addresses, excluded } = member.instance;
  return block === "virtual_ipaddress" ? addresses : excluded.filter((address) => !address.moved);
}

/** Whether a host has no line for an address, nor one that keepalived drops and that may mean it. */
function lacks({ host, instance }: Member, address: string): boolean {
  if (host.ownAddresses.some((own) => own.address === address)) return false;
  const mayMean = instance.refused.some((line) => line.address === undefined || line.address === address);
  return !mayMean && !moved(instance).includes(address);
}

/** The gaps of a team's hosts in one block. */
export function gaps(team: Team, block: AddressBlock): readonly Gap[] {
  const all = team.flatMap((by) => listedIn(by, block).map((address) => ({ by, address })));
  const first = all.filter(
    (one, index) => all.findIndex(({ address }) => address.address === one.address.address) === index,
  );
  return team
    .map((member) => ({
      member,
      extra: listedIn(member, block).filter(({ address }) => team.some((other) => lacks(other, address))),
      missing: first.filter(({ address }) => lacks(member, address.address)),
    }))
    .filter(({ extra, missing }) => extra.length + missing.length > 0);
}

/** Reports the gaps of a team, each host's at its first surplus address or at its block. */
export function reportGaps(report: Report, team: Team, block: AddressBlock, consequence: string): void {
  const found = gaps(team, block);
  const fixes = fill(found, block);
  const placeOf = ({ member, extra }: Gap) => extra[0]?.at ?? keywordOrHeader(member.instance, block);
  for (const gap of found) {
    const related = found
      .filter((other) => other !== gap)
      .map((other) => ({ at: placeOf(other), message: `${other.member.host.shownAs} ${summary(other)}` }));
    report(placeOf(gap), `${describe(gap, team)} ${consequence}`, { related, fixes });
  }
}

const names = (addresses: readonly VirtualAddress[]) => listed(addresses.map(({ address }) => address));

function summary({ extra, missing }: Gap): string {
  if (extra.length > 0) return `lists ${names(extra)}`;
  return `lacks ${names(missing.map(({ address }) => address))}`;
}

function describe({ member, extra, missing }: Gap, team: Team): string {
  const without = team.filter(
    (other) => other !== member && extra.some(({ address }) => lacks(other, address)),
  );
  const here =
    extra.length > 0
      ? [`${names(extra)} ${extra.length > 1 ? "are" : "is"} missing in ${hostNames(without)}`]
      : [];
  const sources = hostNames(missing.map(({ by }) => by));
  const there =
    missing.length > 0
      ? [
          `${names(missing.map(({ address }) => address))} of ${sources} ${missing.length > 1 ? "are" : "is"} missing here`,
        ]
      : [];
  return `${[...here, ...there].join(", and ")}.`;
}

/** Copies what is missing, where nobody has a surplus that may be the same address mistyped. */
function fill(found: readonly Gap[], block: AddressBlock): readonly Fix[] {
  const lacking = found.filter(({ missing }) => missing.length > 0);
  if (lacking.some(({ extra }) => extra.length > 0)) return [];
  const what = listed([
    ...new Set(lacking.flatMap(({ missing }) => missing.map(({ address }) => address.address))),
  ]);
  const edits = lacking.map((gap) => copy(gap, block));
  return fix(`Add ${what} in ${hostNames(lacking.map(({ member }) => member))}`, false, ...edits);
}

function copy({ member, missing }: Gap, block: AddressBlock): Edit | undefined {
  const lines = missing.map(({ by, address }) => lineFor(address, by, member));
  if (missing.some(({ address }) => address.statement.words.some((word) => word.unknown))) return undefined;
  const last = linesOf(member.instance, block).at(-1);
  if (last) return insertAfter(member.host, last, lines.join("\n"));
  if (lineOf(member.instance, block)) return undefined;
  const text = [`${block} {`, ...lines.map((line) => `    ${line}`), "}"].join("\n");
  return insertAtTop(member.host, member.instance.block, text);
}

/** The line as the other host would write it: the same, with its own interface. */
function lineFor(address: VirtualAddress, from: Member, to: Member): string {
  const [theirs, ours] = [from.instance.interface?.value, to.instance.interface?.value];
  const words = address.statement.words.map((word) => word.text);
  return words
    .map((word, index) => (words[index - 1] === "dev" && word === theirs ? (ours ?? word) : word))
    .join(" ");
}
