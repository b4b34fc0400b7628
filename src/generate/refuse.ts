/** The linter's own rules as judge of generated texts, and the test that keepalived will read what was meant. */
import type { Diagnostic } from "../diagnostic.ts";
import { formFleet } from "../model/fleet.ts";
import type { Fleet, Host, Instance } from "../model/host.ts";
import { readHost } from "../model/read.ts";
import { lint } from "../rules/run.ts";
import { commandsOf } from "../rules/support.ts";
import { parseAddress } from "../schema/address.ts";
import type { Refusal } from "./intent.ts";
import type { InstancePlan, Plan } from "./plan.ts";

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
export function judgeDrafts(drafts: readonly Draft[], target: string | undefined): Verdict {
  const read = drafts.flatMap(({ file, text, hosts }) =>
    hosts.map(({ plan, configId }) => ({
      plan,
      host: readHost({ path: file, text, name: plan.host, configId, target }),
    })),
  );
  const fleet = formFleet(
    read.map(({ host }) => host),
    { complete: true },
  );
  const diagnostics = lint(fleet);
  const refused = diagnostics.filter(isRefused);
  const secrets = read.flatMap(({ plan }) => plan.instances.flatMap(({ password }) => password ?? []));
  const misread = refused.length > 0 ? [] : read.flatMap(({ plan, host }) => misreadings(plan, host));
  return {
    fleet,
    refusals: [...refused.map((each) => refusalOf(each, secrets)), ...withoutRepeats(misread)],
    remarks: diagnostics.filter((each) => !isRefused(each)),
  };
}

function isRefused({ severity }: Diagnostic): boolean {
  return severity === "error" || severity === "warning";
}

function refusalOf({ message, rule, at }: Diagnostic, secrets: readonly string[]): Refusal {
  return { message: `${at.file}: ${withoutSecrets(message, secrets)}`, rule };
}

/** Rules may quote what they judge; a password is no part of a message that ends in a log. */
function withoutSecrets(message: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (text, secret) => (secret.length < 3 ? text : text.replaceAll(secret, "(the password)")),
    message,
  );
}

/** Words that cannot be written so that keepalived reads them back, such as a password with a double quote. */
function misreadings(plan: Plan, host: Host): readonly string[] {
  const instances = plan.instances.flatMap((planned) => {
    const read = host.instances.find(({ name }) => name === planned.name);
    const wrong = read ? difference(planned, read) : "its name";
    return wrong === undefined
      ? []
      : `keepalived.conf cannot hold ${wrong} of ${planned.name} so that keepalived reads it back unchanged. Leave out quotes, backslashes, $ and control characters.`;
  });
  const read = commandsOf(host).map(({ text }) => text);
  const commands = commandTexts(plan).filter((text) => !read.includes(text));
  return [...instances, ...commands.map((text) => `keepalived would not run this as it is written: ${text}`)];
}

function commandTexts({ definitions, groups, instances }: Plan): readonly string[] {
  const scripts = [...definitions.values()].flatMap((each) => (each.track === "script" ? each.command : []));
  return [...scripts, ...[...groups, ...instances].flatMap(({ notify }) => notify ?? [])];
}

function difference(planned: InstancePlan, read: Instance): string | undefined {
  const addresses = planned.addresses.map((each) => parseAddress(each)?.address);
  const facts: readonly (readonly [string, unknown, unknown])[] = [
    ["the VRID", planned.vrid, read.vrid?.value],
    ["the priority", planned.priority, read.priority.value],
    ["the interface", planned.interface, read.interface?.value],
    ["the version", planned.version, read.version.value],
    ["the interval", planned.advertInterval, read.advertInterval.value],
    ["the password", planned.password ?? "", read.authentication.value.password],
    ["the addresses", addresses.join(), read.addresses.map(({ address }) => address).join()],
    ["the peers", planned.peers.length, read.peers.length],
    ["the trackers", planned.tracks.length, read.trackers.filter(({ ignored }) => !ignored).length],
  ];
  return facts.find(([, wanted, found]) => wanted !== found)?.[0];
}

function withoutRepeats(messages: readonly string[]): readonly Refusal[] {
  return [...new Set(messages)].map((message) => ({ message }));
}
