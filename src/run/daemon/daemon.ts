/** The life of the daemon: it starts, takes a new plan, and stops. Everything it does goes through its tools. */
import type { Status } from "../../vrrp/machine-types.ts";
import type { InstancePlan, RunPlan } from "../plan/types.ts";
import type { Ground } from "../ports.ts";
import { Agenda } from "./agenda.ts";
import { Announcements } from "./announcements.ts";
import { Changes, nobody } from "./changes.ts";
import { Doors } from "./doors.ts";
import { Driver } from "./driver.ts";
import { Holdings } from "./holdings.ts";
import { standing, stopNotices } from "./notices.ts";
import type { Part } from "./part.ts";
import { Reporter } from "./reporter.ts";
import { outside, reversePathSettings, type Setting, Settings } from "./settings.ts";
import { Succession } from "./succession.ts";
import { Terrain } from "./terrain.ts";
import { essence, type Tools } from "./tools.ts";
import { Virtuals } from "./virtuals.ts";

/** What a file asks for on a machine as it is. */
export type Planner = (ground: Ground) => RunPlan;

export class Daemon {
  readonly #tools: Tools;
  readonly #agenda = new Agenda();
  readonly #holdings: Holdings;
  readonly #announcements: Announcements;
  readonly #driver: Driver;
  readonly #doors: Doors;
  readonly #terrain: Terrain;
  readonly #virtuals: Virtuals;
  readonly #settings: Settings;
  readonly #succession: Succession;
  readonly #changes: Changes;
  #planner: Planner;
  #plan: RunPlan | undefined;
  #unwatch = () => {};
  /** Plans are taken one after the other. */
  #queue: Promise<void> = Promise.resolve();
  #stopping: Promise<void> | undefined;
  #reversePath: Promise<readonly Setting[]> | undefined;
  /** The real-time priority that was asked for. */
  #realTime: number | undefined;
  /** A change of the machine is going to be looked at. */
  #replans = false;

  constructor(tools: Tools, planner: Planner) {
    this.#tools = tools;
    this.#planner = planner;
    this.#holdings = new Holdings(tools);
    this.#announcements = new Announcements(tools, this.#agenda);
    const reporter = new Reporter(tools.log);
    const hands = {
      tools,
      agenda: this.#agenda,
      holdings: this.#holdings,
      announcements: this.#announcements,
      reporter,
    };
    this.#driver = new Driver(hands);
    this.#doors = new Doors(tools, (door, packet) => this.#driver.arrive(door, packet));
    this.#terrain = new Terrain(tools, this.#agenda, (id, status) => this.#driver.tell(id, status));
    this.#virtuals = new Virtuals(tools);
    this.#settings = new Settings(tools);
    this.#succession = new Succession(hands, this.#driver, this.#doors);
    this.#changes = new Changes(hands, this.#driver, this.#doors, this.#terrain, this.#virtuals);
  }

  /** The plan in force; undefined before the start. */
  get plan(): RunPlan | undefined {
    return this.#plan;
  }

  get parts(): readonly Part[] {
    return this.#driver.parts;
  }

