/** What an instance puts on the machine while it is master, on which interface, in keepalived's order. */
import type { Instance, VirtualAddress } from "../../model/host.ts";
import { addressResource, wantsOwnMac } from "./addresses.ts";
import { routeResource } from "./routes.ts";
import type { Resource, VirtualInterface } from "./types.ts";
import {
  allAddressesHaveMac,
  type VirtualInterfaces,
  type VirtualWish,
  wishOf,
} from "./virtual-interfaces.ts";

/** Addresses with the virtual interfaces that they ask for. */
export interface Placed {
  readonly resources: readonly Resource[];
  readonly virtuals: readonly VirtualInterface[];
}

/** The addresses of an instance. `own` is the interface with its virtual MAC address, where it has one. */
export function placeAddresses(
  instance: Instance,
  own: VirtualInterface | undefined,
  interfaces: VirtualInterfaces,
): Placed {
  const wish = wishOf(instance);
  const virtuals: VirtualInterface[] = [];
  const resources = [...instance.addresses, ...instance.excluded].flatMap((address) => {
    const device = placeOf(instance, address, own, wish, interfaces, virtuals);
    return device === undefined ? [] : [addressResource(address, device)];
  });
  return { resources, virtuals };
}

/** An address that lies neither on an interface of its own nor on the instance's cannot be had. */
function placeOf(
  instance: Instance,
  address: VirtualAddress,
  own: VirtualInterface | undefined,
  wish: VirtualWish | undefined,
  interfaces: VirtualInterfaces,
  virtuals: VirtualInterface[],
): string | undefined {
  const base = instance.interface?.value;
  const device = address.device ?? base;
  const sameFamily = address.family === instance.family;
  if (own && device === base && (sameFamily || wish?.kind === "ipvlan")) return own.name;
  const asksForMac = wantsOwnMac(address) || allAddressesHaveMac(instance);
  const isElsewhere = device !== base || !sameFamily;
  const has = wantsOwnMac(address) || (asksForMac && isElsewhere);
  if (!has || device === undefined) return device;
  const made = interfaces.ofAddress(instance, wish, device, address.family);
  if (made !== own && !virtuals.includes(made)) virtuals.push(made);
  return made.name;
}

/** The routes of an instance. */
export function routesOf({ virtualRoutes }: Instance): readonly Resource[] {
  return virtualRoutes.flatMap((line) => routeResource(line) ?? []);
}
