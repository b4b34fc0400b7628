/**
 * client/snippets.json: whole blocks to fill in. Blocks come from the schema's examples; what no single keyword has an
 * example for, a whole file or blocks that belong together, is written here. `npm run docs` writes the file.
 */
import { rootKeywords } from "../../src/schema/index.ts";
import { walk } from "../../src/schema/statement.ts";
import { buildTree } from "../../src/schema/tree.ts";
import type { Keyword } from "../../src/schema/types.ts";
import { expand } from "../../src/syntax/expand.ts";
import { parseSource } from "../../src/syntax/parse.ts";

/** A snippet as VS Code reads it. */
export interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

/** All snippets by the names that the list of an editor shows. */
export function snippets(): Readonly<Record<string, Snippet>> {
  const blocks = rootKeywords.filter(
    ({ keywords, lines, deprecated, build }) => (keywords ?? lines) && !deprecated && !build,
  );
  return Object.fromEntries([...blocks.map(ofBlock), ...whole]);
}

/** The snippets as the text of their file. */
export function snippetsText(): string {
  return `${JSON.stringify(snippets(), undefined, 2)}\n`;
}

function ofBlock({ name, doc, example }: Keyword): readonly [string, Snippet] {
  const description = doc.split(/(?<=\.)\s/)[0] ?? doc;
  return [`${name} block`, { prefix: `${name}-block`, description, body: withStops(example) }];
}

/** A text in which every value is a place to fill in; keywords, names of options and braces stay as they are. */
function withStops(example: string): string[] {
  const expansion = expand(parseSource("example", example));
  const { statements } = buildTree(expansion, rootKeywords);
  const values = [...walk(statements)].flatMap(({ words, entry, parent }) => {
    const options = entry?.options ?? parent?.entry?.lines?.options ?? [];
    return words.filter(
      ({ text }, index) => !(index === 0 && entry) && !options.some(({ name }) => name === text),
    );
  });
  let body = "";
  let end = 0;
  for (const [index, { at, quoted }] of values.entries()) {
    const quotes = quoted ? 1 : 0;
    const value = example.slice(at.span.start + quotes, at.span.end - quotes).replaceAll(/[\\$}]/g, "\\$&");
    body += `${fixed(example.slice(end, at.span.start + quotes))}\${${index + 1}:${value}}`;
    end = at.span.end - quotes;
  }
  return (body + fixed(example.slice(end))).split("\n").map((line) => line.replaceAll("    ", "\t"));
}

/** Text that means itself between the places of a snippet. */
function fixed(text: string): string {
  return text.replaceAll(/[\\$]/g, "\\$&");
}

const whole: readonly (readonly [string, Snippet])[] = [
  [
    "host of a pair",
    {
      prefix: "pair",
      description: "The file of one host of two: a virtual router whose adverts go to the network.",
      body: [
        "global_defs {",
        "\trouter_id ${1:lb1}",
        "}",
        "",
        "vrrp_instance ${2:web} {",
        "\tstate BACKUP",
        "\tinterface ${3:eth0}",
        "\tvirtual_router_id ${4:51}",
        "\tpriority ${5:150}",
        "\tadvert_int ${6:1}",
        "\tvirtual_ipaddress {",
        "\t\t${7:192.0.2.100/24} dev ${3:eth0}",
        "\t}",
        "}",
      ],
    },
  ],
  [
    "host of a pair, unicast",
    {
      prefix: "pair-unicast",
      description: "The file of one host of two where the network carries no multicast, as in most clouds.",
      body: [
        "global_defs {",
        "\trouter_id ${1:lb1}",
        "}",
        "",
        "vrrp_instance ${2:web} {",
        "\tstate BACKUP",
        "\tinterface ${3:eth0}",
        "\tvirtual_router_id ${4:51}",
        "\tpriority ${5:150}",
        "\tadvert_int ${6:1}",
        "\tunicast_src_ip ${7:192.0.2.11}",
        "\tunicast_peer {",
        "\t\t${8:192.0.2.12}",
        "\t}",
        "\tvirtual_ipaddress {",
        "\t\t${9:192.0.2.100/24} dev ${3:eth0}",
        "\t}",
        "}",
      ],
    },
  ],
  [
    "instance with a checked service",
    {
      prefix: "checked-service",
      description: "A check and an instance that gives its addresses away when the check fails.",
      body: [
        "global_defs {",
        "\tenable_script_security",
        "\tscript_user ${1:root}",
        "}",
        "",
        "vrrp_script ${2:check_service} {",
        '\tscript "${3:/usr/bin/systemctl is-active --quiet nginx}"',
        "\tinterval ${4:2}",
        "\tfall ${5:3}",
        "\trise ${6:2}",
        "}",
        "",
        "vrrp_instance ${7:web} {",
        "\tstate BACKUP",
        "\tinterface ${8:eth0}",
        "\tvirtual_router_id ${9:51}",
        "\tpriority ${10:150}",
        "\ttrack_script {",
        "\t\t${2:check_service}",
        "\t}",
        "\tvirtual_ipaddress {",
        "\t\t${11:192.0.2.100/24}",
        "\t}",
        "}",
      ],
    },
  ],
];
