/** The published JSON schema and the checks of descriptions agree. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { faultsOf } from "../../src/generate/shape.ts";
import { clusterSchemaText, clusterShape } from "../../src/generate/spec-shape.ts";
import { intents } from "./intents.ts";
import { specOf } from "./spec-of.ts";

type Schema = Readonly<Record<string, unknown>>;

const list = (value: unknown) => (Array.isArray(value) ? value : []) as readonly unknown[];
const record = (value: unknown) => (value ?? {}) as Readonly<Record<string, unknown>>;
const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  array: Array.isArray,
  object: isObject,
};

/** The few words of JSON schema that ours uses, as the standard defines them; an unknown word is an error. */
const words: Readonly<Record<string, (wanted: unknown, value: unknown, schema: Schema) => boolean>> = {
  $schema: () => true,
  title: () => true,
  description: () => true,
  type: (wanted, value) => types[String(wanted)]?.(value) ?? false,
  enum: (wanted, value) => list(wanted).includes(value),
  minLength: (wanted, value) => typeof value !== "string" || value.length >= Number(wanted),
  pattern: (wanted, value) => typeof value !== "string" || new RegExp(String(wanted)).test(value),
  minimum: (wanted, value) => typeof value !== "number" || value >= Number(wanted),
  maximum: (wanted, value) => typeof value !== "number" || value <= Number(wanted),
  items: (wanted, value) => list(value).every((item) => accepts(record(wanted), item)),
  anyOf: (wanted, value) => list(wanted).some((each) => accepts(record(each), value)),
  oneOf: (wanted, value) => list(wanted).filter((each) => accepts(record(each), value)).length === 1,
  allOf: (wanted, value) => list(wanted).every((each) => accepts(record(each), value)),
  const: (wanted, value) => value === wanted,
  not: (wanted, value) => !accepts(record(wanted), value),
  required: (wanted, value) =>
    !isObject(value) || list(wanted).every((name) => Object.hasOwn(record(value), String(name))),
  dependentRequired: (wanted, value) =>
    Object.entries(record(wanted)).every(
      ([name, others]) =>
        !isObject(value) ||
        !Object.hasOwn(record(value), name) ||
        list(others).every((other) => Object.hasOwn(record(value), String(other))),
    ),
  properties: (wanted, value) =>
    !isObject(value) ||
    Object.entries(record(wanted)).every(
      ([name, schema]) => !Object.hasOwn(record(value), name) || accepts(record(schema), record(value)[name]),
    ),
  additionalProperties: (wanted, value, schema) =>
    !isObject(value) ||
    Object.entries(record(value))
      .filter(([name]) => !Object.hasOwn(record(schema["properties"]), name))
      .every(([, item]) => wanted !== false && accepts(record(wanted), item)),
};

function accepts(schema: Schema, value: unknown): boolean {
  return Object.entries(schema).every(([word, wanted]) => {
    const check = words[word];
    if (!check) throw new Error(`the schema says ${word}, which this test does not know`);
    return check(wanted, value, schema);
  });
}

const schema = record(JSON.parse(clusterSchemaText()));

/** What somebody may write by mistake somewhere. */
const slips = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    "",
    "eth0",
    "none",
    "random",
    0,
    2,
    3,
    256,
    -1,
    0.5,
    [],
    {},
    ["x"],
    [1],
  ),
  fc.constantFrom<unknown>(
    { a: "eth0" },
    { a: 1 },
    [{ process: "x", name: "y" }],
    [{ interface: "x", name: "y" }],
  ),
  fc.constantFrom<unknown>([{ script: "/x", rise: 2 }], [{ file: "/x", rise: 2 }], { password_file: "x" }, [
    { process: "x", file: "y" },
  ]),
);

/** Every way into a document, one step after the other. */
function pathsIn(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([name, item]) => pathsIn(item).map((path) => [name, ...path])),
  ];
}

function replaced(value: unknown, [step, ...rest]: readonly string[], slip: unknown): unknown {
  if (step === undefined) return slip;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[step] = replaced(copy[step], rest, slip);
  return copy;
}

test("what the checks accept the schema accepts, and the other way round", () => {
  let wrong = 0;
  fc.assert(
    fc.property(intents, slips, fc.nat(), fc.boolean(), (intent, slip, lot, extra) => {
      const { value } = specOf(intent);
      expect([faultsOf(clusterShape, value), accepts(schema, value)]).toEqual([[], true]);
      const paths = pathsIn(value);
      const path = paths[lot % paths.length] ?? [];
      const mistaken = replaced(value, extra ? [...path.slice(0, -1), "track"] : path, slip);
      const accepted = faultsOf(clusterShape, mistaken).length === 0;
      if (!accepted) wrong++;
      expect(accepts(schema, mistaken), JSON.stringify(mistaken)).toBe(accepted);
    }),
    { numRuns: 1000 },
  );
  expect(wrong).toBeGreaterThan(300);
});
