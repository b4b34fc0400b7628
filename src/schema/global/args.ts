/** Words that many keywords of global_defs share. */
import type { Arg } from "../types.ts";

/** Largest unsigned number that keepalived stores in 32 bits. */
export const maxUnsigned = 4294967295;

/** Longest time that keepalived stores as microseconds in 32 bits. */
export const maxMicroseconds = 4294.967295;

/** Finest time that keepalived keeps. */
export const microsecond = 0.000001;

export const file: Arg = { name: "file", value: { is: "path" } };

export const directory: Arg = { name: "directory", value: { is: "path" } };

export const user: Arg = { name: "user", value: { is: "user" }, optional: true };

export const group: Arg = { name: "group", value: { is: "group" }, optional: true };

/** Linux keeps 15 bytes of a process name. */
export const processName: Arg = { name: "name", value: { is: "text", maxBytes: 15 } };

export const wholeSeconds: Arg = { name: "seconds", value: { is: "int", min: 0, max: 4294 } };

export const bytes: Arg = { name: "bytes", value: { is: "int", min: 0, max: maxUnsigned } };
