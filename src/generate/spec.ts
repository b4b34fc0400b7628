/** From a cluster description in YAML or JSON to the intent, with line and column of everything that is wrong. */
import {
  type Alias,
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from "yaml";
import type { Span } from "../diagnostic.ts";
import type {
  AuthenticationIntent,
  HostIntent,
  Intent,
  IntentPath,
  MailIntent,
  PerHost,
  RouterChoices,
  RouterIntent,
  TrackerIntent,
} from "./intent.ts";
import { faultsOf } from "./shape.ts";
import { clusterShape } from "./spec-shape.ts";

/** Something wrong in a description, by its offsets in the text. */
export interface SpecFault {
  readonly span: Span;
  readonly message: string;
}

export type SpecResult =
  | { readonly is: "faults"; readonly faults: readonly SpecFault[] }
  | {
      readonly is: "intent";
      readonly intent: Intent;
      /** Where a part of the intent stands: the nearest that is written. */
      readonly placeOf: (path: IntentPath) => Span;
    };

export interface SpecOptions {
  /** The password in a file that the description names. */
  readonly readPassword: (file: string) => string;
}

/** Reads a description. Every fault is told at once, in the order of the text. */
export function readSpec(text: string, options: SpecOptions): SpecResult {
  // `<<: *name` takes over what stands elsewhere, as in other files of this kind.
  const document = parseDocument(text, { prettyErrors: false, merge: true });
  // One mistake of syntax leads to others that are none.
  const [broken] = document.errors;
  if (broken) return { is: "faults", faults: [syntaxFault(broken)] };
  const { contents } = document;
  const spanOf = (path: IntentPath, atName = false) => placeIn(contents, path, atName, text.length);
  const stray = strayAlias(document);
  if (stray) return { is: "faults", faults: [stray] };
  const value = plainValue(document);
  if (value instanceof Error) return { is: "faults", faults: [{ span: spanOf([]), message: value.message }] };
  const faults = faultsOf(clusterShape, value);
  if (faults.length > 0)
    return {
      is: "faults",
      faults: faults
        .map(({ path, message, atName }) => ({ span: spanOf(path, atName), message }))
        .sort((one, other) => one.span.start - other.span.start),
    };
  const order = (member: string, names: readonly string[]) => inWrittenOrder(contents, member, names);
  return {
    is: "intent",
    intent: intentOf(value as Cluster, order, options),
    placeOf: (path) => spanOf(path),
  };
}

/** The document as plain objects; an error when references in it multiply without end. */
function plainValue(document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (error instanceof ReferenceError)
      return new Error("it refers to itself so often that it would never end: write it out");
    throw error;
  }
}

/** The first alias of something that has no anchor above it. */
function strayAlias(document: Document): SpecFault | undefined {
  let found: Alias | undefined;
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return undefined;
      found = alias;
      return visit.BREAK;
    },
  });
  const span = spanOf(found);
  return found && span && { span, message: `nothing above is called &${found.source}, which this refers to` };
}

/** Objects put names that are numbers first; the order of hosts and routers is that of the text. */
function inWrittenOrder(root: Node | null, member: string, names: readonly string[]): readonly string[] {
  const map = stepInto(root, member)?.value;
  const written = isMap(map) ? map.items.map(({ key }) => (isScalar(key) ? String(key.value) : "")) : [];
  const rank = (name: string) => written.indexOf(name);
  return [...names].sort((one, other) => rank(one) - rank(other));
}

function syntaxFault({ pos: [start, end], code, message }: YAMLError): SpecFault {
  const why =
    code === "MULTIPLE_DOCS"
      ? "a second document begins here, and a description is one: leave out the line of dashes"
      : `this is neither YAML nor JSON: ${message}`;
  return { span: { start, end }, message: why };
}

/** The span of what stands at a path, or of the last part of the path that exists. */
function placeIn(root: Node | null, path: IntentPath, atName: boolean, length: number): Span {
  let node: unknown = root;
  let span = spanOf(root) ?? { start: 0, end: length };
  for (const [index, step] of path.entries()) {
    const found = stepInto(node, step);
    if (!found) break;
    const name = index === path.length - 1 && atName;
    span = (name ? undefined : spanOf(found.value)) ?? spanOf(found.key) ?? span;
    node = found.value;
  }
  return span;
}

function stepInto(node: unknown, step: string | number): { key: unknown; value: unknown } | undefined {
  if (isSeq(node)) return typeof step === "number" ? { key: undefined, value: node.items[step] } : undefined;
  if (!isMap(node)) return undefined;
  const pair = node.items.find(
    (each) => isPair(each) && isScalar(each.key) && String(each.key.value) === step,
  );
  return pair && { key: pair.key, value: pair.value };
}

function spanOf(node: unknown): Span | undefined {
  const range = (node as Partial<Node> | null | undefined)?.range;
  return range ? { start: range[0], end: range[1] } : undefined;
}

type PerHostWord = string | Readonly<Record<string, string>>;

