/**
 * What the daemon does with every keyword of the schema, by its path: carried out, and by what; or not, and why. A test
 * holds this against the schema. A path that ends with `/*` stands for a block with all that is in it.
 */

/** What carries keywords out. */
interface Executed {
  readonly by: string;
  readonly paths: readonly string[];
}

/** Keywords that are valid and not carried out; `why` continues "NAME is not carried out: ". */
interface Left {
  readonly why: string;
  readonly paths: readonly string[];
}

function within(block: string, ...names: readonly string[]): readonly string[] {
  return names.map((name) => `${block}/${name}`);
}

const globally = (...names: readonly string[]) => within("global_defs", ...names);
const ofInstance = (...names: readonly string[]) => within("vrrp_instance", ...names);
const ofGroup = (...names: readonly string[]) => within("vrrp_sync_group", ...names);

export const executed: readonly Executed[] = [
  {
    by: "the model and the state machine (src/model/machine-config.ts)",
    paths: [
      ...["global_defs", "vrrp_instance", "vrrp_sync_group"],
      ...globally("vrrp_check_unicast_src", "vrrp_down_timer_adverts", "vrrp_garp_lower_prio_delay"),
      ...globally("vrrp_garp_lower_prio_repeat", "vrrp_garp_master_delay", "vrrp_garp_master_refresh"),
      ...globally("vrrp_garp_master_refresh_repeat", "vrrp_garp_master_repeat", "vrrp_min_garp"),
      ...globally("vrrp_higher_prio_send_advert", "vrrp_lower_prio_no_advert", "vrrp_mcast_group4"),
      ...globally("vrrp_mcast_group6", "vrrp_owner_ignore_adverts", "vrrp_skip_check_adv_addr"),
      ...globally("vrrp_startup_delay", "vrrp_strict", "vrrp_version", "v3_checksum_as_v2"),
      ...ofInstance("advert_int", "authentication/*", "auth_hmac/*", "check_unicast_src"),
      ...ofInstance("dont_track_primary", "down_timer_adverts", "garp_lower_prio_delay"),
      ...ofInstance("garp_lower_prio_repeat", "garp_master_delay", "garp_master_refresh"),
      ...ofInstance("garp_master_refresh_repeat", "garp_master_repeat", "higher_prio_send_advert"),
      ...ofInstance("lower_prio_no_advert", "mcast_dst_ip", "mcast_src_ip", "native_ipv6"),
      ...ofInstance("nopreempt", "old_unicast_checksum", "owner_ignore_adverts", "preempt"),
      ...ofInstance("preempt_delay", "priority", "skip_check_adv_addr", "state", "strict_mode"),
      ...ofInstance("unicast_peer", "unicast_src_ip", "unicast_ttl", "v3_checksum_as_v2", "version"),
      ...ofInstance("virtual_router_id", "accept", "no_virtual_ipaddress"),
      ...ofGroup("global_tracking", "group", "sync_group_tracking_weight"),
    ],
  },
  {
    by: "what an instance puts on the machine (instance.ts, resources.ts, virtual-interfaces.ts)",
    paths: [
      ...globally("vmac_addr_prefix", "vmac_prefix"),
      ...ofInstance("interface", "vrf", "virtual_ipaddress", "virtual_ipaddress_excluded"),
      ...ofInstance("virtual_routes", "virtual_rules", "use_vmac", "use_vmac_addr", "vmac_xmit_base"),
      ...ofInstance("use_ipvlan", "promote_secondaries", "unicast_fault_no_peer"),
    ],
  },
  {
    by: "the firewall (firewall.ts)",
    paths: [
      ...globally("nftables", "nftables_counters", "nftables_ifindex", "nftables_priority"),
      ...ofInstance("no_accept"),
    ],
  },
  {
    by: "the static blocks (statics.ts)",
    paths: [
      ...["static_ipaddress", "static_routes", "static_rules", "track_group", "track_group/group"],
      ...globally("default_interface"),
    ],
  },
  {
    by: "checks (checks.ts, ../programs/)",
    paths: [
      ...["track_file/*", "vrrp_track_file/*", "vrrp_track_process/*", "vrrp_script/*"],
      ...ofInstance("track_file", "track_interface", "track_process", "track_script", "track_src_ip"),
      ...ofGroup("track_file", "track_interface", "track_process", "track_script"),
      "interface_up_down_delays",
    ],
  },
  {
    by: "programs, FIFOs and mail (notify.ts, globals.ts, ../programs/)",
    paths: [
      ...globally("enable_script_security", "script_user", "umask", "fifo_write_vrrp_states_on_reload"),
      ...globally("notify_fifo", "notify_fifo_script", "vrrp_notify_fifo", "vrrp_notify_fifo_script"),
      ...globally("vrrp_notify_priority_changes", "startup_script", "startup_script_timeout"),
      ...globally("shutdown_script", "shutdown_script_timeout", "notification_email", "no_email_faults"),
      ...globally("notification_email_from", "router_id", "smtp_alert", "smtp_alert_vrrp"),
      ...globally("smtp_connect_timeout", "smtp_helo_name", "smtp_server"),
      ...ofInstance("notify", "notify_backup", "notify_deleted", "notify_fault", "notify_master"),
      ...ofInstance("notify_master_rx_lower_pri", "notify_priority_changes", "notify_stop", "smtp_alert"),
      ...ofGroup("notify", "notify_backup", "notify_fault", "notify_master", "notify_stop"),
      ...ofGroup("notify_priority_changes", "smtp_alert"),
    ],
  },
  {
    by: "real-time scheduling (globals.ts, ../linux/scheduler.ts)",
    paths: globally("vrrp_rt_priority"),
  },
  {
    by: "announcements on further interfaces, and pauses between announcements (extra.ts, globals.ts)",
    paths: [
      ...["garp_group/*", ...globally("vrrp_garp_interval", "vrrp_gna_interval")],
      ...globally("vrrp_garp_extra_if", "vrrp_vmac_garp_intvl"),
      ...ofInstance("garp_extra_if", "vmac_garp_intvl"),
    ],
  },
  {
    by: "the daemon, which does so in any case",
    paths: [
      ...globally("dynamic_interfaces", "reload_check_config"),
      ...ofInstance("thread_timer_expired", "timer_expired_backup"),
    ],
  },
];

