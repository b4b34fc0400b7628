/**
 * What client and server say to each other beyond the language server protocol: names and shapes, plain JSON on the
 * wire. Lines and characters count from 0 as in the protocol, times are in seconds. A server that can not answer says
 * `{ reason }` in words for the user; it never fails a request for what a file says.
 */
import type { Severity } from "../diagnostic.ts";

/** Requests of the client. */
export const requests = {
  /** PeerFileParams → PeerFile | Refusal */
  peerFile: "keepalived/peerFile",
  /** DocumentParams → TakeoverTables | Refusal */
  takeovers: "keepalived/takeovers",
  /** ExplainParams → Explanation | Refusal */
  explain: "keepalived/explain",
  /** DocumentParams → Peers */
  peers: "keepalived/peers",
} as const;

/**
 * Notification of a client to a server that can read no files: FilesParams, with everything a workspace holds after
 * the start, later with what changed.
 */
export const filesNotification = "keepalived/files";

/** Notification of the server whenever it has judged a fleet anew: StatusParams. */
export const statusNotification = "keepalived/status";

/** Why there is no answer: one sentence for the user. */
export interface Refusal {
  readonly reason: string;
  /** What the user could add, so that there is an answer: address or priority of the new host. */
  readonly needs?: "address" | "priority";
}

export interface DocumentParams {
  readonly uri: string;
}

export interface PeerFileParams extends DocumentParams {
  /** Name of the new host; one is derived when it is missing. */
  readonly name?: string;
  /** Address of the new host, where the file does not already tell it. */
  readonly address?: string;
  /** Its priority, where the file does not tell which host is to be master. */
  readonly priority?: number;
}

/** The file of another host of the cluster; nothing was written. */
export interface PeerFile {
  readonly text: string;
  /** File name without folder, such as `host-b.conf`. */
  readonly suggestedName: string;
}

/** The main files of the hosts that form one fleet with a document, its own first. */
export interface Peers {
  readonly hosts: readonly { readonly name: string; readonly uri: string }[];
}

/** Every virtual router with which a document has to do, in the order of its fleet. */
export interface TakeoverTables {
  readonly routers: readonly TakeoverTable[];
  /** Sentences about all tables: there are errors, and the hosts may do something else. */
  readonly warnings: readonly string[];
}

export interface TakeoverTable {
  readonly family: 4 | 6;
  /** Missing when no member has a valid one. */
  readonly vrid?: number;
  readonly addresses: readonly string[];
  /** In the order in which they become master. */
  readonly turns: readonly TakeoverTurn[];
  /** Sentences about this table. */
  readonly warnings: readonly string[];
}

export interface TakeoverTurn {
  readonly host: string;
  readonly instance: string;
  /** Where the instance is written. */
  readonly uri: string;
  readonly line: number;
  readonly priority: number;
  /** From the last advert of the one before; the first of the order has it too, for its start. */
  readonly seconds: number;
  /** How that comes about: `3 × 1 s + 0.613 s`. */
  readonly sum: string;
  readonly tied: boolean;
  readonly uncertain: boolean;
}

export interface ExplainParams {
  /** Id of a rule. */
  readonly rule: string;
}

export interface Explanation {
  readonly title: string;
  readonly markdown: string;
}

export interface FilesParams {
  /** `text` is null for a file that is gone. */
  readonly files: readonly { readonly uri: string; readonly text: string | null }[];
}

export interface StatusParams {
  readonly uri: string;
  /** How many hosts were judged together. */
  readonly hosts: number;
  readonly errors: number;
  readonly warnings: number;
}

/** The settings section of a client, `keepalived`; a settings file in the workspace has the last word. */
export interface ClientSettings {
  /** The release all hosts run, such as "2.2.7"; empty means not said. */
  readonly target: string;
  readonly configId: string;
  /** Files of the hosts by name, relative to the workspace folder. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Whether the hosts known are all hosts of their clusters; null leaves that to the number of files. */
  readonly complete: boolean | null;
  readonly rules: Readonly<Record<string, Severity | "off">>;
  /** Most problems shown in one file. */
  readonly maxProblems: number;
  readonly inlayHints: boolean;
  readonly codeLens: boolean;
  readonly format: {
    readonly enable: boolean;
    /** Values of neighbouring lines begin in one column. */
    readonly alignValues: boolean;
  };
}

/** What holds for a client that says nothing. */
export const defaultClientSettings: ClientSettings = {
  target: "",
  configId: "",
  hosts: {},
  complete: null,
  rules: {},
  maxProblems: 1000,
  inlayHints: true,
  codeLens: true,
  format: { enable: true, alignValues: false },
};
