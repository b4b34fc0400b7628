/** `vrrp-gen --spec FILE`: the wish in a file. */
import path from "node:path";
import type { Intent, IntentPath, Refusal } from "../generate/intent.ts";
import { readSpec } from "../generate/spec.ts";
import { lineMap } from "../lines.ts";
import { authenticationOf, readPassword } from "./gen-intent.ts";
import type { GenOptions } from "./gen-options.ts";
import { standardInput, Texts, UnreadableError } from "./texts.ts";
import { UsageError, type World } from "./world.ts";

/** What a description wants, and how messages name a place in it: `cluster.yaml:3:5: `. */
export interface SpecWish {
  readonly intent: Intent;
  readonly whereOf: (refusal: Refusal) => string;
}

/** Reads the description that the options name. Throws UsageError with line and column of everything wrong in it. */
export function specWish(file: string, options: GenOptions, world: World): SpecWish {
  const [stray] = strayOptions(options);
  if (stray !== undefined)
    throw new UsageError(`${stray} and --spec exclude each other: write it into ${file}`);
  const text = readText(file, world);
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

function readText(file: string, world: World): string {
  try {
    return new Texts(world).read(file);
  } catch (error) {
    if (error instanceof UnreadableError) throw new UsageError(error.message);
    throw error;
  }
}

/** Password and release may come from outside: the first because it is a secret, the second because it changes. */
function withOptions(intent: Intent, options: GenOptions, world: World): Intent {
  const written = intent.common.authentication;
  const asked = options.auth !== undefined || options.passwordFile !== undefined || written === undefined;
  const authentication = asked ? authenticationOf(options, world) : written;
  return { ...intent, target: options.target ?? intent.target, common: { ...intent.common, authentication } };
}

/** Options that describe a cluster, which the description does. */
function strayOptions(options: GenOptions): readonly string[] {
  const given: Readonly<Record<string, boolean>> = {
    "--pair": options.pair,
    "--host": options.hosts.length > 0,
    "--interface": options.interfaces.length > 0,
    "--router": options.routers.length > 0,
    "--unicast": options.unicast,
    "--version": options.version !== undefined,
    "--advert-int": options.advertInterval !== undefined,
    "--track-script": options.scripts.length > 0,
    "--track-process": options.processes.length > 0,
    "--track-interface": options.trackInterfaces.length > 0,
    "--track-file": options.trackFiles.length > 0,
    "--track-weight": options.weight !== undefined,
    "--notify": options.notify !== undefined,
    "--mail": options.mail.length > 0,
    "--mail-from": options.mailFrom !== undefined,
    "--mail-server": options.mailServer !== undefined,
    "--nopreempt": options.nopreempt,
    "--preempt-delay": options.preemptDelay !== undefined,
    "--vmac": options.vmac,
    "--sync-group": options.syncGroup,
    "--script-user": options.scriptUser !== undefined,
  };
  return Object.keys(given).filter((option) => given[option]);
}
