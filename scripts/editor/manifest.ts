/** The manifest of the extension as it is packed: client/package.json with what the project knows by itself. */
import { levelsOfRules } from "./settings-schema.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * Fills in the version and, for the setting `keepalived.rules`, every rule with what it finds, so that an editor completes
 * and explains them. Throws when the manifest has no such setting.
 */
export function packedManifest(manifest: Json, version: string): Json {
  const { private: _, ...packed } = manifest;
  const contributes = member(packed, "contributes");
  const configuration = member(contributes, "configuration");
  const settings = member(configuration, "properties");
  const ofRules = { ...member(settings, "keepalived.rules"), properties: levelsOfRules() };
  return {
    ...packed,
    version,
    contributes: {
      ...contributes,
      configuration: { ...configuration, properties: { ...settings, "keepalived.rules": ofRules } },
    },
  };
}

function member(of: Json, name: string): Json {
  const found = of[name];
  if (typeof found !== "object" || found === null) throw new Error(`client/package.json has no ${name}`);
  return found as Json;
}
