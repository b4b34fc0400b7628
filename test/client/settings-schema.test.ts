/** The schema of the settings file and the reader of that file say the same. */
import { describe, expect, test } from "vitest";
import { settingsSchemaText } from "../../scripts/editor/settings-schema.ts";
import { readSettings } from "../../src/language/settings.ts";
import { rules } from "../../src/rules/index.ts";
import { properties } from "../../src/rules/properties.ts";

const schema = JSON.parse(settingsSchemaText());
const read = (settings: object) => readSettings(JSON.stringify(settings), (file) => file);

/** One sound value and one wrong value of each setting. */
const samples: Readonly<Record<string, readonly [sound: unknown, wrong: unknown]>> = {
  rules: [{ "xh-priority-tie": "off" }, { "xh-priority-tie": "loud" }],
  target: ["2.2.7", "new"],
  configId: ["main", 7],
  hosts: [{ lb1: "lb1.conf" }, { lb1: 1 }],
  complete: [true, "yes"],
  maxWarnings: [0, -1],
};

describe("every setting of the schema", () => {
  test("has samples here", () => {
    expect(Object.keys(schema.properties).toSorted()).toEqual(Object.keys(samples).toSorted());
  });

  test.each(Object.entries(samples))("%s is read, and refused when it is wrong", (name, [sound, wrong]) => {
    expect(() => read({ [name]: sound })).not.toThrow();
    expect(() => read({ [name]: wrong })).toThrow();
  });
});

test("the reader knows no setting beyond the schema", () => {
  const message = (() => {
    try {
      return String(read({ qqqqqq: 1 }));
    } catch (error) {
      return String(error);
    }
  })();
  const known = /there are: (.*)$/.exec(message)?.[1]?.split(", ") ?? [];
  expect(known.toSorted()).toEqual(Object.keys(schema.properties).toSorted());
});

test("every rule has its levels", () => {
  const levels = schema.properties.rules.properties;
  expect(Object.keys(levels)).toEqual([...rules, ...properties].map(({ id }) => id).toSorted());
  const [rule] = rules;
  expect(levels[rule?.id ?? ""]).toEqual({
    enum: ["error", "warning", "info", "hint", "off"],
    default: rule?.severity,
    description: rule?.summary,
  });
});
