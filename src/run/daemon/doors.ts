/** The sockets of the daemon: one for all instances that use the same, as in keepalived's pool. */
import type { InstancePlan } from "../plan/types.ts";
import type { AdvertSocket, SocketPlan } from "../ports.ts";
import { essence, type Tools } from "./tools.ts";

/** A socket, which may be closed for a while because its interface is missing. */
export interface Door {
  readonly plan: SocketPlan;
  socket: AdvertSocket | undefined;
  /** Why the machine has not given one, in words. */
  refused: string | undefined;
  /** How many instances use it. */
  users: number;
}

export class Doors {
  readonly #doors = new Map<string, Door>();
  readonly #tools: Pick<Tools, "sockets" | "log">;
  readonly #arrived: (door: Door, packet: Uint8Array) => void;

  /** Tells `arrived` of every packet. */
  constructor(tools: Pick<Tools, "sockets" | "log">, arrived: (door: Door, packet: Uint8Array) => void) {
    this.#tools = tools;
    this.#arrived = arrived;
  }

  /** The socket for an instance, opened unless it is open already, the machine lacks something, or refuses. */
  use({ socket: plan, lacks }: Pick<InstancePlan, "socket" | "lacks">): Door {
    const key = essence(plan);
    const door = this.#doors.get(key) ?? { plan, socket: undefined, refused: undefined, users: 0 };
    this.#doors.set(key, door);
    door.users += 1;
    if (!door.socket && lacks === undefined) this.open(door);
    return door;
  }

  /** Closes a socket with its last user. */
  leave(door: Door): void {
    door.users -= 1;
    if (door.users > 0) return;
    this.shut(door);
    this.#doors.delete(essence(door.plan));
  }

  /** Opens a socket anew; what goes wrong is in the log. */
  open(door: Door): void {
    this.shut(door);
    door.refused = undefined;
    const name = nameOf(door.plan);
    try {
      door.socket = this.#tools.sockets.open(door.plan, {
        packet: (bytes) => this.#arrived(door, bytes),
        fault: (message) => this.#tools.log.write("warning", `socket for ${name}: ${message}`),
      });
    } catch (error) {
      door.refused = (error as Error).message;
      this.#tools.log.write("error", `socket for ${name}: ${door.refused}`);
    }
  }

  /** Closes a socket for the time being. */
  shut(door: Door): void {
    door.socket?.close();
    door.socket = undefined;
  }

  /** Those that stand on an interface. */
  on(interfaceName: string): readonly Door[] {
    return [...this.#doors.values()].filter(({ plan }) => {
      return plan.interface === interfaceName || plan.sendInterface === interfaceName;
    });
  }

  close(): void {
    for (const { socket } of this.#doors.values()) socket?.close();
    this.#doors.clear();
  }
}

function nameOf({ family, interface: name, source, protocol }: SocketPlan): string {
  const where = name ?? source ?? "any interface";
  return `IPv${family}, protocol ${protocol}, on ${where}`;
}
