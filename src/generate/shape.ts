/** Shapes of documents as data: what may stand where. One description checks a document and becomes its JSON schema. */
import { nearest } from "../schema/nearest.ts";

interface Described {
  /** Our own words; in the schema, and so in editors. */
  readonly doc?: string;
}

export type Shape = Described &
  (
    | { readonly is: "text"; readonly pattern?: RegExp; readonly what?: string }
    | { readonly is: "whole"; readonly min: number; readonly max: number }
    | { readonly is: "seconds"; readonly min: number; readonly max: number }
    | { readonly is: "flag" }
    /** Only false. */
    | { readonly is: "no" }
    | { readonly is: "one-of"; readonly of: readonly (string | number)[] }
    | { readonly is: "list"; readonly of: Shape }
    /** Names that the author chooses, each with a value. */
    | { readonly is: "map"; readonly of: Shape }
    | ({ readonly is: "record"; readonly members: Readonly<Record<string, Member>> } & Bonds)
    /** The first that fits by its kind: texts, lists and records can be told apart. */
    | { readonly is: "either"; readonly of: readonly Shape[] }
  );

/** What the members of a record have to do with one another. */
interface Bonds {
  /** Exactly one of these has to be there. */
  readonly exactlyOne?: readonly string[];
  /** A member, and the one that has to be there with it. */
  readonly together?: Readonly<Record<string, string>>;
  /** Pairs of members that exclude each other. */
  readonly apart?: readonly (readonly [string, string])[];
}

export interface Member {
  readonly shape: Shape;
  readonly needed?: true;
}

/** A shape with another description. */
export function described(doc: string, shape: Shape): Shape {
  return { ...shape, doc };
}

/** Where in a document something is wrong: member names and list indices; `atName` means the name, not the value. */
export interface ShapeFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly atName?: true;
}

/** Everything in a value that does not fit its shape. */
export function faultsOf(
  shape: Shape,
  value: unknown,
  path: readonly (string | number)[] = [],
): readonly ShapeFault[] {
  const expected = [{ path, message: `expected is ${wordsFor(shape)}` }];
  switch (shape.is) {
    case "list":
      return Array.isArray(value)
        ? value.flatMap((item, index) => faultsOf(shape.of, item, [...path, index]))
        : expected;
    case "map":
      return isObject(value)
        ? Object.entries(value).flatMap(([name, item]) => faultsOf(shape.of, item, [...path, name]))
        : expected;
    case "record":
      return isObject(value)
        ? [...recordFaults(shape.members, value, path), ...bondFaults(shape, value, path)]
        : expected;
    case "either": {
      const branch = shape.of.find((each) => sameKind(each, value));
      return branch ? faultsOf(branch, value, path) : expected;
    }
    default:
      return fits(shape, value) ? [] : expected;
  }
}

function recordFaults(
  members: Readonly<Record<string, Member>>,
  value: Readonly<Record<string, unknown>>,
  path: readonly (string | number)[],
): readonly ShapeFault[] {
  const names = Object.keys(members);
  const inside = Object.entries(value).flatMap(([name, item]): readonly ShapeFault[] => {
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    if (member) return faultsOf(member.shape, item, [...path, name]);
    return [
      {
        path: [...path, name],
        message: strayText(name, names),
        atName: true,
      },
    ];
  });
  const missing = names.filter((name) => members[name]?.needed && !Object.hasOwn(value, name));
  return [...inside, ...missing.map((name) => ({ path, message: `"${name}" is missing` }))];
}

function strayText(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant === undefined
    ? `there is no "${name}" here, but: ${known.join(", ")}`
    : `there is no "${name}" here; did you mean "${meant}"?`;
}

function bondFaults(
  { exactlyOne, together = {}, apart = [] }: Bonds,
  value: Readonly<Record<string, unknown>>,
  path: readonly (string | number)[],
): readonly ShapeFault[] {
  const has = (name: string) => Object.hasOwn(value, name);
  const lonely = Object.entries(together).filter(([name, other]) => has(name) && !has(other));
  return [
    ...(exactlyOne && exactlyOne.filter(has).length !== 1
      ? [{ path, message: `expected is exactly one of ${exactlyOne.join(", ")}` }]
      : []),
    ...lonely.map(
      ([name, other]): ShapeFault => ({
        path: [...path, name],
        message: `"${name}" has a meaning only with "${other}"`,
        atName: true,
      }),
    ),
    ...apart
      .filter((pair) => pair.every(has))
      .map(
        ([one, other]): ShapeFault => ({
          path: [...path, other],
          message: `"${other}" has no meaning with "${one}"`,
          atName: true,
        }),
      ),
  ];
}

