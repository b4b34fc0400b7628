/** A virtual router that only the first host has is copied to the hosts that share its other ones. */
import type { Edit, Place } from "../../diagnostic.ts";
import { applyEdits } from "../../edits.ts";
import type { Fleet, Host, Instance, Member } from "../../model/host.ts";
import { ownerPriority } from "../../model/instance.ts";
import { memberOn } from "../../rules/across/sync.ts";
import { moved, teamOf, teams } from "../../rules/across/teams.ts";
import { insertAfter } from "../../rules/edits.ts";
import { lineOf, weighted } from "../../rules/support.ts";
import { xhInstanceWithoutPeer } from "../../rules/xh-instance-without-peer.ts";
import { walk } from "../../schema/statement.ts";
import type { Word } from "../../syntax/tree.ts";
import { contains, extentOf } from "../extent.ts";
import { insertAbove, rawText } from "./edits.ts";
import { interfaceOn } from "./names.ts";
import { gapFor } from "./priorities.ts";
import { isFlawed, reportsOf } from "./reported.ts";
import { type Facet, type Step, step } from "./step.ts";
import { define } from "./trackers.ts";

export const missingFacet: Facet = {
  settles: [xhInstanceWithoutPeer],
  find: (fleet) => {
    const [from] = fleet.hosts;
    const alone = from?.instances.filter((instance) => isReported(fleet, instance)) ?? [];
    return alone.flatMap((instance) =>
      fleet.hosts.flatMap((host) =>
        from && host !== from ? copy(fleet, { host: from, instance }, host) : [],
      ),
    );
  },
};

function isReported(fleet: Fleet, instance: Instance): boolean {
  const extent = extentOf(instance.block);
  const found = reportsOf(fleet, [xhInstanceWithoutPeer]);
  return extent !== undefined && !teamOf(fleet, instance) && found.some(({ at }) => contains(extent, at));
}

function copy(fleet: Fleet, model: Member, to: Host): readonly Step[] {
  const partners = teams(fleet).some((team) => memberOn(team, model.host) && memberOn(team, to));
  const { instance } = model;
  if (!partners || isTaken(instance, to) || isFlawed(fleet, model.host, instance.block)) return [];
  const text = textFor(fleet, model, to);
  const needed = [...instance.trackers].filter(
    ({ definition, kind, name }) =>
      definition && !to.definitions.some((own) => own.kind === kind && own.name === name && !own.ignored),
  );
  const definitions = needed.map(({ definition }) => define(to, definition, model.host));
  const edit = text === undefined ? undefined : put(model, to, text);
  const title = `${instance.name} is copied from ${model.host.shownAs}, with this host's interface, addresses and priority: nobody else would take ${moved(instance)[0]} over`;
  return step(to, title, [edit, ...definitions]);
}

/** Something of it is on the host already, so that two would clash. */
function isTaken(instance: Instance, to: Host): boolean {
  const own = to.ownAddresses.map(({ address }) => address);
  return (
    instance.trackers.some(({ ignored }) => ignored === "undefined-name") ||
    moved(instance).some((address) => own.includes(address)) ||
    to.instances.some(
      (other) =>
        other.name === instance.name ||
        (other.family === instance.family && other.vrid?.value === instance.vrid?.value) ||
        moved(other).some((address) => moved(instance).includes(address)),
    )
  );
}

/** Puts the block behind the instance that it follows on the other host, else above the one that follows it. */
function put({ host, instance }: Member, to: Host, text: string): Edit | undefined {
  const at = host.instances.indexOf(instance);
  const twinOf = ({ name }: Instance) => to.instances.filter((other) => other.name === name);
  const before = host.instances.slice(0, at).flatMap(twinOf).at(-1);
  const after = host.instances.slice(at).flatMap(twinOf)[0];
  if (!before && after) return insertAbove(to, after.block, text.split("\n"));
  const last = before ?? to.instances.at(-1);
  return last && insertAfter(to, last.block, `\n${text}`);
}

