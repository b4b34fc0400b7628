/**
 * The lines of a vrrp_instance, one by one in the order of the file, because for keepalived the order matters. The
 * first address that is read fixes the family, a family refuses later addresses, MASTER refuses a later BACKUP, a
 * version refuses another one (keepalived 2.2.7 and 2.4.3, vrrp/vrrp_parser.c and vrrp/vrrp_data.c).
 */
import type { Place } from "../diagnostic.ts";
import { inside, type Statement } from "../schema/statement.ts";
import { readBoolean } from "../schema/values.ts";
import type { Word } from "../syntax/tree.ts";
import { isInstanceGroup, type PlainAddress, readAddressLine, readHostAddress, refuse } from "./addresses.ts";
import { readAdverts, readVersion } from "./globals.ts";
import type { RefusedAddress } from "./host.ts";
import { emptyDraft, type InstanceDraft } from "./instance-draft.ts";
import { readMicroseconds, readWhole } from "./numbers.ts";
import { flagAt, writtenAt } from "./spots.ts";

type Reader = (draft: InstanceDraft, statement: Statement) => void;
type WordReader = (draft: InstanceDraft, word: Word, statement: Statement) => void;

/** Reads all lines of an instance's block. */
export function readDraft(name: string, header: Place, block: Statement): InstanceDraft {
  const draft = emptyDraft(name, header, block);
  for (const statement of inside(block)) {
    const keyword = statement.data ? "" : (statement.words[0]?.text ?? "");
    if (Object.hasOwn(readers, keyword)) readers[keyword]?.(draft, statement);
    const word = statement.words[1];
    if (word && Object.hasOwn(wordReaders, keyword)) wordReaders[keyword]?.(draft, word, statement);
  }
  return draft;
}

/** Keywords that need no word. */
const readers: Readonly<Record<string, Reader>> = {
  use_vmac: (draft, statement) => {
    draft.vmac = flagAt(statement, true);
  },
  use_ipvlan: readIpvlan,
  native_ipv6: (draft, statement) => {
    if (draft.family === 4) return;
    draft.family = 6;
    draft.version = flagAt(statement, 3);
  },
  nopreempt: (draft, statement) => {
    draft.nopreempt = flagAt(statement, true);
  },
  preempt: (draft, statement) => {
    draft.nopreempt = flagAt(statement, false);
  },
  accept: (draft, statement) => {
    draft.accept = flagAt(statement, true);
  },
  no_accept: (draft, statement) => {
    draft.accept = flagAt(statement, false);
  },
  strict_mode: readStrictMode,
  check_unicast_src: (draft, statement) => {
    draft.checkUnicastSource = flagAt(statement, true);
  },
  unicast_peer: (draft, statement) => {
    for (const line of inside(statement)) readPeer(draft, line);
  },
  virtual_ipaddress: (draft, statement) => {
    for (const line of inside(statement)) readVirtualAddress(draft, line);
  },
  virtual_ipaddress_excluded: (draft, statement) => {
    for (const line of inside(statement)) {
      const read = readAddressLine(line);
      if (read?.kept) draft.excluded.push(read.kept);
      if (read?.refused) draft.refused.push(read.refused);
    }
  },
  virtual_routes: (draft, statement) => {
    draft.virtualRoutes.push(...inside(statement));
  },
  virtual_rules: (draft, statement) => {
    draft.virtualRules.push(...inside(statement));
  },
  authentication: (draft, statement) => {
    for (const line of inside(statement)) readAuthentication(draft, line);
  },
  auth_hmac: (draft, statement) => {
    draft.authHmac ??= statement;
  },
};

/** Keywords with one value; without the value keepalived stops, so nothing can be said. */
const wordReaders: Readonly<Record<string, WordReader>> = {
  state: readState,
  interface: (draft, word, statement) => {
    if (word.text.length > longestInterface && !word.unknown) return;
    draft.interface = word.text === "lo" ? undefined : writtenAt(word, word.text, statement);
  },
  virtual_router_id: (draft, word, statement) => {
    const value = readWhole(word.text, { min: 1, max: 255, tolerant: false });
    if (word.unknown) draft.vrid = undefined;
    else if (value !== undefined) draft.vrid = writtenAt(word, value, statement);
  },
  priority: (draft, word, statement) => {
    const value = readWhole(word.text, { min: 1, max: 255, tolerant: false });
    draft.priority = writtenAt(word, value ?? defaultPriority, statement);
  },
  advert_int: (draft, word, statement) => {
    const value = readMicroseconds(word.text, { min: 10_000, max: 255_000_000, tolerant: true });
    if (word.unknown) draft.advertInterval = writtenAt(word, 1_000_000, statement);
    else if (value !== undefined) draft.advertInterval = writtenAt(word, value, statement);
    else draft.advertInterval ??= writtenAt(word, 1_000_000, statement);
  },
  preempt_delay: (draft, word, statement) => {
    const value = readMicroseconds(word.text, { min: 0, max: 1_000_000_000, tolerant: true });
    draft.preemptDelay = writtenAt(word, value ?? 0, statement);
  },
  version: readInstanceVersion,
  down_timer_adverts: (draft, word, statement) => {
    draft.downTimerAdverts = readAdverts(word, statement) ?? draft.downTimerAdverts;
  },
  mcast_src_ip: readSource,
  unicast_src_ip: readSource,
  mcast_dst_ip: readMulticastGroup,
};

