/** Fixes that need to know the other hosts: what rules over one file find missing there, taken from where it is known. */
import type { Diagnostic, Edit, Fix } from "../diagnostic.ts";
import type { Host, Instance } from "../model/host.ts";
import { fix, insertAfter, insertAtTop, insertBefore, replaceWord } from "../rules/edits.ts";
import { lineOf } from "../rules/support.ts";
import { inside, named } from "../schema/statement.ts";
import { type Around, ownSources, vridValues } from "./complete/router-values.ts";
import { rank, type Suggestion, withoutRepeats } from "./complete/suggestion.ts";
import { definitionsElsewhere } from "./definitions-elsewhere.ts";
import type { FileView } from "./file-view.ts";
import { type Routed, routedAt } from "./neighbours.ts";
import { written } from "./written.ts";

/** A keyword of an instance that a rule misses or finds wrong. */
interface Offer {
  readonly keyword: string;
  /** The block within the instance that has it. */
  readonly block?: string;
  /** What may stand there. */
  readonly values: (around: Around) => readonly Suggestion[];
  /** Where a new line goes: before or behind the one with this keyword, else to the top. */
  readonly before?: string;
  readonly behind?: string;
  /** Partners that lack a value as well get the same one. */
  readonly lacks?: (partner: Instance) => boolean;
}

const offers: Readonly<Record<string, Offer>> = {
  "vrrp-vrid-missing-or-invalid": {
    keyword: "virtual_router_id",
    values: vridValues,
    lacks: ({ vrid }) => !vrid,
  },
  "vrrp-interface-missing": { keyword: "interface", values: interfaces },
  "vrrp-auth-pass-missing": {
    keyword: "auth_pass",
    block: "authentication",
    values: passwords,
    behind: "auth_type",
  },
  "vrrp-unicast-src-missing": { keyword: "unicast_src_ip", values: ownSources, before: "unicast_peer" },
};

/** More than these are a list, not an offer. */
const mostOffers = 3;

/** What the hosts around make likely for a finding of this file; nothing where something is not known. */
export function offersFor(view: FileView, { rule, at }: Diagnostic): readonly Fix[] {
  if (rule === "vrrp-track-undefined" || rule === "vrrp-track-file-undefined")
    return definitionsElsewhere(view, at);
  const offer = offers[rule];
  const found = offer && instanceAt(view, at.span.start);
  if (!offer || !found) return [];
  const { host, instance, routed } = found;
  const lacking = (routed?.partners ?? []).filter((partner) => offer.lacks?.(partner.instance));
  if (lacking.some((partner) => partner.instance.uncertain)) return [];
  const values = withoutRepeats(offer.values({ view, host, routed }));
  const best = values.filter((value) => value.rank === rank.best);
  const places = [{ host, instance }, ...lacking];
  return (best.length > 0 ? best : values).slice(0, mostOffers).flatMap(({ text, detail }) => {
    const edits = places.map((place) => edited(place.host, place.instance, offer, text));
    return fix(`Write ${offer.keyword} ${text}: ${detail}`, false, ...eachOnce(edits));
  });
}

interface Found {
  readonly host: Host;
  readonly instance: Instance;
  readonly routed: Routed | undefined;
}

function instanceAt(view: FileView, offset: number): Found | undefined {
  for (const host of view.hosts)
    for (const instance of host.instances) {
      const { line, body } = instance.block;
      const isHere = line.at.file === view.file && body?.close?.file === view.file;
      if (isHere && line.at.span.start <= offset && offset <= body.close.span.end)
        return { host, instance, routed: routedAt(view, instance.block) };
    }
  return undefined;
}

function edited(host: Host, instance: Instance, offer: Offer, text: string): Edit | undefined {
  const block = offer.block === undefined ? instance.block : lineOf(instance, offer.block);
  const line = (keyword: string | undefined) =>
    block && keyword !== undefined ? named(inside(block), keyword).at(-1) : undefined;
  const there = line(offer.keyword);
  const word = written(text, there?.words[1]?.quoted ?? false);
  if (!block || word === undefined) return undefined;
  if (there) return replaceWord(there.words[1], text);
  const fresh = `${offer.keyword} ${word}`;
  const [next, last] = [line(offer.before), line(offer.behind)];
  if (next) return insertBefore(host, next, fresh);
  return last ? insertAfter(host, last, fresh) : insertAtTop(host, block, fresh);
}

/** Hosts that share a file have one edit in common. */
function eachOnce(edits: readonly (Edit | undefined)[]): readonly (Edit | undefined)[] {
  const key = (edit: Edit | undefined) => edit && `${edit.at.file} ${edit.at.span.start}`;
  return edits.filter((edit, index) => edits.findIndex((other) => key(other) === key(edit)) === index);
}

/** The interface of the same virtual router on other hosts, else those of this host's other instances. */
function interfaces({ host, routed }: Around): readonly Suggestion[] {
  const theirs = (routed?.partners ?? []).flatMap((partner) =>
    device(partner.instance, `as on ${partner.host.name}`, rank.best),
  );
  return [...theirs, ...host.instances.flatMap((each) => device(each, `as in ${each.name}`, rank.here))];
}

function device({ interface: own }: Instance, detail: string, order: number): readonly Suggestion[] {
  return own ? [{ text: own.value, detail, rank: order, kind: "interface" }] : [];
}

/** What keepalived uses of the passwords of the same virtual router on other hosts. */
function passwords({ routed }: Around): readonly Suggestion[] {
  return (routed?.partners ?? []).flatMap(({ host, instance }): Suggestion[] => {
    const { password } = instance.authentication.value;
    const detail = `as on ${host.name}`;
    return password === "" ? [] : [{ text: password, detail, rank: rank.best, kind: "value" }];
  });
}
