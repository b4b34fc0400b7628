/** The whole schema: every keyword of keepalived.conf by the block it stands in. */
import { bfdInstanceBlock } from "./bfd_instance.ts";
import { garpGroupBlock } from "./garp_group.ts";
import { globalDefsBlock } from "./global_defs.ts";
import { sslBlock } from "./ssl.ts";
import { staticBlocks } from "./static.ts";
import { daemonKeywords, interfaceUpDownDelaysBlock, linkbeatInterfacesBlock } from "./top_level.ts";
import { trackFileBlock, trackGroupBlock, vrrpTrackFileBlock, vrrpTrackProcessBlock } from "./track.ts";
import type { Keyword } from "./types.ts";
import { virtualServerBlock } from "./virtual_server.ts";
import { virtualServerGroupBlock } from "./virtual_server_group.ts";
import { vrrpInstanceBlock } from "./vrrp_instance.ts";
import { vrrpScriptBlock } from "./vrrp_script.ts";
import { vrrpSyncGroupBlock } from "./vrrp_sync_group.ts";

/** What may stand outside every block, in the order of keepalived's manual. */
export const rootKeywords: readonly Keyword[] = [
  ...daemonKeywords,
  globalDefsBlock,
  linkbeatInterfacesBlock,
  trackGroupBlock,
  ...staticBlocks,
  trackFileBlock,
  vrrpTrackFileBlock,
  vrrpTrackProcessBlock,
  bfdInstanceBlock,
  vrrpScriptBlock,
  vrrpSyncGroupBlock,
  garpGroupBlock,
  vrrpInstanceBlock,
  interfaceUpDownDelaysBlock,
  sslBlock,
  virtualServerGroupBlock,
  virtualServerBlock,
];

/** A keyword and its name path, such as `vrrp_instance/authentication/auth_pass`. */
export interface KeywordAt {
  readonly path: string;
  readonly keyword: Keyword;
}

function listed(keywords: readonly Keyword[], above: string): readonly KeywordAt[] {
  return keywords.flatMap((keyword) => {
    const path = above + keyword.name;
    return [{ path, keyword }, ...listed(keyword.keywords ?? [], `${path}/`)];
  });
}

const all: readonly KeywordAt[] = listed(rootKeywords, "");

const byPath: ReadonlyMap<string, Keyword> = new Map(all.map(({ path, keyword }) => [path, keyword]));

const blocksByName: ReadonlyMap<string, readonly string[]> = blockNames();

function blockNames(): ReadonlyMap<string, readonly string[]> {
  const blocks = new Map<string, string[]>();
  for (const { path, keyword } of all) {
    const block = path.slice(0, -keyword.name.length).replace(/\/$/, "");
    const known = blocks.get(keyword.name);
    if (known) known.push(block);
    else blocks.set(keyword.name, [block]);
  }
  return blocks;
}

/** Every keyword in every block, outer before inner, in the order of the manual. */
export function everyKeyword(): readonly KeywordAt[] {
  return all;
}

/** The entry of a name path such as `vrrp_instance/priority`; undefined when keepalived knows no such keyword. */
export function findKeyword(path: string): Keyword | undefined {
  return byPath.get(path);
}

/**
 * The paths of all blocks that know a keyword of this name: `["vrrp_instance"]` for `priority`, an empty string
 * for the top level, nothing for an unknown name.
 */
export function blocksWith(name: string): readonly string[] {
  return blocksByName.get(name) ?? [];
}