/** The block's text with the other host's own values; undefined where one of them is not known. */
function textFor(fleet: Fleet, model: Member, to: Host): string | undefined {
  const { block } = model.instance;
  const first = block.words[0]?.at;
  const close = block.body?.close;
  if (!first || !close || close.file !== first.file) return undefined;
  const place: Place = { file: first.file, span: { start: first.span.start, end: close.span.end } };
  const text = rawText(model.host, place);
  const edits = editsFor(fleet, model, to);
  if (text === undefined || !edits) return undefined;
  const { start } = place.span;
  const shifted = edits.map(({ at, text: fresh }) => ({
    text: fresh,
    at: { file: at.file, span: { start: at.span.start - start, end: at.span.end - start } },
  }));
  return applyEdits(text, shifted).replaceAll("\r\n", "\n");
}

/** The words of the block that are others on the other host. */
function editsFor(fleet: Fleet, model: Member, to: Host): readonly Edit[] | undefined {
  const { host, instance } = model;
  const priority = priorityFor(fleet, model, to);
  const source = instance.source && sourceOn(fleet, model, to);
  const own = new Set(host.ownAddresses.map(({ address }) => address));
  const edits: Edit[] = [];
  const set = (word: Word, value: string | undefined) => {
    if (value !== undefined && value !== word.text) edits.push({ at: word.at, text: value });
    return value !== undefined;
  };
  const isKnown = [...walk([instance.block])].every(({ words, line, parent }) => {
    if (line.condition || words.some((word) => !word.exact || word.via || word.unknown)) return false;
    const [keyword] = words.map(({ text }) => text);
    const isTracked = parent?.words[0]?.text === "track_interface";
    return words.every((word, index) => {
      const ahead = words[index - 1]?.text;
      if (ahead === "dev" || (index === 0 ? isTracked : ahead === "interface"))
        return set(word, interfaceOn(fleet, host, to, word.text));
      if (ahead === "label") return set(word, labelOn(fleet, host, to, word.text));
      if (index === 1 && keyword === "priority") return set(word, priority);
      if (index === 1 && keyword === "state") return set(word, "BACKUP");
      if (index === 1 && keyword?.endsWith("_src_ip")) return set(word, source);
      if (source !== undefined && word.text === source) return set(word, instance.source?.value);
      return !own.has(word.text) && word.text !== host.name;
    });
  });
  return isKnown && priority !== undefined && lineOf(instance, "priority") ? edits : undefined;
}

/** A label begins with the interface. */
function labelOn(fleet: Fleet, from: Host, to: Host, label: string): string | undefined {
  const [name = "", ...rest] = label.split(":");
  const translated = interfaceOn(fleet, from, to, name);
  return translated === undefined ? undefined : [translated, ...rest].join(":");
}

/** The address from which the other host sends where this one sends from the same address, or the only peer of two. */
function sourceOn(fleet: Fleet, { host, instance }: Member, to: Host): string | undefined {
  const found = teams(fleet).flatMap((team) => {
    const [theirs, ours] = [memberOn(team, host), memberOn(team, to)].map(
      (member) => member?.instance.source?.value,
    );
    return theirs === instance.source?.value && ours !== undefined ? [ours] : [];
  });
  const [peer, ...more] = instance.peers;
  if (found.length === 0 && fleet.hosts.length === 2 && peer && more.length === 0) return peer.address;
  return new Set(found).size === 1 ? found[0] : undefined;
}

/**
 * What the host has in a router of the same sync group, or in one where the first host has the same priority and leads;
 * else a lower one, different from the other copies'.
 */
function priorityFor(fleet: Fleet, { host, instance }: Member, to: Host): string | undefined {
  const { priority, group } = instance;
  if (priority.value >= ownerPriority || !priority.written) return undefined;
  const alike = teams(fleet).flatMap((team) => {
    const [theirs, ours] = [memberOn(team, host), memberOn(team, to)].map((member) => member?.instance);
    if (!theirs || !ours || theirs.priority.value !== priority.value) return [];
    const together = group !== undefined && theirs.group === group;
    return together || ours.priority.value < priority.value ? [{ together, value: ours.priority.value }] : [];
  });
  const like = alike.find(({ together }) => together) ?? alike[0];
  const rank = fleet.hosts.filter((other) => other !== host).indexOf(to) + 1;
  const value = like?.value ?? priority.value - rank * gapFor(weighted(host, instance));
  return value >= 1 ? String(value) : undefined;
}
