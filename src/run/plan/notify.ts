/** Programs that are told of changes: those of an instance and those of a group (keepalived, vrrp_notify.c). */
import { flagOf } from "../../model/machine-settings.ts";
import type { Statement } from "../../schema/statement.ts";
import { has, type Programs } from "./programs.ts";
import type { NotifyPlan } from "./types.ts";

/** The notify lines of an instance, given those of its group and of global_defs, which it falls back to. */
export function instanceNotify(
  own: readonly Statement[],
  group: readonly Statement[],
  globals: readonly Statement[],
  programs: Programs,
): NotifyPlan {
  return {
    ...common(own, programs),
    deleted: programs.of(own, "notify_deleted"),
    tellsDeleted: has(own, "notify_deleted"),
    masterReceivedLower: programs.of(own, "notify_master_rx_lower_pri"),
    tellsPriority:
      flagOf(own, "notify_priority_changes") ??
      flagOf(group, "notify_priority_changes") ??
      flagOf(globals, "vrrp_notify_priority_changes") ??
      false,
  };
}

/** The notify lines of a sync group. */
export function groupNotify(own: readonly Statement[], programs: Programs): NotifyPlan {
  return {
    ...common(own, programs),
    ...{ deleted: undefined, tellsDeleted: false, masterReceivedLower: undefined, tellsPriority: false },
  };
}

function common(own: readonly Statement[], programs: Programs) {
  return {
    master: programs.of(own, "notify_master"),
    backup: programs.of(own, "notify_backup"),
    fault: programs.of(own, "notify_fault"),
    stop: programs.of(own, "notify_stop"),
    any: programs.of(own, "notify"),
  };
}

/** Whether changes are mailed: the block's own smtp_alert, else the global ones. */
export function mails(own: readonly Statement[], globals: readonly Statement[]): boolean {
  const setting = flagOf(own, "smtp_alert") ?? flagOf(globals, "smtp_alert_vrrp");
  return setting ?? flagOf(globals, "smtp_alert") ?? false;
}
