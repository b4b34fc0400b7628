/** Keys of auth_hmac that stand in files of their own: the model knows only where. */
import { fileOfKey, keyInFile } from "../../model/machine-signing.ts";
import type { Config } from "../../vrrp/machine-types.ts";
import type { Signing } from "../../vrrp/wire.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * The configuration with the keys that the files hold. An instance whose key cannot be read lacks it: with another key
 * it would hear no other host, and become a second master.
 */
export function withKeysOfFiles(
  config: Config,
  { keyFile }: Pick<Surroundings, "keyFile">,
): { readonly config: Config; readonly lacks: string | undefined } {
  const { signing } = config.reception.wire;
  if (!signing) return { config, lacks: undefined };
  let lacks: string | undefined;
  const keys: Record<number, Uint8Array> = {};
  for (const [id, key] of Object.entries(signing.keys)) {
    const path = fileOfKey(key);
    const found = path === undefined ? { key } : read(path, keyFile(path));
    if ("key" in found) keys[Number(id)] = found.key;
    else lacks ??= found.lacks;
  }
  return { config: signedWith(config, { ...signing, keys }), lacks };
}

function read(path: string, file: ReturnType<Surroundings["keyFile"]>) {
  if ("problem" in file) return { lacks: `the key file ${path} cannot be read: ${file.problem}` };
  const key = keyInFile(file.content);
  return key ? { key } : { lacks: `the key file ${path} does not hold 32 to 64 bytes` };
}

function signedWith(config: Config, signing: Signing): Config {
  const { reception } = config;
  return { ...config, reception: { ...reception, wire: { ...reception.wire, signing } } };
}
