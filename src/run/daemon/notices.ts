/** What programs, FIFOs and mails are told of a step, in keepalived's order. */
import { compareAddresses } from "../../vrrp/address.ts";
import type { GroupEvent, GroupStep } from "../../vrrp/group.ts";
import type { Condition, State } from "../../vrrp/machine-types.ts";
import type { Notice } from "../ports.ts";
import type { Member, Part } from "./part.ts";

const words = { master: "MASTER", backup: "BACKUP", fault: "FAULT", init: undefined } as const;

/** The notices of a step of a part, which is still in the state before. */
export function noticesOf(part: Part, { state, actions }: GroupStep, event: GroupEvent): readonly Notice[] {
  const before = part.state;
  const changes = actions.flatMap(({ member, action }) => {
    const [who, old, after] = [part.members[member], before.members[member], state.members[member]];
    if (!who || !old || !after || action.do !== "change") return [];
    if (action.to !== "fault") return changeNotice(who, action.to, after.priority);
    // vrrp_scheduler.c, vrrp_init_state: an instance that cannot even begin is not told, only its group. And a file that
    // means FAULT counts for the priority only after the fault is told.
    return event.on === "start" ? [] : changeNotice(who, action.to, old.priority);
  });
  const group = before.is === state.is ? [] : groupNotice(part, state.is);
  // A group that starts is told before its members, later changes of it after them.
  const all = before.is === "init" ? [...group, ...changes] : [...changes, ...group];
  return [...all, ...eventNotices(part, before.members, state.members, event)];
}

/** An instance is in another state; none for one that has not started. */
export function changeNotice({ plan }: Member, to: Condition, priority: number): readonly Notice[] {
  const { name, notify, mail } = plan;
  const event = words[to];
  return event === undefined ? [] : [{ of: "instance", name, event, priority, notify, mail }];
}

function groupNotice({ plan }: Part, to: Condition): readonly Notice[] {
  const { group, notify, mail } = plan;
  return groupNoticeOf(group, to).map((notice) => ({ ...notice, notify, mail }));
}

function eventNotices(
  part: Part,
  before: readonly State[],
  after: readonly State[],
  event: GroupEvent,
): readonly Notice[] {
  if (event.on !== "advert" && event.on !== "track") return [];
  return part.members.flatMap((member, index) => {
    const [old, state] = [before[index], after[index]];
    if (!old || !state) return [];
    const { name, notify } = member.plan;
    const notice = (event: Notice["event"]): Notice => {
      return { of: "instance", name, event, priority: state.priority, notify, mail: false };
    };
    if (event.on === "advert") {
      const insists = index === event.member && staysMaster(member, old, state, event);
      return insists ? [notice("MASTER_RX_LOWER_PRI")] : [];
    }
    if (state.priority === old.priority || !notify.tellsPriority) return [];
    return [notice(state.is === "master" ? "MASTER_PRIORITY" : "BACKUP_PRIORITY")];
  });
}

/** A master that has heard a lower priority, or the same one from a lower address. */
function staysMaster(
  { config, heard }: Member,
  before: State,
  after: State,
  { arrival }: Extract<GroupEvent, { readonly on: "advert" }>,
): boolean {
  if (before.is !== "master" || after.is !== "master") return false;
  // An advert that was refused was not remembered.
  if (heard?.host !== arrival.source || heard.priority !== arrival.priority || arrival.priority === 0)
    return false;
  return (
    arrival.priority < after.priority ||
    (arrival.priority === after.priority && compareAddresses(arrival.source, config.source) < 0)
  );
}

/** All are told that the daemon stops: instances first, then groups, whatever state they are in. */
export function stopNotices(parts: readonly Part[]): readonly Notice[] {
  const instances = parts.flatMap(({ members, state }) =>
    members.map(({ plan: { name, notify, mail } }, index): Notice => {
      const priority = state.members[index]?.priority ?? 0;
      return { of: "instance", name, event: "STOP", priority, notify, mail };
    }),
  );
  const groups = parts.flatMap(({ plan: { group, notify, mail } }): readonly Notice[] => {
    return group === undefined
      ? []
      : [{ of: "group", name: group, event: "STOP", priority: 0, notify, mail }];
  });
  return [...instances, ...groups];
}

/** How all stand, for FIFOs only: groups first, as keepalived writes them after a reload. */
export function standing(parts: readonly Part[]): readonly Notice[] {
  const silent = { notify: undefined, mail: false };
  const groups = parts.flatMap(({ plan, state }) => groupNoticeOf(plan.group, state.is));
  const instances = parts.flatMap(({ members, state }) =>
    members.flatMap((member, index) => {
      const own = state.members[index];
      return own ? changeNotice(member, own.is, own.priority) : [];
    }),
  );
  return [...groups, ...instances].map((notice) => ({ ...notice, ...silent }));
}

function groupNoticeOf(name: string | undefined, is: Condition): readonly Notice[] {
  const event = words[is];
  if (name === undefined || event === undefined) return [];
  return [{ of: "group", name, event, priority: 0, notify: undefined, mail: false }];
}

/** An instance that a reload has taken out; one that was in FAULT has been told as that already. */
export function deletedNotice({ plan }: Member, { is, priority }: State): readonly Notice[] {
  const { name, notify, mail } = plan;
  if (is === "fault" && !notify.tellsDeleted) return [];
  return [{ of: "instance", name, event: "DELETED", priority, notify, mail }];
}
