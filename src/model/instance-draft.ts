/** A vrrp_instance while it is being read: what its lines gave, before anything is compared or defaulted. */
import type { Place } from "../diagnostic.ts";
import type { Statement } from "../schema/statement.ts";
import type { Family, RefusedAddress, Spot, UnicastPeer, VirtualAddress } from "./host.ts";

/** Absent means not written, or written and refused. */
export interface InstanceDraft {
  readonly name: string;
  readonly header: Place;
  readonly block: Statement;
  family: Family | undefined;
  version: Spot<2 | 3> | undefined;
  interface: Spot<string> | undefined;
  vrid: Spot<number> | undefined;
  state: Spot<"MASTER" | "BACKUP"> | undefined;
  priority: Spot<number> | undefined;
  /** In microseconds. */
  advertInterval: Spot<number> | undefined;
  /** In microseconds. */
  preemptDelay: Spot<number> | undefined;
  nopreempt: Spot<boolean> | undefined;
  accept: Spot<boolean> | undefined;
  strict: Spot<boolean> | undefined;
  downTimerAdverts: Spot<number> | undefined;
  source: Spot<string> | undefined;
  multicastGroup: Spot<string> | undefined;
  checkUnicastSource: Spot<boolean> | undefined;
  vmac: Spot<boolean> | undefined;
  authType: Spot<"PASS" | "AH"> | undefined;
  authPassword: Spot<string> | undefined;
  authHmac: Statement | undefined;
  readonly addresses: VirtualAddress[];
  readonly excluded: VirtualAddress[];
  readonly refused: RefusedAddress[];
  readonly peers: UnicastPeer[];
  readonly virtualRoutes: Statement[];
  readonly virtualRules: Statement[];
}

/** The draft of a block of which no line was read yet. */
export function emptyDraft(name: string, header: Place, block: Statement): InstanceDraft {
  return {
    name,
    header,
    block,
    family: undefined,
    version: undefined,
    interface: undefined,
    vrid: undefined,
    state: undefined,
    priority: undefined,
    advertInterval: undefined,
    preemptDelay: undefined,
    nopreempt: undefined,
    accept: undefined,
    strict: undefined,
    downTimerAdverts: undefined,
    source: undefined,
    multicastGroup: undefined,
    checkUnicastSource: undefined,
    vmac: undefined,
    authType: undefined,
    authPassword: undefined,
    authHmac: undefined,
    addresses: [],
    excluded: [],
    refused: [],
    peers: [],
    virtualRoutes: [],
    virtualRules: [],
  };
}
