/** The files as Ansible wants them: an inventory, the group's variables, and a finished file for each host. */
import { stringify } from "yaml";
import type { Generated } from "./generate.ts";
import type { Intent } from "./intent.ts";
import { bare } from "./networks.ts";
import type { Plan } from "./plan.ts";

/** The name of the group of hosts. */
const group = "keepalived";

const variablesHead = `# What the files in files/ say, for playbooks that need it: firewalls, monitoring.
# The files are finished, not templates. A task that installs them:
#   - ansible.builtin.copy:
#       src: "{{ keepalived_conf }}"
#       dest: /etc/keepalived/keepalived.conf
#       mode: "0600"
#       validate: keepalived -t -f %s
`;

/** The folder of the finished files, seen from the inventory. */
export const ansibleFolder = "files";

/** Inventory and variables, and the given configurations in their folder. */
export function ansibleFiles(
  intent: Intent,
  plans: readonly Plan[],
  files: readonly Generated[],
): readonly Generated[] {
  const hosts = plans.map(({ host }) => host);
  const plain = { hosts, secret: false };
  return [
    { file: "inventory.yml", text: inventoryText(intent), ...plain },
    { file: `group_vars/${group}.yml`, text: variablesText(plans, files), ...plain },
    ...files.map((file) => ({ ...file, file: `${ansibleFolder}/${file.file}` })),
  ];
}

function inventoryText({ hosts }: Intent): string {
  const entries = hosts.map(({ name, addresses }) => {
    const address = bare(addresses[0] ?? "");
    return [name, address === undefined ? {} : { ansible_host: address }] as const;
  });
  return stringify({ [group]: { hosts: new Map(entries) } });
}

function variablesText(plans: readonly Plan[], files: readonly Generated[]): string {
  const common = files.length === 1 ? files[0]?.file : undefined;
  const [first] = plans;
  const routers = (first?.instances ?? []).map(({ name, vrid, family, version, order, addresses }) => ({
    name,
    vrid,
    family: `ipv${family}`,
    version,
    hosts: order.map(({ host }) => host),
    // Without dev, label and the like.
    addresses: addresses.map((address) => address.split(" ")[0]),
  }));
  const variables = {
    keepalived_conf: `${ansibleFolder}/${common ?? "{{ inventory_hostname }}.conf"}`,
    keepalived_virtual_routers: routers,
  };
  return variablesHead + stringify(variables, { lineWidth: 0 });
}
