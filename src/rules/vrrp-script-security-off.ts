import type { Host } from "../model/host.ts";
import { named } from "../schema/statement.ts";
import { fix, insertAtTop, insertBefore } from "./edits.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import { commandsOf } from "./support.ts";
import type { FileRule } from "./types.ts";

const tracking = instance(block("track_script", "chk"));
const globals = (...lines: string[]) => block("global_defs", ...lines, "router_id a");

export const vrrpScriptSecurityOff: FileRule = {
  id: "vrrp-script-security-off",
  severity: "warning",
  over: "file",
  summary: "Scripts run without script security.",
  why: "keepalived runs them as root even when any user may change them. It logs a security violation, and its configuration test ends with exit code 6 whatever else is wrong, so real mistakes go unnoticed.",
  basis:
    "keepalived.conf(5), enable_script_security; keepalived/vrrp/vrrp.c, check_vrrp_script_security (v2.2.7).",
  bad: () => [
    {
      input: file(globals(), script('script «"/usr/local/bin/check"»'), tracking),
      fixed: file(globals("enable_script_security", "script_user root"), script(), tracking),
    },
    {
      input: file(instance('notify_master «"/usr/local/bin/on_master"»')),
      fixed: file(secured, instance('notify_master "/usr/local/bin/on_master"')),
    },
  ],
  good: () => [file(secured, script(), tracking), file(instance())],
  check(host, report) {
    const first = commandsOf(host)[0];
    if (!first || host.uncertain || host.globals.scriptSecurity) return;
    const others = commandsOf(host).slice(1);
    report(
      first.word.at,
      "Without enable_script_security keepalived runs scripts as root even if other users may change them, and its configuration test always ends with exit code 6, which hides real mistakes. Add enable_script_security and script_user to global_defs.",
      {
        related: others.map(({ word }) => ({ at: word.at, message: "this script too" })),
        fixes: fix("Insert enable_script_security and script_user root", false, securityLines(host)),
      },
    );
  },
};

function securityLines(host: Host) {
  const globals = named(host.statements, "global_defs")[0];
  const user = host.globals.scriptUser ? "" : "\nscript_user root";
  const lines = `enable_script_security${user}`;
  if (globals) return insertAtTop(host, globals, lines);
  const [first] = host.statements;
  if (!first || first.line.condition || first.line.reported.file !== host.file) return undefined;
  return insertBefore(host, first, `${block("global_defs", ...lines.split("\n"))}\n`);
}
