/** The linter's own rules as judge of generated texts, and the test that keepalived will read what was meant. */
import type { Diagnostic } from "../diagnostic.ts";
import { formFleet } from "../model/fleet.ts";
import type { Fleet, Instance } from "../model/host.ts";
import { readHost } from "../model/read.ts";
import { lint } from "../rules/run.ts";
import { commandsOf } from "../rules/support.ts";
import { partAt, type ReadBack, routerOf } from "./about.ts";
import { withoutRepeats } from "./check.ts";
import type { Intent, Refusal } from "./intent.ts";
import { bare } from "./networks.ts";
import type { InstancePlan, Plan } from "./plan.ts";
import { messageWithoutSecrets } from "./secrets.ts";

/** A generated file of one host, or of several as one file with `@id` lines. */
export interface Draft {
  /** The file's name. */
  readonly file: string;
  readonly text: string;
  /** The hosts it is for; in a common file each with the config-id of its lines. */
  readonly hosts: readonly { readonly plan: Plan; readonly configId: string | undefined }[];
}

export interface Verdict {
  readonly fleet: Fleet;
  readonly refusals: readonly Refusal[];
  /** What is worth knowing and no reason to refuse. */
  readonly remarks: readonly Diagnostic[];
}

/** Reads the texts back and judges them as vrrp-lint does; an error or warning is a reason to refuse. */
export function judgeDrafts(drafts: readonly Draft[], intent: Intent): Verdict {
  const read = drafts.flatMap(({ file, text, hosts }) =>
    hosts.map(({ plan, configId }) => ({
      plan,
      host: readHost({ path: file, text, name: plan.host, configId, target: intent.target }),
    })),
  );
  const fleet = formFleet(
    read.map(({ host }) => host),
    { complete: true },
  );
  const diagnostics = lint(fleet);
  const refused = diagnostics.filter(isRefused);
  const misread = refused.length > 0 ? [] : read.flatMap((each) => misreadings(each, intent));
  return {
    fleet,
    refusals: withoutRepeats([...refusalsOf(refused, drafts, read, intent), ...misread]),
    remarks: diagnostics
      .filter((each) => !isRefused(each))
      .map((each) => ({ ...each, message: withoutSecrets(each, drafts) })),
  };
}

function isRefused({ severity }: Diagnostic): boolean {
  return severity === "error" || severity === "warning";
}

/** Hosts built alike have the same faults: each rule speaks of the first file only, and says nothing twice. */
function refusalsOf(
  diagnostics: readonly Diagnostic[],
  drafts: readonly Draft[],
  read: readonly ReadBack[],
  intent: Intent,
): readonly Refusal[] {
  const first = new Map<string, string>();
  for (const { rule, at } of diagnostics) if (!first.has(rule)) first.set(rule, at.file);
  return diagnostics
    .filter(({ rule, at }) => first.get(rule) === at.file)
    .map((each) => ({
      rule: each.rule,
      message: `${each.at.file}: ${withoutSecrets(each, drafts)}`,
      about: partAt(each.at, read, intent),
    }));
}

function withoutSecrets(diagnostic: Diagnostic, drafts: readonly Draft[]): string {
  const draft = drafts.find(({ file }) => file === diagnostic.at.file);
  const secrets = draft?.hosts.flatMap(({ plan }) =>
    plan.instances.flatMap(({ password }) => password ?? []),
  );
  return messageWithoutSecrets(diagnostic, draft?.text ?? "", secrets ?? []);
}

/** Words that cannot be written so that keepalived reads them back, such as a password with a double quote. */
function misreadings({ plan, host }: ReadBack, intent: Intent): readonly Refusal[] {
  const instances = plan.instances.flatMap((planned): readonly Refusal[] => {
    const read = host.instances.find(({ name }) => name === planned.name);
    const wrong = read ? difference(planned, read) : "its name";
    if (wrong === undefined) return [];
    const message = `keepalived.conf cannot hold ${wrong} of ${planned.name} so that keepalived reads it back unchanged. Leave out quotes, backslashes, $ and control characters.`;
    return [{ message, about: ["routers", routerOf(intent, planned.name)?.name ?? planned.name] }];
  });
  const read = commandsOf(host).map(({ text }) => text);
  const commands = commandTexts(plan).filter((text) => !read.includes(text));
  return [
    ...instances,
    ...commands.map((text) => ({ message: `keepalived would not run this as it is written: ${text}` })),
  ];
}

function commandTexts({ definitions, groups, instances }: Plan): readonly string[] {
  const scripts = [...definitions.values()].flatMap((each) => (each.track === "script" ? each.command : []));
  return [
    ...scripts,
    ...[...groups, ...instances].flatMap(({ notify }) => notify.map((each) => each.command)),
  ];
}

function difference(planned: InstancePlan, read: Instance): string | undefined {
  const addresses = planned.addresses.map(bare);
  const facts: readonly (readonly [string, unknown, unknown])[] = [
    ["the VRID", planned.vrid, read.vrid?.value],
    ["the priority", planned.priority, read.priority.value],
    ["the interface", planned.interface, read.interface?.value],
    ["the version", planned.version, read.version.value],
    ["the interval", planned.advertInterval, read.advertInterval.value],
    ["the password", planned.password ?? "", read.authentication.value.password],
    ["the addresses", addresses.join(), read.addresses.map(({ address }) => address).join()],
    // Extra lines may add some.
    ["the peers", true, planned.peers.length <= read.peers.length],
    ["the trackers", true, planned.tracks.length <= read.trackers.filter(({ ignored }) => !ignored).length],
  ];
  return facts.find(([, wanted, found]) => wanted !== found)?.[0];
}
