/**
 * From one plan to the next one (vrrp_daemon.c, reload_vrrp_thread): what stays the same is not touched, what changed keeps
 * its state as keepalived keeps it, what is gone says so.
 */
import { type GroupState, initialGroupState, stepGroup } from "../../vrrp/group.ts";
import { step } from "../../vrrp/machine.ts";
import type { State, Status } from "../../vrrp/machine-types.ts";
import type { Micros } from "../../vrrp/time.ts";
import type { InstancePlan, PartPlan, Resource, RunPlan } from "../plan/types.ts";
import type { Notice } from "../ports.ts";
import type { Doors } from "./doors.ts";
import type { Driver, Hands } from "./driver.ts";
import { changeNotice, deletedNotice } from "./notices.ts";
import { groundId, lackOf, type Member, memberFor, Part } from "./part.ts";
import { essence } from "./tools.ts";

type Statuses = Readonly<Record<string, Status>>;

/** An instance of the plan before, with the part and the state that it was in. */
interface Old {
  readonly part: Part;
  readonly member: Member;
  readonly state: State;
}

export class Succession {
  readonly #hands: Hands;
  readonly #driver: Driver;
  readonly #doors: Doors;

  /** Resolves when those who are not in the new plan have been told of. */
  #gone: Promise<unknown> = Promise.resolve();

  constructor(hands: Hands, driver: Driver, doors: Doors) {
    this.#hands = hands;
    this.#driver = driver;
    this.#doors = doors;
  }

  /** Drives the new plan's parts from now on. `statuses` are those of all its trackers. */
  take(plan: RunPlan, statuses: Statuses): void {
    const before = this.#driver.parts;
    const old = before.flatMap((part) => oldOf(part));
    const kept = new Set<Old>();
    const begins: (() => void)[] = [];
    const parts = plan.parts.map((each) => {
      const same = before.find((part) => purposeOf(part.plan) === purposeOf(each));
      const heirs = each.instances.map((instance) => {
        return old.find(({ member }) => identityOf(member.plan) === identityOf(instance));
      });
      for (const heir of heirs) if (heir) kept.add(heir);
      if (same) {
        begins.push(() => this.#driver.track(same, groundOf(same)));
        return this.#adopt(same, each);
      }
      const part = this.#partFor(each, heirs);
      begins.push(() => this.#begin(part, heirs, { ...statuses, ...groundOf(part) }));
      return part;
    });
    const gone = old.filter((each) => !kept.has(each));
    for (const each of gone) this.#dismiss(each);
    this.#gone = Promise.all(gone.map(({ part }) => part.tail));
    for (const { door } of new Set(old.map(({ member }) => member))) this.#doors.leave(door);
    this.#driver.drive(parts);
    for (const begin of begins) begin();
    this.#driver.arm();
  }

  /** The part goes on as it is, with the new plan's programs and places. */
  #adopt(part: Part, plan: PartPlan): Part {
    const now = this.#hands.tools.clock.unix();
    part.plan = plan;
    part.members = plan.instances.map((instance, index) => {
      return memberFor(instance, this.#doors.use(instance), part.members[index], now);
    });
    return part;
  }

  #partFor(plan: PartPlan, heirs: readonly (Old | undefined)[]): Part {
    const now = this.#hands.tools.clock.unix();
    const members = plan.instances.map((instance, index) => {
      return memberFor(instance, this.#doors.use(instance), heirs[index]?.member, now);
    });
    return new Part(plan, members);
  }

  #begin(part: Part, heirs: readonly (Old | undefined)[], statuses: Statuses): void {
    const now = this.#hands.tools.clock.now();
    const known = heirs.filter((heir) => heir !== undefined);
    part.tail = Promise.all([this.#gone, ...known.map((heir) => heir.part.tail)]).then(() => {});
    if (known.length === 0) {
      this.#driver.step(part, { on: "start", statuses });
      return;
    }
    // vrrp_startup_delay is for starts only.
    const configs = part.configs.map((config) => ({ ...config, startupDelay: 0 }));
    const fresh = stepGroup(configs, initialGroupState(configs), { on: "start", statuses }, now).state;
    const takesPart = fresh.is === "backup" || fresh.is === "master";
    const wereMasters = known.length === heirs.length && known.every(({ state }) => state.is === "master");
    if (wereMasters && takesPart) this.#goOnAsMaster(part, known, fresh, now);
    else this.#startAgain(part, heirs, fresh);
  }

  /** A master stays master and sends at once (vrrp_scheduler.c, vrrp_init_instance_sands). */
  #goOnAsMaster(part: Part, heirs: readonly Old[], fresh: GroupState, now: Micros): void {
    const members = fresh.members.map((state, index): State => {
      const { refresh } = part.configs[index]?.announcing ?? { refresh: 0 };
      const memory = heirs[index]?.state.memory ?? state.memory;
      const refreshAt = refresh > 0 ? now + refresh : undefined;
      return { ...state, is: "master", wants: "master", until: now, memory, refreshAt };
    });
    part.enter({ is: "master", members });
    part.members.forEach((member, index) => {
      const heir = heirs[index];
      if (heir) this.#exchange(part, member, heir.member);
    });
  }

  /** Takes away what the new plan does not have, and adds what the old one did not have. */
  #exchange(part: Part, member: Member, { plan: before }: Member): void {
    const { holdings } = this.#hands;
    const { name, resources } = member.plan;
    const lacks = (list: readonly Resource[]) => (resource: Resource) =>
      !list.some(({ key, add }) => key === resource.key && add === resource.add);
    const stale = before.resources.filter(lacks(resources));
    const added = resources.filter(lacks(before.resources));
    const done = [
      holdings.remove(before.name, stale),
      holdings.add(name, resources),
      before.name === name ? undefined : holdings.remove(before.name, before.resources),
    ];
    this.#driver.wait(part, Promise.all(done));
    if (added.length > 0) this.#driver.announce(part, member, member.config.announcing.repeat);
  }

  /** As after a start, but who was master before and is not any more gives up, and nobody is told what was so before. */
  #startAgain(part: Part, heirs: readonly (Old | undefined)[], fresh: GroupState): void {
    for (const heir of heirs) if (heir) this.#giveUp(heir);
    const members = fresh.members.map((state, index): State => {
      const before = heirs[index]?.state;
      if (!before || state.is !== "backup" || before.is !== "backup") return state;
      return { ...state, master: before.master, memory: before.memory };
    });
    part.enter({ ...fresh, members });
    part.members.forEach((member, index) => {
      const [state, before] = [members[index], heirs[index]?.state];
      if (!state) return;
      if (state.is === "master") this.#driver.addAndAnnounce(part, member);
      if (state.is === before?.is) return;
      member.since = this.#hands.tools.clock.unix();
      this.#hands.reporter.restarted(member, state);
      const notices = changeNotice(member, state.is, state.priority);
      this.#tell(part, notices);
    });
  }

