/** What a client's settings say. Clients send whatever their users wrote, so nothing in them is taken for granted. */
import { severities } from "../diagnostic.ts";
import { type ClientSettings, defaultClientSettings } from "./requests.ts";
import { isRelease, ruleProblem } from "./settings.ts";

/** Settings, and what could not be used of them: a sentence each. */
export interface SaidSettings {
  readonly settings: ClientSettings;
  readonly problems: readonly string[];
}

type Told = (name: string, expected: string) => void;

/** Reads the section `keepalived` of a client. What has the wrong shape counts as not said. */
export function readClientSettings(said: unknown): SaidSettings {
  const problems: string[] = [];
  const tell: Told = (name, expected) => problems.push(`The setting keepalived.${name} must be ${expected}.`);
  const all = membersOf(said);
  const take = <K extends keyof ClientSettings>(
    name: K,
    expected: string,
    fits: (value: unknown) => boolean,
  ) => taken(all, { name, expected, fits, fallback: defaultClientSettings[name], tell });
  const format = membersOf(all["format"]);
  const flag = (name: "enable" | "alignValues") =>
    taken(format, {
      name,
      expected: "true or false",
      fits: isBoolean,
      fallback: defaultClientSettings.format[name],
      tell: (_, expected) => tell(`format.${name}`, expected),
    });
  return {
    settings: {
      target: take("target", 'a release such as "2.2.7"', isTarget).replace(/^v/, ""),
      configId: take("configId", "a text", isText),
      hosts: take("hosts", "an object of names and files", isTexts),
      complete: take("complete", "true, false or null", (value) => value === null || isBoolean(value)),
      rules: rulesOf(all["rules"], tell),
      maxProblems: take("maxProblems", "a whole number above 0", isCount),
      inlayHints: take("inlayHints", "true or false", isBoolean),
      codeLens: take("codeLens", "true or false", isBoolean),
      format: { enable: flag("enable"), alignValues: flag("alignValues") },
    },
    problems,
  };
}

interface Wanted<T> {
  readonly name: string;
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
  readonly fallback: T;
  readonly tell: Told;
}

function taken<T>(
  all: Readonly<Record<string, unknown>>,
  { name, expected, fits, fallback, tell }: Wanted<T>,
): T {
  const value = all[name];
  if (value === undefined) return fallback;
  if (fits(value)) return value as T;
  tell(name, expected);
  return fallback;
}

/** Each rule by itself: one that is misspelt leaves the others as they are. */
function rulesOf(said: unknown, tell: Told): ClientSettings["rules"] {
  const levels: readonly unknown[] = [...severities, "off"];
  const known = Object.entries(membersOf(said)).filter(([id, level]) => {
    const isRule = ruleProblem(id) === undefined && levels.includes(level);
    if (!isRule) tell(`rules["${id}"]`, `one of ${levels.join(", ")}, for a rule that there is`);
    return isRule;
  });
  return Object.fromEntries(known) as ClientSettings["rules"];
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
}

const isText = (value: unknown): value is string => typeof value === "string";
const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
const isTarget = (value: unknown) => isText(value) && (value === "" || isRelease(value));
const isCount = (value: unknown) => typeof value === "number" && Number.isInteger(value) && value > 0;
const isTexts = (value: unknown) =>
  value !== null && typeof value === "object" && !Array.isArray(value) && Object.values(value).every(isText);
