/** The shapes of the keyword schema: facts about keepalived.conf as data. Nothing here decides anything. */

/** Kinds of things that are defined by name in one place and used in another. */
export type NameKind =
  | "instance"
  | "sync-group"
  | "script"
  | "track-file"
  | "track-process"
  | "bfd"
  | "virtual-server-group";

/** One accepted word of a closed list. */
export interface Choice {
  readonly word: string;
  readonly doc: string;
  readonly since?: string;
}

/** What may stand as one word. Numbers are decimal; seconds may have a fraction. */
export type Value =
  | { readonly is: "int"; readonly min: number; readonly max: number }
  /** `resolution`: 0.01 means that finer fractions are rounded. All three in milliseconds where `unit` says so. */
  | {
      readonly is: "seconds";
      readonly min: number;
      readonly max: number;
      readonly resolution?: number;
      readonly unit?: "milliseconds";
    }
  /** `anyCase`: keepalived compares without regard to case. */
  | { readonly is: "word"; readonly of: readonly Choice[]; readonly anyCase?: true }
  /** on/off, true/false, yes/no in lower case. */
  | { readonly is: "bool" }
  | {
      readonly is: "address";
      readonly family?: 4 | 6;
      readonly prefix: "needed" | "allowed" | "refused";
      /** `10.0.0.1-20` is accepted too. */
      readonly range?: true;
      readonly multicast?: true;
    }
  | {
      readonly is: "name";
      readonly defines?: NameKind;
      readonly refersTo?: NameKind;
      /** Longest name in bytes; keepalived cuts or refuses longer ones. */
      readonly maxBytes?: number;
    }
  | { readonly is: "interface" }
  | { readonly is: "path" }
  /** A program in keepalived's own quoting: one word, which is quoted when the program has arguments. */
  | { readonly is: "command" }
  | { readonly is: "user" }
  | { readonly is: "group" }
  | { readonly is: "email" }
  | { readonly is: "hex" }
  | { readonly is: "text"; readonly maxBytes?: number }
  /** What any one of several kinds accepts: `forever` or a number; the first kinds are what completion offers. */
  | { readonly is: "either"; readonly of: readonly Value[] };

/** A positional word. `rest` takes all words that follow (only last). */
export interface Arg {
  readonly name: string;
  readonly value: Value;
  readonly optional?: true;
  readonly rest?: true;
}

/** A named option after the positional words: `dev eth0`, `weight -20 reverse`, `no_track`. */
export interface Option {
  readonly name: string;
  readonly args: readonly Arg[];
  readonly doc: string;
  readonly since?: string;
}

/** The lines inside a block of data, such as the addresses of virtual_ipaddress. */
export interface DataLines {
  /** What a line is called in messages: "address", "route", "tracked script". */
  readonly what: string;
  readonly args: readonly Arg[];
  readonly options?: readonly Option[];
  /** Words beyond `args` and `options` are more data of the same kind (`group { a b }`). */
  readonly severalPerLine?: true;
  /** Rule id for a bad line; absent means the keyword's own or the general rule for values. */
  readonly rule?: string;
  /** The lines are not checked against `args` and `options` here; a rule or a later reader does it. */
  readonly unchecked?: true;
}

export interface Deprecation {
  /** The release in which it became deprecated, if known. */
  readonly since?: string;
  /** What to write instead; empty when there is nothing. */
  readonly use: string;
}

/** One keyword in one block. The same name in two blocks is two entries. */
export interface Keyword {
  readonly name: string;
  readonly args: readonly Arg[];
  readonly options?: readonly Option[];
  /** A block of keywords, a block of data lines, or (absent) no block. */
  readonly keywords?: readonly Keyword[];
  readonly lines?: DataLines;
  /** The block may be left out: the keyword is accepted without `{`. */
  readonly blockOptional?: true;
  readonly times: "once" | "many";
  /** Which of several wins when `times` is "once"; keepalived usually lets the last win. */
  readonly wins?: "first" | "last";
  /** The value that holds when the keyword is absent, as text. */
  readonly default?: string;
  /** First release that has it; absent when older than 2.0.20. */
  readonly since?: string;
  readonly deprecated?: Deprecation;
  /** Needs an option at keepalived's build, such as "--enable-dbus". */
  readonly build?: string;
  /** Takes no value: keepalived ignores words after it and switches the flag on. */
  readonly flag?: true;
  /** keepalived skips a line without its value and reads on; absent means that it stops reading the file there. */
  readonly withoutValue?: "skipped";
  /** Rule id for a bad value of this keyword; absent means the general rule for values. */
  readonly rule?: string;
  /** What keepalived does with a bad value, continuing "keepalived …": "uses priority 100 instead". */
  readonly onInvalid?: string;
  /** First sentence: completion detail. All of it: hover and reference page. Our own words. */
  readonly doc: string;
  /** A fragment that lints clean where the keyword may stand, of one or more lines. */
  readonly example: string;
  /** Where the fact was learnt: manual section, or source file:line with the release. */
  readonly source: string;
}