/** The keywords of vrrp_instance that the model reads here; trackers are read in trackers.ts. */
export const modelledKeywords: readonly string[] = [...Object.keys(readers), ...Object.keys(wordReaders)];

/** The priority of a BACKUP without one, and of any unreadable one. */
export const defaultPriority = 100;
const longestInterface = 15;

function readState(draft: InstanceDraft, word: Word, statement: Statement): void {
  if (word.text === "MASTER") draft.state = writtenAt(word, "MASTER", statement);
  else if (word.text !== "BACKUP") draft.state = writtenAt(word, "BACKUP", statement);
  else if (draft.state?.value !== "MASTER") draft.state = writtenAt(word, "BACKUP", statement);
}

function readInstanceVersion(draft: InstanceDraft, word: Word, statement: Statement): void {
  const version = readVersion(word, statement);
  if (!version || draft.version) return;
  if (version.value === 2 && draft.family === 6 && !version.unknown) return;
  draft.version = version;
}

function readStrictMode(draft: InstanceDraft, statement: Statement): void {
  const word = statement.words[1];
  const value = word ? readBoolean(word.text) : true;
  if (!word) draft.strict = flagAt(statement, true);
  else if (value !== undefined || word.unknown) draft.strict = writtenAt(word, value ?? false, statement);
}

/** Takes the family of an address if there is none yet; false when it is of the other one. */
function fits(draft: InstanceDraft, address: PlainAddress): boolean {
  draft.family ??= address.family;
  return draft.family === address.family;
}

function readSource(draft: InstanceDraft, word: Word, statement: Statement): void {
  const address = word.unknown ? undefined : readHostAddress(word.text);
  draft.source = undefined;
  if (address && fits(draft, address)) draft.source = writtenAt(word, address.address, statement);
}

function readMulticastGroup(draft: InstanceDraft, word: Word, statement: Statement): void {
  const address = word.unknown ? undefined : readHostAddress(word.text);
  draft.multicastGroup = undefined;
  if (word.unknown) draft.multicastGroup = writtenAt(word, "", statement);
  if (!address || !fits(draft, address) || !isInstanceGroup(address)) return;
  draft.multicastGroup = writtenAt(word, address.address, statement);
}

/** use_ipvlan brings an address of its own, which is the source when none is written before it. */
function readIpvlan(draft: InstanceDraft, statement: Statement): void {
  for (const word of statement.words.slice(1)) {
    const address = word.unknown ? undefined : readHostAddress(word.text);
    if (!address || !fits(draft, address)) continue;
    draft.source ??= writtenAt(word, address.address, statement);
    return;
  }
}

function readVirtualAddress(draft: InstanceDraft, line: Statement): void {
  const word = line.words[0];
  const read = readAddressLine(line);
  if (!word || !read) return;
  if (read.refused) draft.refused.push(read.refused);
  else if (fits(draft, read.kept)) draft.addresses.push(read.kept);
  else draft.refused.push(...onlyRefused(refuse(word, line, "family", read.kept)));
}

function onlyRefused(line: ReturnType<typeof refuse>): RefusedAddress[] {
  return line.refused ? [line.refused] : [];
}

function readPeer(draft: InstanceDraft, line: Statement): void {
  const word = line.words[0];
  const address = word && !word.unknown ? readHostAddress(word.text) : undefined;
  if (!word || !address || !fits(draft, address)) return;
  draft.peers.push({ address: address.address, at: word.at, statement: line });
  const limited = line.words.some(({ text }) => text === "min_ttl" || text === "max_ttl");
  if (limited) draft.checkUnicastSource ??= flagAt(line, true);
}

function readAuthentication(draft: InstanceDraft, line: Statement): void {
  const [keyword, word] = line.words;
  if (line.data || !word) return;
  if (keyword?.text === "auth_pass") draft.authPassword = writtenAt(word, word.text, line);
  if (keyword?.text !== "auth_type") return;
  if (word.text === "PASS" || word.text === "AH") draft.authType = writtenAt(word, word.text, line);
  else if (word.unknown) draft.authType = writtenAt(word, "PASS", line);
}
