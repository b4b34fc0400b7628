/** What is to be told about files while they become a description. */
import type { Place } from "../../diagnostic.ts";
import type { Host, Instance, Member, TrackerIgnored } from "../../model/host.ts";
import { type Statement, walk } from "../../schema/statement.ts";
import { isUsed } from "./definitions.ts";
import { masterOf, type NamedRouter } from "./meaning.ts";
import { isKnown, keywordIn } from "./reading.ts";
import { unwrittenSources } from "./unicast.ts";

export interface Note {
  readonly at: Place;
  readonly message: string;
  /** The description lacks something that has an effect. */
  readonly lost: boolean;
}

/** Everything of the files that is left out because it has no effect, or that cannot be known here. */
export function notesOn(hosts: readonly Host[], routers: readonly NamedRouter[]): readonly Note[] {
  return [
    ...hosts.flatMap((host) => [
      ...unknownNotes(host),
      ...unreadNotes(host),
      ...idleNotes(host),
      ...host.instances.flatMap(instanceNotes),
    ]),
    ...routers.flatMap(memberNotes),
    ...unwrittenSources(routers).map(({ member: { instance }, source }) =>
      idle(
        instance.at,
        `${instance.name} does not name the address that its adverts come from; the description says ${source}, where the partners expect it.`,
      ),
    ),
  ];
}

function idle(at: Place, message: string): Note {
  return { at, message, lost: false };
}

/** Places that could not be read to the end. */
function unknownNotes(host: Host): readonly Note[] {
  const words = [...walk(host.statements)].flatMap((statement) =>
    statement.words.some(({ unknown }) => unknown)
      ? {
          at: statement.line.at,
          message: `The value of a variable in this line is not known here, so the description lacks it: ${statement.words[0]?.text}.`,
          lost: true,
        }
      : [],
  );
  const [first] = host.statements;
  if (words.length > 0 || !host.uncertain || !first) return words;
  const message =
    "Not all of this host's files could be read, or braces do not match: the description may lack something. vrrp-lint shows where.";
  return [{ at: first.line.at, message, lost: true }];
}

/** Lines and words that keepalived does not read. */
function unreadNotes(host: Host): readonly Note[] {
  const lines = [...walk(host.statements)].filter(
    (statement) => !isKnown(statement) && (!statement.parent || isKnown(statement.parent)),
  );
  const words = host.findings.flatMap(({ kind, at, statement }) =>
    (kind === "extra-words" || kind === "flag-with-argument") && statement && isKnown(statement) ? at : [],
  );
  const places = [...lines.map(({ line }) => line.at), ...words];
  const [first, ...others] = places.sort((one, other) => one.span.start - other.span.start);
  if (!first) return [];
  const more = others.length === 0 ? "" : `, nor ${others.length} more like it in this file`;
  return [idle(first, `keepalived does not read this${more}; the description leaves it out.`)];
}

/** Definitions that nothing uses, and repeated ones. */
function idleNotes(host: Host): readonly Note[] {
  const definitions = host.definitions
    .filter((definition) => definition.ignored || !isUsed(host, definition))
    .map(({ at, name }) =>
      idle(at, `Nothing uses this definition of ${name}; the description leaves it out.`),
    );
  const blocks = host.statements
    .filter((each) => keywordIn(each) === "vrrp_instance" && !isInstance(host, each))
    .map(({ line }) => idle(line.at, "keepalived skips this block; the description leaves it out."));
  return [...definitions, ...blocks];
}

function isInstance({ instances }: Host, block: Statement): boolean {
  return instances.some((instance) => instance.block === block);
}

function instanceNotes(instance: Instance): readonly Note[] {
  const { refused, trackers } = instance;
  return [
    ...passwordNotes(instance),
    ...refused.map(({ at, why }) =>
      why === "unknown"
        ? { at, message: "This address is not known here, so the description lacks it.", lost: true }
        : idle(at, "keepalived drops this address; the description leaves it out."),
    ),
    ...trackers.flatMap(({ ignored, at }) =>
      ignored
        ? idle(at, `keepalived ignores this line: ${ignoredWhy[ignored]}. The description leaves it out.`)
        : [],
    ),
    ...clearedPlaces(instance).map((at) =>
      idle(
        at,
        "With the state, priority or nopreempt of this virtual router this has no effect; the description leaves it out.",
      ),
    ),
  ];
}

const ignoredWhy: Readonly<Record<TrackerIgnored, string>> = {
  "undefined-name": "nothing of this name is defined above",
  duplicate: "it is tracked already",
  "own-interface": "an instance watches its own interface anyway",
  malformed: "it cannot be read",
  "sync-group": "weights of its members do not count in a sync group",
  owner: "weights do not count with priority 255",
};

function passwordNotes({ authentication: { at, written: isWritten, value } }: Instance): readonly Note[] {
  const { written, password, ignored, type } = value;
  if (ignored !== undefined && (written !== "" || isWritten))
    return [idle(at, `keepalived does not use this password: ${ignored}. The description leaves it out.`)];
  return type === "PASS" && written !== password
    ? [idle(at, "keepalived uses only the first 8 bytes of this password; so does the description.")]
    : [];
}

/** Lines about preemption that another line switches off. */
function clearedPlaces({ nopreempt, preemptDelay }: Instance): readonly Place[] {
  const stays = nopreempt.written && !nopreempt.value && nopreempt.statement?.words[0]?.text === "nopreempt";
  const waits = preemptDelay.written && preemptDelay.value === 0;
  return [...(stays ? [nopreempt.at] : []), ...(waits ? [preemptDelay.at] : [])];
}

/** What differs from host to host and makes no difference. */
function memberNotes({ name, members }: NamedRouter): readonly Note[] {
  const master = masterOf(members);
  return members.flatMap((member: Member) => {
    const { instance, host } = member;
    const renamed =
      instance.name === name
        ? []
        : [
            idle(
              instance.at,
              `${instance.name} of ${host.name} has the name ${name} in the description, as elsewhere.`,
            ),
          ];
    if (member === master || instance.state.value === "BACKUP" || !master) return renamed;
    return [
      ...renamed,
      idle(
        instance.state.at,
        `${name} starts as master here, too, although ${master.host.name} has the ${instance.priority.value === master.instance.priority.value ? "same" : "higher"} priority. In the description only ${master.host.name} may.`,
      ),
    ];
  });
}