export const left: readonly Left[] = [
  {
    why: "vrrp-run does VRRP only; load balancing with its health checks is keepalived's",
    paths: [
      ...["virtual_server/*", "virtual_server_group/*", "SSL/*"],
      ...globally("checker_cpu_affinity", "checker_log_all_failures", "checker_no_swap"),
      ...globally("checker_priority", "checker_process_name", "checker_rlimit_rtime"),
      ...globally("checker_rlimit_rttime", "checker_rt_priority", "lvs_flush", "lvs_flush_on_stop"),
      ...globally("lvs_flush_onstop", "lvs_netlink_cmd_rcv_bufs", "lvs_netlink_cmd_rcv_bufs_force"),
      ...globally("lvs_netlink_monitor_rcv_bufs", "lvs_netlink_monitor_rcv_bufs_force"),
      ...globally("lvs_notify_fifo", "lvs_notify_fifo_script", "lvs_process_name", "lvs_sync_daemon"),
      ...globally("lvs_timeouts", "nftables_ipvs", "nftables_ipvs_priority", "no_checker_emails"),
      ...globally("nftables_ipvs_start_fwmark", "rs_init_notifies", "smtp_alert_checker"),
      ...globally("snmp_rs_stats_update_interval", "snmp_vs_stats_update_interval"),
      ...ofInstance("lvs_sync_daemon_interface"),
      "net_namespace_ipvs",
    ],
  },
  {
    why: "vrrp-run speaks no BFD, and takes its sessions as up",
    paths: [
      ...["bfd_instance/*", "vrrp_instance/track_bfd", "vrrp_sync_group/track_bfd"],
      ...globally("bfd_cpu_affinity", "bfd_no_swap", "bfd_priority", "bfd_process_name"),
      ...globally("bfd_rlimit_rtime", "bfd_rlimit_rttime", "bfd_rt_priority"),
    ],
  },
  {
    why: "the firewall is made with nft, as keepalived makes it by itself",
    paths: [...globally("vrrp_iptables", "vrrp_ipsets", "disable_local_igmp"), "namespace_with_ipsets"],
  },
  {
    why: "vrrp-run works where it is started: `ip netns exec NAME vrrp-run …` starts it in a namespace",
    paths: ["net_namespace"],
  },
  {
    why: "--run-dir tells daemons on one machine apart",
    paths: ["instance", "use_pid_dir", ...globally("data_use_instance")],
  },
  {
    why: "`vrrp-run status` and `--metrics` tell the state",
    paths: [
      ...globally("dbus_no_interface_name", "dbus_service_name", "enable_dbus", "json_dump_file"),
      ...globally("json_version", "state_dump_file", "stats_dump_file", "enable_snmp_checker"),
      ...globally("enable_snmp_keepalived", "enable_snmp_rfc", "enable_snmp_rfcv2"),
      ...globally("enable_snmp_rfcv3", "enable_snmp_vrrp", "enable_traps", "snmp_socket"),
    ],
  },
  {
    why: "the systemd unit, or what else starts vrrp-run, sets the daemon's priority and limits",
    paths: [
      ...globally("max_auto_priority", "min_auto_priority_delay", "process_name", "process_names"),
      ...globally("vrrp_cpu_affinity", "vrrp_no_swap", "vrrp_priority", "vrrp_process_name"),
      ...globally("vrrp_rlimit_rtime", "vrrp_rlimit_rttime"),
      "child_wait_time",
    ],
  },
  {
    why: "the system's own sizes of buffers are used",
    paths: [
      ...globally("process_monitor_rcv_bufs", "process_monitor_rcv_bufs_force"),
      ...globally("vrrp_netlink_cmd_rcv_bufs", "vrrp_netlink_cmd_rcv_bufs_force"),
      ...globally("vrrp_netlink_monitor_rcv_bufs", "vrrp_netlink_monitor_rcv_bufs_force"),
      ...globally("vrrp_rx_bufs_multiplier", "vrrp_rx_bufs_policy"),
      ...ofInstance("kernel_rx_buf_size"),
    ],
  },
  {
    why: "vrrp-run reloads when it is told to (SIGHUP), from the file it was started with",
    paths: globally(
      ...["config_save_dir", "reload_file", "reload_repeat", "reload_time_file", "tmp_config_directory"],
      "include_check",
    ),
  },
  {
    why: "`ip` reads the names of tables and protocols where it always does",
    paths: globally("iproute_etc_dir", "iproute_usr_dir"),
  },
  {
    why: "the kernel tells when a link goes up or down",
    paths: ["linkbeat_interfaces", "linkbeat_use_polling", ...ofInstance("linkbeat_use_polling")],
  },
  { why: "programs are called by the path that a link leads to", paths: globally("use_symlink_paths") },
  { why: "the delay of vrrp_startup_delay counts from the start", paths: globally("vrrp_delay_after_boot") },
  {
    why: "--log and its level say what is logged",
    paths: [...globally("log_unknown_vrids"), ...ofInstance("debug")],
  },
  { why: "chance is never needed", paths: globally("random_seed") },
];

const whys = new Map(left.flatMap(({ why, paths }) => paths.map((path) => [path, why] as const)));

/** Why a keyword is not carried out; undefined when it is. `whole` when that holds for all that is inside. */
export function whyLeft(path: string): { readonly why: string; readonly whole: boolean } | undefined {
  const whole = whys.get(`${path}/*`);
  if (whole !== undefined) return { why: whole, whole: true };
  const why = whys.get(path);
  return why === undefined ? undefined : { why, whole: false };
}
