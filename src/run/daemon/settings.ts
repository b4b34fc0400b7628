/** Settings below /proc/sys that the file asks for; each one is put back as it was when the daemon ends. */
import type { VirtualInterface } from "../plan/types.ts";
import type { Network } from "../ports.ts";
import type { Tools } from "./tools.ts";

export type Setting = readonly [path: string, value: string];

/** Those of other interfaces than the virtual one itself, whose own go with it. */
export function outside(virtuals: readonly VirtualInterface[]): readonly Setting[] {
  return virtuals.flatMap(({ name, settings }) => settings.filter(([path]) => path.split("/")[3] !== name));
}

const reversePath = (device: string) => `net/ipv4/conf/${device}/rp_filter`;

/**
 * A virtual interface must not filter by reverse path, and what `all` says counts for it too. So each other interface
 * gets what `all` says for its own, and then `all` says nothing (keepalived's vrrp_if_config.c, clear_rp_filter).
 */
export async function reversePathSettings(
  network: Pick<Network, "readSetting">,
  interfaces: readonly string[],
): Promise<readonly Setting[]> {
  const filterOf = async (device: string) => Number((await network.readSetting(reversePath(device))) ?? "9");
  const all = await filterOf("all");
  if (all === 0 || all > 2) return [];
  const raised: Setting[] = [];
  for (const device of ["default", ...interfaces]) {
    if ((await filterOf(device)) < all) raised.push([reversePath(device), String(all)]);
  }
  return [...raised, [reversePath("all"), "0"]];
}

export class Settings {
  readonly #tools: Pick<Tools, "network" | "guard" | "log">;
  readonly #before = new Map<string, string>();

  constructor(tools: Pick<Tools, "network" | "guard" | "log">) {
    this.#tools = tools;
  }

  /** Sets these, and puts back those that are not among them any more. */
  async use(settings: readonly Setting[]): Promise<void> {
    const wanted = new Set(settings.map(([path]) => path));
    for (const [path, value] of this.#before) {
      if (wanted.has(path)) continue;
      this.#before.delete(path);
      await this.#set([path, value]);
      this.#tools.guard.release(keyOf(path));
    }
    for (const [path, value] of settings) {
      const before = await this.#tools.network.readSetting(path);
      if (before === value) continue;
      if (before !== undefined && !this.#before.has(path)) {
        this.#before.set(path, before);
        this.#tools.guard.hold(keyOf(path), { setting: [path, before] });
      }
      await this.#set([path, value]);
    }
  }

  async #set([path, value]: Setting): Promise<void> {
    const fault = await this.#tools.network.setting(path, value);
    if (fault !== undefined) this.#tools.log.write("warning", `setting ${path} to ${value}: ${fault}`);
  }
}

const keyOf = (path: string) => `setting ${path}`;
