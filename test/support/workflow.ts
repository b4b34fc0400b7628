/** What the runner of GitHub Actions makes of lines on standard output. */

export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** The commands among the lines, which end at CR, LF or both. */
export function readCommands(output: string): readonly WorkflowCommand[] {
  return output.split(/\r\n?|\n/).flatMap(readCommand);
}

/** `::name key=value,key=value::message`; the head ends at the next two colons, whatever they stand in. */
function readCommand(line: string): WorkflowCommand[] {
  const trimmed = line.trimStart();
  const end = trimmed.indexOf("::", 2);
  if (!trimmed.startsWith("::") || end === -1) return [];
  const [name = "", ...rest] = trimmed.slice(2, end).split(" ");
  const pairs = rest
    .join(" ")
    .trim()
    .split(",")
    .filter((pair) => pair.includes("="));
  const properties = pairs.map((pair) => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at), withoutEscapes(pair.slice(at + 1), ["%3A", ":"], ["%2C", ","])] as const;
  });
  const message = withoutEscapes(trimmed.slice(end + 2));
  return [{ name, properties: Object.fromEntries(properties), message }];
}

function withoutEscapes(text: string, ...more: readonly (readonly [string, string])[]): string {
  const escapes = [["%0D", "\r"], ["%0A", "\n"], ...more, ["%25", "%"]] as const;
  return escapes.reduce((result, [written, sign]) => result.replaceAll(written, sign), text);
}
