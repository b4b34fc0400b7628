import { describe, expect, it } from "vitest";
import { modelledKeywords } from "../../src/model/instance-lines.ts";
import { everyKeyword } from "../../src/schema/index.ts";

/** Read by trackers.ts. */
const trackers = ["track_interface", "track_script", "track_file", "track_process", "track_bfd"];

/** Reachable through `block`; no comparison of hosts needs their value worked out. */
const notModelled = [
  ["debug", "dont_track_primary", "kernel_rx_buf_size", "linkbeat_use_polling", "lvs_sync_daemon_interface"],
  ["garp_extra_if", "garp_lower_prio_delay", "garp_lower_prio_repeat", "garp_master_delay"],
  ["garp_master_refresh", "garp_master_refresh_repeat", "garp_master_repeat", "vmac_garp_intvl"],
  ["higher_prio_send_advert", "lower_prio_no_advert", "owner_ignore_adverts"],
  ["no_virtual_ipaddress", "promote_secondaries", "skip_check_adv_addr", "track_src_ip"],
  ["notify", "notify_backup", "notify_deleted", "notify_fault", "notify_master"],
  ["notify_master_rx_lower_pri", "notify_priority_changes", "notify_stop", "smtp_alert"],
  ["old_unicast_checksum", "unicast_fault_no_peer", "unicast_ttl", "v3_checksum_as_v2"],
  ["thread_timer_expired", "timer_expired_backup"],
  ["use_vmac_addr", "vmac_xmit_base", "vrf"],
].flat();

describe("every keyword of vrrp_instance", () => {
  const inSchema = everyKeyword()
    .map(({ path }) => path.split("/"))
    .filter((path) => path.length === 2 && path[0] === "vrrp_instance")
    .map(([, keyword]) => keyword ?? "");

  it("is read by the model, or known not to be", () => {
    const known = [...modelledKeywords, ...trackers, ...notModelled].sort();
    expect(known).toEqual([...new Set(inSchema)].sort());
  });
});
