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
  readonly deprecated?: Deprecation;
  readonly family?: LineFamily;
  /** What follows the word in place of the arguments behind it, and options of its own that may follow that. */
  readonly args?: readonly Arg[];
  readonly options?: readonly Option[];
  readonly needs?: Companions;
}

/**
 * The address family that a word settles for its line. `"open"`: the word stands for all addresses of either family,
 * and keepalived takes it only where no word before it has settled the family.
 */
export type LineFamily = 4 | 6 | "open";

/** What may stand as one word. Numbers are decimal; seconds may have a fraction. */
export type Value =
  /** `anyBase`: hexadecimal behind 0x and octal behind 0 are numbers too. `max` is Infinity where 64 bits are the limit. */
  | { readonly is: "int"; readonly min: number; readonly max: number; readonly anyBase?: true }
  /**
   * A name that files of the host give to a number (tables, protocols, classes of service), or a number, in any base
   * unless `decimal`. Any name is taken. `pair`: two of them with a slash between are accepted too.
   */
  | {
      readonly is: "named-number";
      readonly min?: number;
      readonly max: number;
      readonly decimal?: true;
      readonly pair?: true;
    }
  /** `FIRST-LAST`, both whole numbers; with `min` and `max` both lie between them and do not go down. */
  | { readonly is: "range"; readonly min?: number; readonly max?: number }
  /** A firewall mark, with its mask behind a slash if it has one; numbers of 32 bits in any base. */
  | { readonly is: "mark" }
  /** A time up to 120 seconds as `200ms`, `1.5s` or a bare number, which counts in parts of a millisecond. */
  | { readonly is: "route-time"; readonly partsPerMillisecond: 1 | 4 | 8 }
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
  /** One address, a network without host bits, `FIRST-LASTPART` or `FIRST-LAST`. */
  | { readonly is: "addresses" }
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
  /** Hexadecimal digits, exactly this many where `digits` says so. */
  | { readonly is: "hex"; readonly digits?: number }
  | { readonly is: "text"; readonly maxBytes?: number }
  /** What any one of several kinds accepts: `forever` or a number; the first kinds are what completion offers. */
  | { readonly is: "either"; readonly of: readonly Value[] };

/**
 * A positional word. `rest` takes all words that follow (only last). An optional one with a needed one behind it takes
 * the word only where it fits.
 */
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
  readonly deprecated?: Deprecation;
  /** Options of its own, in any order behind its arguments. */
  readonly options?: readonly Option[];
  /** Ends the line but for itself: only the same option may follow it and its own options. */
  readonly last?: true;
  /** Stands in place of the line's arguments and of its other options, as the first word only. */
  readonly instead?: true;
  /** keepalived reads past the word behind it, whatever that is; `args` shows that word. */
  readonly skips?: true;
  /** keepalived reports a missing argument and reads on; absent means that it stops reading the file there. */
  readonly withoutValue?: "skipped";
  readonly family?: LineFamily;
  readonly needs?: Companions;
}

/** One of these options, or words of closed lists, has to stand on the line as well; with `below`, its number must be lower than the own one. */
export interface Companions {
  readonly oneOf: readonly string[];
  readonly below?: true;
}

/** The lines inside a block of data, such as the addresses of virtual_ipaddress. */
export interface DataLines {
  /** What a line is called in messages: "address", "route", "tracked script". */
  readonly what: string;
  readonly args: readonly Arg[];
  readonly options?: readonly Option[];
  /** Words beyond `args` and `options` are more data of the same kind (`group { a b }`). */
  readonly severalPerLine?: true;
  /** Options may stand before and between `args`; each word that is no option begins `args` anew. */
  readonly anyOrder?: true;
  /** An argument or option that has to be there, by name; `once`: and only one of them. `what` is what they are. */
  readonly needs?: { readonly what: string; readonly oneOf: readonly string[]; readonly once?: true };
  /** What keepalived does when the block has no line, continuing "keepalived …"; absent when it takes that in silence. */
  readonly whenEmpty?: string;
  /** All addresses of a line are of one family, but for those whose value names its own. */
  readonly oneFamily?: true;
  /** Rule id for a bad line; absent means the keyword's own or the general rule for values. */
  readonly rule?: string;
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
  /** Something has to stand behind the keyword though each form of it is optional: what that is, in words. */
  readonly needs?: string;
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
