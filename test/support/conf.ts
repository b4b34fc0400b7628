/** Small configurations for tests of the command line. */

/** A sound host; the lines go into its one instance. */
export function soundHost(priority: number, ...lines: readonly string[]): string {
  return `global_defs {
    router_id host${priority}
}

vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority ${priority}
    advert_int 1
${lines.map((line) => `    ${line}\n`).join("")}    virtual_ipaddress {
        10.0.0.100/24
    }
}
`;
}

/** Lines 11 to 14 of a sound host: a password that is cut, a warning with a safe fix. */
export const longPassword = ["authentication {", "    auth_type PASS", "    auth_pass 1-internal-ha", "}"];

/** The rule that longPassword breaks. */
export const longPasswordRule = "vrrp-auth-pass-too-long";

/** A line that keepalived does not know: an error without a fix. */
export const unknownLine = "frobnicate 7";
