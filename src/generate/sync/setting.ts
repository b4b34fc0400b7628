/** Settings on which all hosts of a virtual router must agree, written in the instance or for the whole host. */
import type { Edit } from "../../diagnostic.ts";
import type { Fleet, Instance, Member, Spot } from "../../model/host.ts";
import { type Claim, certain } from "../../rules/across/claims.ts";
import { type Team, teams } from "../../rules/across/teams.ts";
import type { Rule } from "../../rules/types.ts";
import { named, type Statement } from "../../schema/statement.ts";
import { copied, insertLike } from "./edits.ts";
import { isFlawed } from "./reported.ts";
import { asIn, type Facet, nameOf, prevailing, type Step, step } from "./step.ts";

export interface Setting {
  /** As titles name it. */
  readonly name: string;
  readonly settles: readonly Rule[];
  /** What the difference does, for titles. */
  readonly why: string;
  readonly spotOf: (member: Member) => Spot<unknown> | undefined;
  /** Teams in which it counts; all by default. */
  readonly counts?: (team: Team) => boolean;
  readonly show?: (value: unknown) => string;
  /** The edits that make a written line say what is wanted. */
  readonly change: (
    of: Member,
    line: Statement,
    wanted: string,
    model: Statement | undefined,
  ) => readonly (Edit | undefined)[];
  /** The line that says it in an instance; undefined where none can. */
  readonly line: (
    wanted: string,
    model: Statement | undefined,
    family: Instance["family"],
  ) => string | undefined;
  /** Whether the change would break something else on the host. */
  readonly hinders?: (wish: Wish, all: readonly Wish[]) => boolean;
  /** Whether saying `wanted` takes something away. */
  readonly removes?: (wanted: string) => boolean;
}

/** What one host says, and what it should say. */
export interface Wish {
  readonly member: Member;
  readonly team: Team;
  readonly own: Claim;
  readonly wanted: Claim;
  /** What all hosts of the virtual router say. */
  readonly all: readonly Claim[];
}

/** The steps that make every team agree on a setting. */
export function settle(setting: Setting): Facet {
  return {
    settles: setting.settles,
    find: (fleet, reported) => {
      const wishes = wishesOf(fleet, setting);
      return wishes.flatMap((wish) => {
        const { own, wanted, team } = wish;
        if (own.key === wanted.key || !reported.includes(team) || setting.hinders?.(wish, wishes)) return [];
        const model = setting.spotOf(wanted.member)?.statement;
        return isFlawed(fleet, wanted.member.host, model) ? [] : stepFor(setting, wish, wishes);
      });
    },
  };
}

function wishesOf(fleet: Fleet, { spotOf, counts, show = String }: Setting): readonly Wish[] {
  return teams(fleet).flatMap((team) => {
    if (counts && !counts(team)) return [];
    const all = team.flatMap((member): Claim[] => {
      const spot = spotOf(member);
      if (!spot || !certain(member, spot)) return [];
      const says = `${show(spot.value)}${spot.written ? "" : " (the default)"}`;
      return [{ member, at: spot.at, key: String(spot.value), says }];
    });
    const wanted = prevailing(all);
    return wanted ? all.map((own) => ({ member: own.member, team, own, wanted, all })) : [];
  });
}

function stepFor(setting: Setting, wish: Wish, wishes: readonly Wish[]): readonly Step[] {
  const { member, own, wanted, all } = wish;
  const { name, why, show = String } = setting;
  const title = `${nameOf(member)}: ${name} ${own.says} becomes ${show(wanted.key)}, ${asIn(wanted, all)}: ${why}`;
  return step(member.host, title, editsFor(setting, wish, wishes), setting.removes?.(wanted.key));
}

function editsFor(setting: Setting, { member, wanted }: Wish, wishes: readonly Wish[]) {
  const { host, instance } = member;
  const model = setting.spotOf(wanted.member)?.statement;
  const modelIsOwn = model?.parent === wanted.member.instance.block;
  const statement = setting.spotOf(member)?.statement;
  const alone = () => [insertLine(setting, member, wanted, model && modelIsOwn ? model : undefined)];
  if (statement?.parent === instance.block) return setting.change(member, statement, wanted.key, model);
  const users = host.instances.filter(
    (other) => setting.spotOf({ host, instance: other })?.statement === statement,
  );
  const united = users.every((user) =>
    wishes.some((wish) => wish.member.instance === user && wish.wanted.key === wanted.key),
  );
  if (statement) return united ? setting.change(member, statement, wanted.key, model) : alone();
  const defaults = named(host.statements, "global_defs")[0];
  const line = model && copied(model);
  const common = united && defaults && model && !modelIsOwn && line !== undefined;
  return common ? [insertLike(host, defaults, model, [line])] : alone();
}

function insertLine(
  setting: Setting,
  { host, instance }: Member,
  wanted: Claim,
  model: Statement | undefined,
) {
  const line = setting.line(wanted.key, model, instance.family);
  return line === undefined ? undefined : insertLike(host, instance.block, model, [line]);
}