function fits(shape: Exclude<Shape, { is: "list" | "map" | "record" | "either" }>, value: unknown): boolean {
  switch (shape.is) {
    case "text":
      return typeof value === "string" && value !== "" && (shape.pattern?.test(value) ?? true);
    case "whole":
      return Number.isInteger(value) && isBetween(value, shape);
    case "seconds":
      return isBetween(value, shape);
    case "flag":
      return typeof value === "boolean";
    case "no":
      return value === false;
    case "one-of":
      return shape.of.some((each) => each === value);
  }
}

function isBetween(value: unknown, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return typeof value === "number" && value >= min && value <= max;
}

/** Whether a value is of the kind that a shape describes, be it right or wrong in itself. */
function sameKind(shape: Shape, value: unknown): boolean {
  switch (shape.is) {
    case "list":
      return Array.isArray(value);
    case "map":
    case "record":
      return isObject(value);
    case "one-of":
      return shape.of.some((each) => each === value);
    case "text":
      return typeof value === "string";
    case "flag":
      return typeof value === "boolean";
    case "no":
      return value === false;
    case "either":
      return shape.of.some((each) => sameKind(each, value));
    default:
      return typeof value === "number";
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wordsFor(shape: Shape): string {
  switch (shape.is) {
    case "text":
      return shape.what ?? "a text";
    case "whole":
      return `a whole number from ${shape.min} to ${shape.max}`;
    case "seconds":
      return `a number of seconds from ${shape.min} to ${shape.max}`;
    case "flag":
      return "true or false";
    case "no":
      return "false";
    case "one-of":
      return shape.of.join(" or ");
    case "list":
      return `a list, each ${wordsFor(shape.of)}`;
    case "map":
      return `names, each with ${wordsFor(shape.of)}`;
    case "record":
      return `an object with ${Object.keys(shape.members).join(", ")}`;
    case "either":
      return shape.of.map(wordsFor).join(", or ");
  }
}

/** A shape as JSON schema (draft 2020-12, the parts that every tool knows). */
export function jsonSchema(shape: Shape): Readonly<Record<string, unknown>> {
  const doc = shape.doc === undefined ? {} : { description: shape.doc };
  return { ...doc, ...schemaOf(shape) };
}

function schemaOf(shape: Shape): Readonly<Record<string, unknown>> {
  switch (shape.is) {
    case "text":
      return { type: "string", minLength: 1, ...(shape.pattern ? { pattern: shape.pattern.source } : {}) };
    case "whole":
      return { type: "integer", minimum: shape.min, maximum: shape.max };
    case "seconds":
      return { type: "number", minimum: shape.min, maximum: shape.max };
    case "flag":
      return { type: "boolean" };
    case "no":
      return { const: false };
    case "one-of":
      return { enum: shape.of };
    case "list":
      return { type: "array", items: jsonSchema(shape.of) };
    case "map":
      return { type: "object", additionalProperties: jsonSchema(shape.of) };
    case "record":
      return { ...recordSchema(shape.members), ...bondSchema(shape) };
    case "either":
      return { anyOf: shape.of.map(jsonSchema) };
  }
}

function recordSchema(members: Readonly<Record<string, Member>>): Readonly<Record<string, unknown>> {
  const all = Object.entries(members);
  const needed = all.filter(([, member]) => member.needed).map(([name]) => name);
  return {
    type: "object",
    properties: Object.fromEntries(all.map(([name, member]) => [name, jsonSchema(member.shape)])),
    ...(needed.length > 0 ? { required: needed } : {}),
    additionalProperties: false,
  };
}

function bondSchema({ exactlyOne, together, apart }: Bonds): Readonly<Record<string, unknown>> {
  return {
    ...(exactlyOne ? { oneOf: exactlyOne.map((name) => ({ required: [name] })) } : {}),
    ...(together
      ? {
          dependentRequired: Object.fromEntries(
            Object.entries(together).map(([name, other]) => [name, [other]]),
          ),
        }
      : {}),
    ...(apart ? { allOf: apart.map((pair) => ({ not: { required: pair } })) } : {}),
  };
}
