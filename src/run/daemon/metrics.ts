/**
 * The status as Prometheus reads it (text format 0.0.4): a dozen lines of text, for which a library would bring a
 * registry, default metrics and timers of its own.
 */
import type { InstanceStatus, Status } from "./status.ts";

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: "gauge" | "counter";
  values(instance: InstanceStatus): readonly (readonly [labels: Readonly<Record<string, string>>, number])[];
}

const states = ["INIT", "BACKUP", "MASTER", "FAULT"] as const;

function plain(
  name: string,
  type: Metric["type"],
  help: string,
  value: (instance: InstanceStatus) => number,
): Metric {
  return { name, help, type, values: (instance) => [[{}, value(instance)]] };
}

const metrics: readonly Metric[] = [
  {
    name: "vrrp_state",
    help: "1 for the state that the instance is in.",
    type: "gauge",
    values: ({ state }) => states.map((each) => [{ state: each }, each === state ? 1 : 0] as const),
  },
  plain("vrrp_state_since_seconds", "gauge", "Unix time of the last change of state.", ({ since }) => {
    return Date.parse(since) / 1000;
  }),
  plain("vrrp_priority", "gauge", "Priority in force.", ({ priority }) => priority.inForce),
  plain("vrrp_advert_interval_seconds", "gauge", "Time between adverts.", (each) => each.advertInterval),
  plain("vrrp_adverts_sent_total", "counter", "Adverts sent.", ({ statistics }) => statistics.sent),
  plain("vrrp_adverts_received_total", "counter", "Adverts received.", (each) => each.statistics.received),
  plain("vrrp_became_master_total", "counter", "Changes to MASTER.", (each) => each.statistics.becameMaster),
  plain(
    "vrrp_released_master_total",
    "counter",
    "Changes from MASTER to another state.",
    ({ statistics }) => {
      return statistics.releasedMaster;
    },
  ),
  plain("vrrp_priority_zero_sent_total", "counter", "Adverts sent that give up.", ({ statistics }) => {
    return statistics.priorityZeroSent;
  }),
  plain(
    "vrrp_priority_zero_received_total",
    "counter",
    "Adverts received that give up.",
    ({ statistics }) => {
      return statistics.priorityZeroReceived;
    },
  ),
  {
    name: "vrrp_adverts_refused_total",
    help: "Adverts not taken, by the reason.",
    type: "counter",
    values: ({ statistics }) =>
      Object.entries(statistics.refused).map(([reason, times]) => [{ reason }, times] as const),
  },
];

/** All metrics of all instances, labelled with its name and where it runs. */
export function metricsText({ instances }: Status): string {
  return `${metrics.flatMap((metric) => linesOf(metric, instances)).join("\n")}\n`;
}

function linesOf(
  { name, help, type, values }: Metric,
  instances: readonly InstanceStatus[],
): readonly string[] {
  const lines = instances.flatMap((instance) => {
    const own = {
      name: instance.name,
      vrid: String(instance.vrid),
      family: `ipv${instance.family}`,
      interface: instance.interface ?? "",
    };
    return values(instance).map(
      ([labels, value]) => `${name}{${labelsText({ ...own, ...labels })}} ${value}`,
    );
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines];
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([label, value]) => `${label}="${escaped(value)}"`)
    .join(",");
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
