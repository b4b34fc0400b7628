import { inside, named } from "../schema/statement.ts";
import { eachInstance } from "./each.ts";
import { deleteLines, fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { keywordPlace } from "./support.ts";
import type { FileRule } from "./types.ts";

const authentication = block("authentication", "auth_type PASS", "auth_pass s3cret");
const marked = authentication.replace("authentication", "«authentication»");
const ipv6 = block("virtual_ipaddress", "fe80::100/64", "2001:db8::100/64");

export const vrrpAuthIgnoredV3: FileRule = {
  id: "vrrp-auth-ignored-v3",
  severity: "warning",
  over: "file",
  summary: "VRRP version 3 has no authentication, so the block is ignored.",
  why: "Adverts of version 3, which IPv6 always uses, carry no password. Whoever can send to the network can take part in the election, although the file looks as if a secret protected it.",
  basis: "RFC 9568 section 9; keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7).",
  bad: () => [
    { input: file(instance("version 3", marked)), fixed: file(instance("version 3")) },
    { input: file(instance(marked, ipv6)), fixed: file(instance(ipv6)) },
    {
      input: file(block("global_defs", "vrrp_version 3"), instance(marked)),
      fixed: file(block("global_defs", "vrrp_version 3"), instance()),
    },
  ],
  good: () => [file(instance(authentication)), file(instance("version 3"))],
  check: eachInstance(({ block: of, version, strict }, report, host) => {
    if (version.value !== 3 || version.unknown || strict.value) return;
    for (const written of named(inside(of), "authentication"))
      report(
        keywordPlace(written),
        "This instance uses VRRP version 3, which has no authentication: keepalived ignores the block, and adverts are not protected. Delete the block; to keep strangers out use unicast peers, a firewall, or auth_hmac from release 2.4.0 on.",
        { fixes: fix("Delete the block", true, deleteLines(host, written)) },
      );
  }),
};
