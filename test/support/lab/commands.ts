/** Calls of `ip`. */
import { execFile } from "node:child_process";

/** Runs `ip` with these words and returns what it prints; rejects with its complaint. */
export function ip(words: readonly string[], input = ""): Promise<string> {
  return new Promise((done, fail) => {
    const child = execFile("ip", words, { maxBuffer: 16 * 1024 * 1024 }, (error, output, complaint) => {
      if (error) fail(new Error(`ip ${words.join(" ")}: ${complaint.trim() || error.message}\n${input}`));
      else done(output);
    });
    // A command that fails early does not read its input; its exit says all there is to say.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });
}

/** Runs lines of `ip` commands, all in one process and inside a namespace when one is named. */
export async function ipLines(lines: readonly string[], namespace?: string): Promise<void> {
  if (lines.length === 0) return;
  const place = namespace === undefined ? [] : ["-n", namespace];
  await ip([...place, "-batch", "-"], `${lines.join("\n")}\n`);
}

/** The addresses in a namespace, those of `lo` left out, without prefix. */
export async function addressesIn(namespace: string): Promise<ReadonlySet<string>> {
  const links: readonly LinkAddresses[] = JSON.parse(await ip(["-n", namespace, "-json", "address"]));
  const all = links.filter(({ ifname }) => ifname !== "lo").flatMap(({ addr_info }) => addr_info ?? []);
  return new Set(all.flatMap(({ local }) => (local === undefined ? [] : [local])));
}

interface LinkAddresses {
  readonly ifname: string;
  readonly addr_info?: readonly { readonly local?: string }[];
}
