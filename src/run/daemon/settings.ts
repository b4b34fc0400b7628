/** Settings below /proc/sys that the file asks for; each one is put back as it was when the daemon ends. */
import type { Tools } from "./tools.ts";

type Setting = readonly [path: string, value: string];

export class Settings {
  readonly #tools: Pick<Tools, "network" | "log">;
  readonly #before = new Map<string, string>();

  constructor(tools: Pick<Tools, "network" | "log">) {
    this.#tools = tools;
  }

  /** Sets these, and puts back those that are not among them any more. */
  async use(settings: readonly Setting[]): Promise<void> {
    const wanted = new Set(settings.map(([path]) => path));
    for (const [path, value] of this.#before) {
      if (wanted.has(path)) continue;
      this.#before.delete(path);
      await this.#set([path, value]);
    }
    for (const [path, value] of settings) {
      const before = await this.#tools.network.readSetting(path);
      if (before === value) continue;
      if (before !== undefined && !this.#before.has(path)) this.#before.set(path, before);
      await this.#set([path, value]);
    }
  }

  async #set([path, value]: Setting): Promise<void> {
    const fault = await this.#tools.network.setting(path, value);
    if (fault !== undefined) this.#tools.log.write("warning", `setting ${path} to ${value}: ${fault}`);
  }
}