  #dismiss(old: Old): void {
    this.#giveUp(old);
    this.#hands.tools.log.write("info", "is not in the file any more", old.member.plan.name);
    const notices = deletedNotice(old.member, old.state);
    this.#tell(old.part, notices);
  }

  #tell(part: Part, notices: readonly Notice[]): void {
    part.after(() => {
      for (const notice of notices) this.#hands.tools.notifier.tell(notice);
    });
  }

  /** A master says that it goes and takes its addresses away. */
  #giveUp({ part, member, state }: Old): void {
    if (state.is !== "master") return;
    const now = this.#hands.tools.clock.now();
    for (const action of step(member.config, state, { on: "stop" }, now).actions) {
      if (action.do !== "change") this.#driver.act(part, member, action, { before: state, now });
    }
  }
}

function oldOf(part: Part): readonly Old[] {
  return part.members.flatMap((member, index) => {
    const state = part.state.members[index];
    return state ? { part, member, state } : [];
  });
}

function groundOf({ members }: Part): Statuses {
  return Object.fromEntries(members.map((member) => [groundId(member.plan), lackOf(member) === undefined]));
}

/** As keepalived recognises an instance whose name may have changed (vrrp.c, vrrp_exist). */
function identityOf({ config, interface: name, socket, virtuals }: InstancePlan): string {
  const { vrid, family } = config.advert;
  const { unicast } = config.reception.wire;
  return essence([vrid, family, name, unicast, unicast ? socket.source : undefined, virtuals]);
}

/** All that the machines and the network see of a part: neither its programs nor what it lacks. */
function purposeOf({ group, instances }: PartPlan): string {
  const seen = instances.map(({ name, config, interface: where, virtuals, socket, resources }) => {
    return { name, config, where, virtuals, socket, resources };
  });
  return essence({ group, seen });
}
