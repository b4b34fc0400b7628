/** Authentication as it is on the wire, which is often less than what is written. */
import type { Authentication, Family, Spot } from "./host.ts";
import type { InstanceDraft } from "./instance-draft.ts";
import { defaultAt } from "./spots.ts";

/** The VRRPv2 header has room for this many bytes (RFC 3768, 5.3.10). */
const passwordBytes = 8;

interface Circumstances {
  readonly family: Family;
  readonly version: 2 | 3;
  readonly strict: boolean;
}

/** Authentication in force, at the password if there is one, else at the type. */
export function authenticationOf(draft: InstanceDraft, circumstances: Circumstances): Spot<Authentication> {
  const { authType, authPassword } = draft;
  const at = authPassword ?? authType ?? defaultAt(draft.header, "");
  const unknown = authType?.unknown || authPassword?.unknown;
  const written = authPassword?.value ?? "";
  const ignored = authType || authPassword || draft.authHmac ? whyIgnored(draft, circumstances) : undefined;
  const inForce = authType !== undefined && ignored === undefined;
  const value: Authentication = {
    type: inForce ? authType.value : "none",
    password: inForce ? firstBytes(written) : "",
    written,
    ignored,
    typeAt: authType?.at,
    passwordAt: authPassword?.at,
  };
  return unknown ? { ...at, value, unknown: true } : { ...at, value };
}

/** keepalived's tests in its own order; AH cannot protect IPv6 there. */
function whyIgnored(draft: InstanceDraft, { family, version, strict }: Circumstances): string | undefined {
  const { authType, authPassword } = draft;
  if (draft.authHmac) return "auth_hmac takes its place";
  if (!authType) return "auth_type is missing";
  if (strict) return "strict mode has no authentication";
  if (version === 3) return "VRRP version 3 has no authentication";
  if (!authPassword || authPassword.value === "") return "the password is missing";
  if (family === 6 && authType.value === "AH") return "AH does not work with IPv6";
  return undefined;
}

/**
 * The first eight bytes of a password. Where they end inside a character, its first bytes are shown as `\xNN`, so two
 * passwords give the same text exactly when keepalived sends the same bytes.
 */
export function firstBytes(password: string): string {
  const bytes = new TextEncoder().encode(password);
  if (bytes.length <= passwordBytes) return password;
  let whole = passwordBytes;
  while (whole > 0 && isContinuation(bytes[whole])) whole--;
  const start = new TextDecoder().decode(bytes.subarray(0, whole));
  const rest = [...bytes.subarray(whole, passwordBytes)];
  return start + rest.map((byte) => `\\x${byte.toString(16)}`).join("");
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
