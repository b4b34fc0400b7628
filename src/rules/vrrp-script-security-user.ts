import { inside, named } from "../schema/statement.ts";
import { fix, insertAfter } from "./edits.ts";
import { block, file, instance, script } from "./examples.ts";
import type { FileRule } from "./types.ts";

const globals = (...lines: string[]) => block("global_defs", "enable_script_security", ...lines);
const tracking = instance(block("track_script", "chk"));

export const vrrpScriptSecurityUser: FileRule = {
  id: "vrrp-script-security-user",
  severity: "error",
  over: "file",
  summary: "Script security is on, and nothing says as which user a script runs.",
  why: "keepalived then wants the account keepalived_script, which most packages do not create. Where it is missing keepalived removes the script: the check is gone, and a dead service keeps its addresses.",
  basis: "keepalived.conf(5), script_user; keepalived -t.",
  bad: () => [
    {
      input: file(globals(), script().replace("chk", "«chk»"), tracking),
      fixed: file(globals("script_user root"), script(), tracking),
    },
  ],
  good: () => [
    file(globals("script_user root"), script(), tracking),
    file(globals(), script("user nobody"), tracking),
  ],
  check(host, report) {
    const { scriptSecurity, scriptUser, statements } = host.globals;
    if (!scriptSecurity?.value || scriptUser || host.uncertain) return;
    const security = named(statements, "enable_script_security").at(-1);
    for (const { kind, name, at, block: definition, ignored } of host.definitions) {
      if (kind !== "script" || ignored || named(inside(definition), "user").length > 0) continue;
      report(
        at,
        `enable_script_security is on, but there is neither a global script_user nor a user line in ${name}. Unless this host has an account keepalived_script, keepalived removes the script and runs without the check. Add script_user to global_defs.`,
        {
          related: [{ at: scriptSecurity.at, message: "script security is switched on here" }],
          fixes: security
            ? fix("Insert script_user root", false, insertAfter(host, security, "script_user root"))
            : [],
        },
      );
    }
  },
};