interface Track {
  readonly script?: string;
  readonly process?: string;
  readonly file?: string;
  readonly interface?: PerHostWord;
  readonly name?: string;
  readonly weight?: number;
  readonly interval?: number;
  readonly timeout?: number;
  readonly rise?: number;
  readonly fall?: number;
  readonly extra?: string;
}

interface Choices {
  readonly interface?: PerHostWord;
  readonly version?: 2 | 3;
  readonly advert_int?: number;
  readonly auth?: "none" | "random" | { readonly password_file: string };
  readonly unicast?: boolean | Readonly<Record<string, string>>;
  readonly start_as_backup?: boolean;
  readonly nopreempt?: boolean;
  readonly preempt_delay?: number;
  readonly vmac?: boolean;
  readonly sync_group?: boolean | string;
  readonly track?: readonly Track[];
  readonly notify?: string;
  readonly notify_master?: string;
  readonly notify_backup?: string;
  readonly notify_fault?: string;
  readonly notify_stop?: string;
  readonly mail_alert?: boolean;
}

interface Router extends Choices {
  readonly vrid?: number;
  readonly master?: string;
  readonly addresses: readonly string[];
  readonly priorities?: Readonly<Record<string, number>>;
  readonly extra?: PerHostWord;
}

interface Host {
  readonly addresses?: readonly string[];
  readonly interface?: string;
  readonly router_id?: string | false;
}

/** A description whose shape was checked. */
interface Cluster extends Choices {
  readonly hosts: Readonly<Record<string, string | Host>>;
  readonly routers: Readonly<Record<string, Router>>;
  readonly script_user?: string;
  readonly script_security?: boolean;
  readonly mail?: MailIntent;
  readonly target?: string;
  readonly reserved_vrids?: readonly number[];
  readonly global_defs?: PerHostWord;
  readonly sync_groups?: Readonly<Record<string, { readonly extra: PerHostWord }>>;
  readonly extra?: PerHostWord;
}

function intentOf(
  cluster: Cluster,
  order: (member: string, names: readonly string[]) => readonly string[],
  options: SpecOptions,
): Intent {
  return {
    hosts: order("hosts", Object.keys(cluster.hosts)).map((name): HostIntent => {
      const host = cluster.hosts[name] ?? "";
      if (typeof host === "string") return { name, addresses: [host] };
      return {
        name,
        addresses: host.addresses ?? [],
        interface: host.interface,
        routerId: host.router_id,
      };
    }),
    routers: order("routers", Object.keys(cluster.routers)).flatMap((name): RouterIntent[] => {
      const router = cluster.routers[name];
      return router ? [routerOf(name, router, options)] : [];
    }),
    common: choicesOf(cluster, options),
    scriptUser: cluster.script_user,
    scriptSecurity: cluster.script_security,
    mail: cluster.mail,
    target: cluster.target,
    reservedVrids: cluster.reserved_vrids,
    globals: perHost(cluster.global_defs),
    groups:
      cluster.sync_groups &&
      new Map(Object.entries(cluster.sync_groups).map(([name, { extra }]) => [name, perHost(extra) ?? ""])),
    extra: perHost(cluster.extra),
  };
}

function routerOf(name: string, router: Router, options: SpecOptions): RouterIntent {
  const { vrid, master, addresses, priorities, extra, ...choices } = router;
  return {
    ...choicesOf(choices, options),
    name,
    vrid,
    master,
    addresses,
    priorities: priorities && new Map(Object.entries(priorities)),
    extra: perHost(extra),
  };
}

function choicesOf(choices: Choices, { readPassword }: SpecOptions): RouterChoices {
  const { auth } = choices;
  const authentication: AuthenticationIntent | undefined =
    typeof auth === "object" ? { password: readPassword(auth.password_file) } : auth;
  return {
    interface: perHost(choices.interface),
    version: choices.version,
    advertInterval: choices.advert_int,
    authentication,
    unicast: typeof choices.unicast === "object" ? new Map(Object.entries(choices.unicast)) : choices.unicast,
    startAsBackup: choices.start_as_backup,
    nopreempt: choices.nopreempt,
    preemptDelay: choices.preempt_delay,
    vmac: choices.vmac,
    syncGroup: choices.sync_group,
    trackers: choices.track?.map(trackerOf),
    notify: choices.notify,
    notifyMaster: choices.notify_master,
    notifyBackup: choices.notify_backup,
    notifyFault: choices.notify_fault,
    notifyStop: choices.notify_stop,
    alert: choices.mail_alert,
  };
}

function perHost(word: PerHostWord | undefined): PerHost<string> | undefined {
  return typeof word === "object" ? new Map(Object.entries(word)) : word;
}

function trackerOf({ script, process, file, interface: name, ...more }: Track): TrackerIntent {
  if (script !== undefined) return { track: "script", command: script, ...more };
  const { name: definition, weight, extra } = more;
  if (process !== undefined) return { track: "process", process, name: definition, weight, extra };
  if (file !== undefined) return { track: "file", file, name: definition, weight, extra };
  return { track: "interface", interface: perHost(name) ?? "", weight };
}
