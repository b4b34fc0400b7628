/** `vrrp-gen --spec FILE`: the wish in a file. */
import path from "node:path";
import type { Intent, IntentPath } from "../generate/intent.ts";
import { readSpec } from "../generate/spec.ts";
import { lineMap } from "../lines.ts";
import type { Wish } from "./gen-cluster.ts";
import { authenticationOf, readPassword } from "./gen-intent.ts";
import type { GenOptions } from "./gen-options.ts";
import { readText } from "./gen-output.ts";
import { standardInput, Texts } from "./texts.ts";
import { UsageError, type World } from "./world.ts";

/**
 * What the description that the options name wants, with the places of its parts as `cluster.yaml:3:5: `. Throws
 * UsageError with line and column of everything wrong in it.
 */
export function specWish(options: GenOptions, world: World): Wish {
  const file = options.spec ?? standardInput;
  const text = readText(file, new Texts(world));
  const lines = lineMap(text);
  const where = ({ start }: { readonly start: number }) => {
    const { line, column } = lines.positionAt(start);
    return `${file}:${line}:${column}: `;
  };
  const folder = file === standardInput ? "." : path.dirname(file);
  const result = readSpec(text, {
    readPassword: (name) => readPassword(path.isAbsolute(name) ? name : path.join(folder, name), world),
  });
  if (result.is === "faults")
    throw new UsageError(
      result.faults.map(({ span, message }) => `${where(span)}${message}`).join("\nvrrp-gen: "),
    );
  const whereOf = ({ about }: { readonly about?: IntentPath | undefined }) =>
    about ? where(result.placeOf(about)) : `${file}: `;
  return { intent: withOptions(result.intent, options, world), whereOf };
}

/** Password and release may come from outside: the first because it is a secret, the second because it changes. */
function withOptions(intent: Intent, options: GenOptions, world: World): Intent {
  const written = intent.common.authentication;
  const asked = options.auth !== undefined || options.passwordFile !== undefined || written === undefined;
  const authentication = asked ? authenticationOf(options, world) : written;
  return { ...intent, target: options.target ?? intent.target, common: { ...intent.common, authentication } };
}
