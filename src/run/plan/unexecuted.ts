/** What a file says and the daemon does not do: keywords, and programs that may not be run. */
import type { Host } from "../../model/host.ts";
import { inside, pathOf, type Statement } from "../../schema/statement.ts";
import { acceptsNothing, hasNft } from "./firewall.ts";
import { whyLeft } from "./keywords.ts";
import type { Surroundings } from "./surroundings.ts";
import type { CheckPlan, NotifyPlan, Program, RunPlan, Unexecuted } from "./types.ts";

/** In the order of the file. */
export function unexecutedIn(
  host: Host,
  plan: Omit<RunPlan, "unexecuted">,
  checks: readonly CheckPlan[],
  surroundings: Surroundings,
): readonly Unexecuted[] {
  const keywords = host.statements.flatMap((statement) => [...leftKeywords(statement)]);
  const found = [
    ...keywords,
    ...refusedPrograms(plan, checks),
    ...idleInstances(host, plan),
    ...unwalled(host, plan, surroundings),
  ];
  const files = host.sources.map(({ path }) => path);
  return found.toSorted((one, other) => {
    const [file, otherFile] = [files.indexOf(one.at.file), files.indexOf(other.at.file)];
    return file - otherFile || one.at.span.start - other.at.span.start;
  });
}

function* leftKeywords(statement: Statement): Generator<Unexecuted> {
  const word = statement.words[0];
  if (!word || statement.data) return;
  const left = whyLeft(pathOf(statement));
  if (left) yield { keyword: word.text, why: left.why, at: word.via ?? word.at };
  if (left?.whole) return;
  for (const inner of inside(statement)) yield* leftKeywords(inner);
}

/** Programs that keepalived would not run either. */
function refusedPrograms(
  { parts, fifos, startup, shutdown }: Omit<RunPlan, "unexecuted">,
  checks: readonly CheckPlan[],
): readonly Unexecuted[] {
  const notifies = parts.flatMap((part) => [part.notify, ...part.instances.map(({ notify }) => notify)]);
  const programs = [
    ...notifies.flatMap(programsOf),
    ...fifos.map(({ program }) => program),
    ...checks.map((check) => (check.kind === "script" ? check.program : undefined)),
    ...[startup, shutdown],
  ];
  return programs.flatMap((program) => {
    if (program?.refused === undefined) return [];
    return [{ keyword: program.words[0] ?? "", why: program.refused, at: program.at }];
  });
}

function programsOf(notify: NotifyPlan | undefined): readonly (Program | undefined)[] {
  if (!notify) return [];
  const { master, backup, fault, stop, any, masterReceivedLower, deleted } = notify;
  return [master, backup, fault, stop, any, masterReceivedLower, deleted];
}

/** What the firewall is for. */
function unwalled(
  host: Host,
  { parts }: Omit<RunPlan, "unexecuted">,
  surroundings: Surroundings,
): readonly Unexecuted[] {
  if (hasNft(surroundings)) return [];
  return parts
    .flatMap(({ instances }) => instances)
    .flatMap((plan) => {
      const line = host.instances.find(({ name }) => name === plan.name)?.accept.statement;
      const at = line?.words[0]?.at ?? plan.at;
      const written = line ? "no_accept" : `no_accept of strict mode (${plan.name})`;
      const dropping = { keyword: written, why: "there is no nft, which makes its firewall", at };
      const why = "there is no nft, so that switches may take a backup for the master";
      const silence = { keyword: `the firewall of use_vmac (${plan.name})`, why, at: plan.at };
      const isMacvlan = plan.virtuals.some(({ kind }) => kind === "macvlan");
      return [...(acceptsNothing(plan) ? [dropping] : []), ...(isMacvlan ? [silence] : [])];
    });
}

/** Instances that lack what keepalived needs to start them. */
function idleInstances(host: Host, { parts }: Omit<RunPlan, "unexecuted">): readonly Unexecuted[] {
  const running = new Set(parts.flatMap(({ instances }) => instances.map(({ name }) => name)));
  return host.instances
    .filter(({ name }) => !running.has(name))
    .map(({ name, at, vrid, addresses }) => {
      const lacks = !vrid ? "virtual_router_id" : addresses.length === 0 ? "an address" : "an interface";
      return { keyword: `vrrp_instance ${name}`, why: `it lacks ${lacks}`, at };
    });
}