  /** Resolves when all instances have started. */
  start(): Promise<void> {
    return this.#next(async () => {
      const { network } = this.#tools;
      this.#terrain.learn(await network.ground());
      this.#unwatch = network.watch((event) => {
        if (!this.#stopping && this.#changes.notice(event)) this.#replan();
      });
      // What is found out about the machine at the start would hold up adverts.
      await network.watching();
      await this.#begin(this.#planner(this.#terrain.ground));
      if (this.#stopping) return;
      // The script may have changed the machine.
      const plan = this.#planner(this.#terrain.ground);
      await this.#removeLeftovers(plan);
      await this.#take(plan);
    });
  }

  /** From then on there is something to end, and changes of the machine count. */
  async #begin(plan: RunPlan): Promise<void> {
    const { notifier } = this.#tools;
    this.#plan = plan;
    notifier.mask(plan.umask);
    if (plan.startup) await notifier.run(plan.startup, plan.startupTimeout);
  }

  /** Takes another file's plan; what did not change is not touched. Resolves when that is done. */
  reload(planner: Planner): Promise<void> {
    return this.#next(async () => {
      this.#planner = planner;
      const plan = planner(this.#terrain.ground);
      await this.#take(plan);
      if (plan.tellsStatesOnReload) {
        for (const notice of standing(this.#driver.parts)) this.#tools.notifier.tell(notice);
      }
    });
  }

  /** Says that it goes, takes everything away and tells the programs. Resolves when nothing of it is left. */
  stop(): Promise<void> {
    this.#stopping ??= this.#next(() => this.#stop());
    this.#tools.notifier.interrupt();
    return this.#stopping;
  }

  #next(run: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(run);
    this.#queue = done.catch(() => {});
    return done;
  }

  async #take(plan: RunPlan): Promise<void> {
    const { checks, notifier } = this.#tools;
    const instances = plan.parts.flatMap((part) => part.instances);
    const before = [...(this.#plan?.statics ?? []), ...(this.#plan?.tables ?? [])];
    this.#plan = plan;
    this.#hurry(plan.realTime);
    this.#announcements.use(plan.pauses);
    this.#terrain.use(plan);
    notifier.mask(plan.umask);
    await notifier.use(plan);
    await this.#settings.use([...plan.settings, ...(await this.#settingsFor(instances))]);
    await this.#holdings.add(nobody, plan.tables);
    await this.#virtuals.use(instances);
    const keys = new Set([...plan.statics, ...plan.tables].map(({ key }) => key));
    await this.#holdings.remove(
      nobody,
      before.filter(({ key }) => !keys.has(key)),
    );
    await this.#holdings.add(nobody, plan.statics);
    const told: Record<string, Status> = {};
    const found = await checks.watch(plan.checks, (id, status) => {
      told[id] = status;
      this.#driver.tell(id, status);
    });
    const trackers = instances.flatMap(({ config }) => config.trackers.map(({ id }) => id));
    this.#succession.take(plan, { ...found, ...told, ...this.#terrain.statuses(trackers) });
  }

  /** Real-time scheduling for as long as a plan asks for it. */
  #hurry(priority: number | undefined): void {
    if (priority === this.#realTime) return;
    this.#realTime = priority;
    const refused = this.#tools.scheduler.realTime(priority);
    if (refused === undefined) return;
    const mends = "CAP_SYS_NICE or LimitRTPRIO= of systemd allows it";
    const message = `no real-time scheduling (${refused}), so a busy host may be taken for a dead one; ${mends}`;
    this.#tools.log.write("warning", message);
  }

  /** Addresses that a former run has left would be taken for the host's own (vrrp.c, vrrp_restore_interfaces_startup). */
  async #removeLeftovers(plan: RunPlan): Promise<void> {
    const { network, log } = this.#tools;
    const resources = [
      ...plan.parts.flatMap(({ instances }) => instances),
      { resources: plan.statics },
    ].flatMap((each) => each.resources);
    const left = resources.filter(({ kind, announcement, family }) => {
      if (kind !== "address" || !announcement) return false;
      const known = this.#terrain.ground.get(announcement.interface)?.addresses ?? [];
      return known.some((each) => each.family === family && each.address === announcement.address);
    });
    if (left.length === 0) return;
    log.write("info", `removes what a former run has left: ${left.map(({ remove }) => remove).join(", ")}`);
    await network.apply(left.map(({ remove }) => remove));
  }

  /** The same file on a machine that has changed; several changes at once count as one. */
  #replan(): void {
    if (this.#replans || !this.#plan) return;
    this.#replans = true;
    void this.#next(async () => {
      this.#replans = false;
      if (this.#stopping) return;
      await this.#virtuals.remake((name) => this.#terrain.ground.has(name));
      const plan = this.#planner(this.#terrain.ground);
      if (essence(plan) !== essence(this.#plan)) await this.#take(plan);
    });
  }

  /** What has to be set around virtual interfaces; what their reverse path needs is found out once. */
  async #settingsFor(instances: readonly InstancePlan[]): Promise<readonly Setting[]> {
    const virtuals = instances.flatMap((instance) => instance.virtuals);
    if (!virtuals.some(({ settings }) => settings.some(([path]) => path.endsWith("/rp_filter")))) {
      return outside(virtuals);
    }
    const own = new Set(virtuals.map(({ name }) => name));
    const others = [...this.#terrain.ground.keys()].filter((name) => !own.has(name));
    this.#reversePath ??= reversePathSettings(this.#tools.network, others);
    return [...outside(virtuals), ...(await this.#reversePath)];
  }

  async #stop(): Promise<void> {
    const { checks, notifier, announcer, guard } = this.#tools;
    const parts = this.#driver.parts;
    for (const part of parts) this.#driver.step(part, { on: "stop" });
    this.#driver.halt();
    checks.close();
    await Promise.all(parts.map(({ tail }) => tail));
    await this.#holdings.remove(nobody, this.#plan?.statics ?? []);
    for (const notice of stopNotices(parts)) notifier.tell(notice);
    this.#unwatch();
    this.#doors.close();
    await this.#virtuals.use([]);
    await this.#holdings.remove(nobody, this.#plan?.tables ?? []);
    await this.#settings.use([]);
    if (this.#plan?.shutdown) await notifier.run(this.#plan.shutdown, this.#plan.shutdownTimeout);
    await notifier.close();
    announcer.close();
    await guard.dismiss();
  }
}
