/** A copy of a host's files for a newcomer: what is shared stays as it is written, what is one host's own is changed. */
import type { Place } from "../../diagnostic.ts";
import type { Host } from "../../model/host.ts";
import { readHost } from "../../model/read.ts";
import type { IncludeReader } from "../../syntax/expand.ts";
import { isSameText, type Text } from "../../text.ts";
import { changeAdverts, type Role } from "./adverts.ts";
import { Changes, rewrite } from "./changes.ts";
import { turnHead } from "./comments.ts";
import { type ConfigIds, configIdsOf, renameConditions } from "./conditions.ts";
import { changeInterfaces } from "./interfaces.ts";
import { type Existing, type Newcomer, type Problem, strayWords } from "./newcomer.ts";
import { OwnAddresses } from "./own-addresses.ts";
import { changeNames, changeOwnAddresses } from "./own-values.ts";

/** A given file, read as the host it is for. */
export interface Original {
  readonly given: Existing;
  readonly host: Host;
  readonly ids: ConfigIds;
}

/** Problems, and the hosts whose files they are about. */
export interface Failure {
  readonly is: "problems";
  readonly problems: readonly Problem[];
  readonly hosts: readonly Host[];
}

/** Where a file of the given host goes for the new one; undefined for included ones that both hosts read from one place. */
export type PlaceOf = (file: string) => string | undefined;

/** How the copy differs from its original. */
export interface Wanted {
  readonly newcomer: Newcomer;
  readonly role: Role;
  readonly placeOf: PlaceOf;
  /** The main file with its comments told anew for the new host. */
  readonly retell?: (text: string, fresh: Host) => string;
  /** Sets state and priority: in `base`, the text that is changed, against those of `old`. */
  readonly standing: (old: Host, base: Host, changes: Changes) => readonly Problem[];
}

/** The new host with its texts. */
export interface Copy {
  readonly is: "copy";
  readonly host: Host;
  /** By the place where they go: the main file first, then those it includes that have a place of their own. */
  readonly texts: ReadonlyMap<string, string>;
  /** The given files of the new ones. */
  readonly origins: ReadonlyMap<string, string>;
  readonly own: OwnAddresses;
}

/** Reads a given host as itself, or says what is missing for that. */
export function readOriginal(given: Existing, newcomer: Newcomer): Original | Failure {
  const first = readHost(given);
  const ids = configIdsOf(first, newcomer);
  if ("message" in ids) return { is: "problems", problems: [ids], hosts: [first] };
  const host = ids.old === undefined ? first : readHost({ ...given, configId: ids.old });
  const problems = unreadable(host);
  return problems.length > 0 ? { is: "problems", problems, hosts: [host] } : { given, host, ids };
}

function unreadable(host: Host): readonly Problem[] {
  const unread = host.syntaxFindings.find(({ kind }) => kind.startsWith("include-"));
  if (host.uncertain && unread) {
    const message =
      "This cannot be read here, and what stands in it may be the host's own. Take the file from a place where its includes are.";
    return [{ is: "refused", at: unread.at, message }];
  }
  if (host.instances.length > 0) return [];
  const message = `There is no vrrp_instance in ${host.shownAs} that another host could share.`;
  return [{ is: "refused", message }];
}

/** Copies the files of a host, with everything changed that belongs to one host alone. */
export function copyFor(original: Original, wanted: Wanted): Copy | Failure {
  const { given, host: old, ids } = original;
  const { newcomer, role } = wanted;
  const fail = (problems: readonly Problem[]): Failure => ({ is: "problems", problems, hosts: [old] });
  const start = new Map([
    ...old.sources.map(({ path, text }) => [path, text.toString()] as const),
    ...renameConditions(old, ids),
  ]);
  const read = (texts: ReadonlyMap<string, string>) =>
    readAgain(given, ids.fresh, new Map([...start, ...texts]));
  const base = read(new Map());
  const changes = new Changes();
  const own = new OwnAddresses(newcomer, given);
  const problems = [
    ...own.problems,
    ...strayWords(newcomer, old),
    ...changeNames(old, base, newcomer, changes),
    ...wanted.standing(old, base, changes),
    ...changeAdverts(old, base, role, own, changes),
    ...changeOwnAddresses(old, base, own, changes),
    ...changeInterfaces(base, newcomer, changes),
  ];
  if (problems.length > 0) return fail(problems);
  const rewritten = rewrite(base, changes, read);
  if (rewritten.stuck) return fail([stuckAt(rewritten.stuck)]);
  const placed = settle(original, wanted, new Map([...start, ...rewritten.texts]));
  return "problems" in placed ? fail(placed.problems) : { is: "copy", own, ...placed };
}

/** Why a value cannot be changed where it stands. */
export function stuckAt(at: Place): Problem {
  const message =
    "This belongs to one host alone, and it cannot be changed without changing something else, because of how it is put together here. Write it out on a line of its own.";
  return { is: "refused", at, message };
}

/** Reads a host whose files have other texts. */
export function readAgain(
  given: Existing,
  configId: string | undefined,
  texts: ReadonlyMap<string, string>,
): Host {
  const include = including(
    given.include,
    (from) => from,
    ({ path, text }) => ({
      path,
      text: texts.get(path) ?? text,
    }),
  );
  return readHost({ ...given, text: texts.get(given.path) ?? given.text, configId, include });
}

interface File {
  readonly path: string;
  readonly text: Text;
}

/** A reader that asks another one on behalf of the original files, and gives other texts. */
function including(
  include: IncludeReader | undefined,
  originOf: (file: string) => string,
  asNow: (file: File) => File,
): IncludeReader | undefined {
  if (!include) return undefined;
  return (pattern, from) => {
    const answer = include(pattern, originOf(from));
    return answer && { ...answer, files: answer.files.map(asNow) };
  };
}

/** Gives the new texts their places, and reads the new host from there. */
function settle(
  { given, host: old, ids }: Original,
  { newcomer, placeOf, retell }: Wanted,
  all: ReadonlyMap<string, string>,
): Omit<Copy, "is" | "own"> | { readonly problems: readonly Problem[] } {
  const main = {
    path: placeOf(given.path) ?? given.path,
    text: turnHead(all.get(given.path) ?? "", newcomer.name),
  };
  const places = new Map([[given.path, main]]);
  const problems: Problem[] = [];
  for (const { path, text } of old.sources.slice(1)) {
    const now = all.get(path) ?? text.toString();
    const place = placeOf(path);
    if (place !== undefined) places.set(path, { path: place, text: now });
    else if (!isSameText(now, text)) problems.push(noPlace(path));
  }
  if (problems.length > 0) return { problems };
  const origins = new Map([...places].map(([path, file]) => [file.path, path]));
  const include = including(
    given.include,
    (from) => origins.get(from) ?? from,
    (file) => places.get(file.path) ?? file,
  );
  const { name = given.name } = newcomer;
  const read = () => readHost({ ...main, name, configId: ids.fresh, target: given.target, include });
  if (retell) main.text = retell(main.text, read());
  const host = read();
  return { host, origins, texts: new Map([...places.values()].map(({ path, text }) => [path, text])) };
}

function noPlace(path: string): Problem {
  const message = `${path} is included and holds values of this host alone, so the new host needs one of its own: --out-dir DIR in another folder writes it there, if it is included by a path that begins in the folder of this file`;
  return { is: "missing", message };
}
