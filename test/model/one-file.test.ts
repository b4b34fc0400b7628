/** One file for the whole cluster, told apart by conditions. */
import { describe, expect, test } from "vitest";
import { readHosts } from "../../src/model/read.ts";

const hosts = (text: string, path = "keepalived.conf", configId?: string) =>
  readHosts({ path, text, configId }).map(({ name, configId: id }) => [name, id]);

describe("the hosts of one file", () => {
  test.each<[string, string, (string | undefined)[][]]>([
    ["no conditions", "global_defs {\n}\n", [["keepalived", undefined]]],
    [
      "a name for each host",
      "@a $P=1\n@b $P=2\n",
      [
        ["a", "a"],
        ["b", "b"],
      ],
    ],
    [
      "one name and its negation",
      "@main $P=1\n@^main $P=2\n",
      [
        ["main", "main"],
        ["other", "other"],
      ],
    ],
    ["one name alone", "@main $P=1\n", [["main", "main"]]],
  ])("%s", (_name, text, expected) => {
    expect(hosts(text)).toEqual(expected);
  });

  test("is the host that was named", () => {
    expect(hosts("@a $P=1\n@b $P=2\n", "keepalived.conf", "b")).toEqual([["keepalived", "b"]]);
    expect(hosts("@a $P=1\n@b $P=2\n", "a.conf")).toEqual([["a", "a"]]);
  });
});
