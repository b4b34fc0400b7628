/** What the generator writes, run on real daemons: the right master, the right successor, the right one afterwards. */
import { describe, expect, test, vi } from "vitest";
import { generate, oneFileName } from "../../src/generate/generate.ts";
import { formFleet } from "../../src/model/fleet.ts";
import { readHost } from "../../src/model/read.ts";
import { runGen } from "../support/command.ts";
import { type Holders, type Lab, needsLab, withLab } from "../support/lab.ts";
import { patience, type Texts } from "./fleets.ts";
import { type GeneratedFleet, generatedFleets, type Holdings } from "./generated-fleets.ts";

vi.setConfig({ testTimeout: 300_000 });

/** The generated text of every host. */
function textsOf({ wish, hosts, input = "", environment = {} }: GeneratedFleet): Texts {
  const files = "hosts" in wish ? filesOf(wish) : printed(wish, { input, environment });
  const names = Object.keys(hosts);
  expect([names.map((name) => `${name}.conf`), [oneFileName]]).toContainEqual(Object.keys(files));
  return Object.fromEntries(names.map((name) => [name, files[`${name}.conf`] ?? files[oneFileName] ?? ""]));
}

function filesOf(intent: Extract<GeneratedFleet["wish"], { hosts: unknown }>): Texts {
  const outcome = generate(intent, { comments: true, oneFile: false, newPassword: () => "kx7Rm2Qp" });
  if (outcome.is === "refused") throw new Error(outcome.refusals.map(({ message }) => message).join("\n"));
  return Object.fromEntries(outcome.files.map(({ file, text }) => [file, text]));
}

/** What `vrrp-gen --stdout` prints, by file. */
function printed(
  words: readonly string[],
  surroundings: { readonly input: string; readonly environment: Readonly<Record<string, string>> },
): Texts {
  const { code, out, err } = runGen([...words, "--stdout"], surroundings);
  expect({ code, err }).toMatchObject({ code: 0 });
  const [, ...parts] = out.split(/^# ----- (\S+)\n/m);
  if (parts.length === 0) return { [oneFileName]: out };
  return Object.fromEntries(parts.flatMap((file, at) => (at % 2 ? [] : [[file, parts[at + 1] ?? ""]])));
}

/** Long enough to see that nothing more happens. */
function restOf(texts: Texts): number {
  const hosts = Object.entries(texts).map(([name, text]) =>
    readHost({ path: `${name}.conf`, text, name, configId: name }),
  );
  return patience(formFleet(hosts, { complete: true }));
}

/** Every address of the fleet, by its holders. */
function holdersOf({ places }: GeneratedFleet, holdings: Holdings): Holders {
  const holders = (address: string) =>
    Object.keys(holdings).filter((name) => holdings[name]?.includes(address));
  return Object.fromEntries(Object.keys(places).map((address) => [address, holders(address)]));
}

interface Link {
  readonly ifname: string;
  readonly addr_info?: readonly { readonly local?: string; readonly prefixlen?: number }[];
}

/** Prefix and interface of every virtual address, on each host that has it. */
async function placesIn(lab: Lab, { places }: GeneratedFleet): Promise<readonly string[]> {
  const each = lab.hosts.map(async (host) => {
    const links: readonly Link[] = JSON.parse(await host.ip("-json", "address"));
    return links.flatMap(({ ifname, addr_info = [] }) =>
      addr_info
        .filter(({ local = "" }) => local in places)
        .map(({ local, prefixlen }) => `${host.name} ${local}/${prefixlen} ${ifname}`),
    );
  });
  return (await Promise.all(each)).flat().sort();
}

function placesFor({ places }: GeneratedFleet, holdings: Holdings): readonly string[] {
  const place = (host: string, address: string) => {
    const all = places[address] ?? "";
    return `${host} ${address}${typeof all === "string" ? all : all[host]}`;
  };
  return Object.entries(holdings)
    .flatMap(([host, addresses]) => addresses.map((address) => place(host, address)))
    .sort();
}

describe.runIf(needsLab()).concurrent("generated files on real daemons", () => {
  test.each(generatedFleets.map((each) => [each.fleet, each] as const))("%s", async (_, fleet) => {
    const texts = textsOf(fleet);
    const rest = restOf(texts);
    await withLab(fleet.hosts, async (lab) => {
      const settles = async (what: string, holdings: Holdings) => {
        await lab.settled(holdersOf(fleet, holdings), rest).catch((error: Error) => {
          error.message = `After this: ${what}. ${error.message}`;
          throw error;
        });
        expect(await placesIn(lab, fleet), what).toEqual(placesFor(fleet, holdings));
      };
      for (const host of lab.hosts)
        for (const [file, text] of Object.entries(fleet.files ?? {})) host.write(file, text);
      const { [fleet.first ?? ""]: firstText, ...others } = texts;
      if (fleet.first !== undefined) {
        lab.host(fleet.first).start(firstText);
        await settles(`${fleet.first} is started`, { [fleet.first]: Object.keys(fleet.places) });
      }
      lab.start(others);
      await settles("all hosts are started", fleet.well);
      for (const [what, deed, then] of fleet.story) {
        await deed(lab);
        await settles(what, then);
      }
      const { version, interval, to } = fleet.adverts;
      const odd = lab.adverts.filter(
        (advert) =>
          advert.version !== version || advert.interval !== interval || !to.includes(advert.destination),
      );
      expect(odd).toEqual([]);
      expect(new Set(lab.adverts.map(({ destination }) => destination))).toEqual(new Set(to));
      fleet.inTheEnd?.(lab);
    });
  });
});
