/** From an intent to the text of a cluster description, in the order of its schema. */
import { Document, isCollection, isMap, isScalar, type Pair } from "yaml";
import type {
  AuthenticationIntent,
  HostIntent,
  Intent,
  RouterChoices,
  RouterIntent,
  TrackerIntent,
} from "./intent.ts";
import type { Shape } from "./shape.ts";
import { clusterShape } from "./spec-shape.ts";

/** A password, and the file beside the description that has to hold it. */
export interface PasswordFile {
  readonly file: string;
  readonly password: string;
  /** The virtual routers that use it. */
  readonly routers: readonly string[];
}

export interface Printed {
  /** The description; the same intent gives the same bytes. */
  readonly text: string;
  /** A password never stands in the description itself. */
  readonly passwords: readonly PasswordFile[];
}

/** Prints an intent as YAML that readSpec() reads back. `comments`: with a few words on what is not plain. */
export function printSpec(intent: Intent, { comments }: { readonly comments: boolean }): Printed {
  const passwords = passwordFiles(intent);
  const document = new Document(inShape(clusterShape, plainSpec(intent, passwords)));
  decorate(document, comments);
  return { text: document.toString({ lineWidth: 0 }), passwords };
}

function passwordFiles({ common, routers }: Intent): readonly PasswordFile[] {
  const users = new Map<string, string[]>();
  for (const router of routers) {
    const { authentication } = router.authentication === undefined ? common : router;
    if (typeof authentication === "object")
      users.set(authentication.password, [...(users.get(authentication.password) ?? []), router.name]);
  }
  const taken = new Set<string>();
  return [...users].map(([password, names]) => {
    const file = users.size === 1 ? "vrrp.pass" : freeName(names[0] ?? "vrrp", taken);
    taken.add(file);
    return { file, password, routers: names };
  });
}

/** A file name from a router's name, which may hold more signs than file names should. */
function freeName(router: string, taken: ReadonlySet<string>): string {
  const base = router.replaceAll(/[^A-Za-z0-9._-]/g, "_").replace(/^\./, "_");
  for (let number = 1; ; number++) {
    const name = `${base}${number === 1 ? "" : `-${number}`}.pass`;
    if (!taken.has(name)) return name;
  }
}

/** The intent in the words of a description. */
function plainSpec(intent: Intent, passwords: readonly PasswordFile[]): unknown {
  return {
    hosts: new Map(intent.hosts.map((host) => [host.name, hostSpec(host)])),
    routers: new Map(intent.routers.map((router) => [router.name, routerSpec(router, passwords)])),
    ...choicesSpec(intent.common, passwords),
    script_user: intent.scriptUser,
    script_security: intent.scriptSecurity,
    mail: intent.mail,
    target: intent.target,
    reserved_vrids: intent.reservedVrids,
    global_defs: intent.globals,
    sync_groups: intent.groups && new Map([...intent.groups].map(([name, extra]) => [name, { extra }])),
    extra: intent.extra,
  };
}

function hostSpec({ addresses, interface: own, routerId }: HostIntent): unknown {
  const [address, ...others] = addresses;
  if (address !== undefined && others.length === 0 && own === undefined && routerId === undefined)
    return address;
  return {
    addresses: addresses.length === 0 ? undefined : addresses,
    interface: own,
    router_id: routerId,
  };
}

function routerSpec(router: RouterIntent, passwords: readonly PasswordFile[]): unknown {
  const { vrid, master, addresses, priorities, extra } = router;
  return { vrid, master, addresses, priorities, ...choicesSpec(router, passwords), extra };
}

function choicesSpec(choices: RouterChoices, passwords: readonly PasswordFile[]): object {
  return {
    interface: choices.interface,
    version: choices.version,
    advert_int: choices.advertInterval,
    auth: authSpec(choices.authentication, passwords),
    unicast: choices.unicast,
    start_as_backup: choices.startAsBackup,
    nopreempt: choices.nopreempt,
    preempt_delay: choices.preemptDelay,
    vmac: choices.vmac,
    sync_group: choices.syncGroup,
    track: choices.trackers?.map(trackSpec),
    notify: choices.notify,
    notify_master: choices.notifyMaster,
    notify_backup: choices.notifyBackup,
    notify_fault: choices.notifyFault,
    notify_stop: choices.notifyStop,
    mail_alert: choices.alert,
  };
}

function authSpec(auth: AuthenticationIntent | undefined, passwords: readonly PasswordFile[]): unknown {
  if (typeof auth !== "object") return auth;
  return { password_file: passwords.find(({ password }) => password === auth.password)?.file };
}

function trackSpec(tracker: TrackerIntent): unknown {
  if (tracker.track === "interface") return { interface: tracker.interface, weight: tracker.weight };
  const { track, ...members } = tracker;
  return tracker.track === "script" ? { ...members, script: tracker.command } : members;
}

/** The value with the members in the order of their shape, and none that is undefined or that the shape lacks. */
function inShape(shape: Shape, value: unknown): unknown {
  if (shape.is === "either") {
    const isEntries = value instanceof Map || (typeof value === "object" && value !== null);
    const fitting = shape.of.find(({ is }) => (is === "map" || is === "record") === isEntries);
    return fitting ? inShape(fitting, value) : value;
  }
  if (shape.is === "list" && Array.isArray(value)) return value.map((item) => inShape(shape.of, item));
  if (shape.is === "map" && value instanceof Map)
    return new Map([...value].map(([name, item]) => [name, inShape(shape.of, item)]));
  if (shape.is !== "record") return value;
  const members = value as Readonly<Record<string, unknown>>;
  return new Map(
    Object.entries(shape.members).flatMap(([name, member]) =>
      members[name] === undefined ? [] : [[name, inShape(member.shape, members[name])] as const],
    ),
  );
}

const head = ` A VRRP cluster. From it vrrp-gen --spec writes the keepalived.conf of every host.
 What may stand here is explained in docs/cluster.schema.json.`;

/** What is told above a member at the top. */
const remarks: Readonly<Record<string, string>> = {
  script_security:
    " As in the files this was made from, which vrrp-lint warns of. Without this line programs run as\n script_user, root if none is named, and only when nobody else may change them.",
  global_defs: " Lines of keepalived.conf that no other member says, as they are to stand in global_defs.",
  extra: " Blocks of keepalived.conf that are no virtual routers, as they are to stand in the files.",
};

/** Remarks, and an empty line above everything of several lines. */
function decorate(document: Document, comments: boolean): void {
  if (comments) document.commentBefore = head;
  if (!isMap(document.contents)) return;
  for (const [index, { key, value }] of (document.contents.items as Pair[]).entries()) {
    if (!isScalar(key) || typeof key.value !== "string") continue;
    const remark = comments ? remarks[key.value] : undefined;
    if (remark !== undefined) key.commentBefore = remark;
    const stands = remark !== undefined || isCollection(value) || key.value === "interface";
    key.spaceBefore = stands && index > 0;
  }
}
