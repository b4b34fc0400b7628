/** What pairing sees of a host. While it stays the same, an edit changes nothing about which instances belong together. */
import { areSame } from "../alike.ts";
import type { Host, Instance } from "./host.ts";

const ofHosts = new WeakMap<Host, readonly string[]>();
const ofInstances = new WeakMap<Instance, string>();

/** A text for the host and one for each of its instances: hosts that agree in all of them are paired alike. */
export function featuresOf(host: Host): readonly string[] {
  const known = ofHosts.get(host);
  if (known) return known;
  const { file, name, configId, instances } = host;
  const features = [JSON.stringify([file, name, configId]), ...instances.map(featuresOfInstance)];
  ofHosts.set(host, features);
  return features;
}

/** Whether two lists of hosts agree in the features that `featuresOf` gives. */
export function areAlike(
  one: readonly (readonly string[])[],
  other: readonly (readonly string[])[],
): boolean {
  return one.length === other.length && one.every((each, index) => areSame(each, other[index] ?? []));
}

/** How many states are remembered: somebody types, takes it back, and types again. */
const mostRemembered = 4;

/** What is remembered of pairing when another state comes, or one of those comes back. */
export function latestFirst<T>(latest: T, known: readonly T[] = []): readonly T[] {
  if (known[0] === latest) return known;
  return [latest, ...known.filter((each) => each !== latest)].slice(0, mostRemembered);
}

/** Everything that kinship.ts, partners.ts and pairing.ts look at. */
function featuresOfInstance(instance: Instance): string {
  const known = ofInstances.get(instance);
  if (known !== undefined) return known;
  const { name, family, uncertain, vrid, interface: device, source, authentication } = instance;
  const { addresses, excluded, refused, peers } = instance;
  const { type, password } = authentication.value;
  const features = JSON.stringify([
    [name, family, uncertain, vrid?.value, device?.value, device?.unknown, source?.value],
    [type, password, authentication.unknown],
    addresses.map(({ address, prefix }) => [address, prefix]),
    excluded.map(({ address }) => address),
    refused.map(({ address }) => address),
    peers.map(({ address }) => address),
  ]);
  ofInstances.set(instance, features);
  return features;
}
