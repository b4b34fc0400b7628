/** Builders for the configurations in rules' examples, so that an example shows only what it is about. */

/** A block with its lines, indented by four; a line may itself be a block. */
export function block(header: string, ...lines: readonly string[]): string {
  const inside = lines.flatMap((line) => line.split("\n")).map((line) => `    ${line}\n`);
  return `${header} {\n${inside.join("")}}`;
}

/** A whole file of these blocks. */
export function file(...blocks: readonly string[]): string {
  return `${blocks.join("\n\n")}\n`;
}

/** The first word, without marks. */
const keywordOf = (line: string) => /^[^\s]*/.exec(line)?.[0].replace("«", "").replace("»", "");

/** A sound instance named VI_1. A given line takes the place of the line with the same keyword, others are added. */
export function instance(...lines: readonly string[]): string {
  return named("VI_1", ...lines);
}

/** A sound instance with a name of its own. */
export function named(name: string, ...lines: readonly string[]): string {
  const given = new Set(lines.map(keywordOf));
  const unlessGiven = (line: string) => (given.has(keywordOf(line)) ? [] : [line]);
  return block(
    `vrrp_instance ${name}`,
    ...["interface eth0", "virtual_router_id 51", "priority 150"].flatMap(unlessGiven),
    ...lines,
    ...unlessGiven(block("virtual_ipaddress", "10.0.0.100/24")),
  );
}

/** The same instance with marks around its header, where rules report what is not written. */
export function headerMarked(text: string): string {
  return text.replace(/^vrrp_instance \S+/, "«$&»");
}

/** Script security as it should be, the head of every example with scripts. */
export const secured = block("global_defs", "enable_script_security", "script_user root");

/** A check script named chk; lines are added to it. */
export function script(...lines: readonly string[]): string {
  return block(
    "vrrp_script chk",
    ...(lines.some((line) => keywordOf(line) === "script") ? [] : ['script "/usr/local/bin/check"']),
    ...lines,
  );
}
