/** What the plan has to know of the machine beside its network; programs/surroundings.ts looks it up. */

/** Numbers of a user and a group. */
export interface Runner {
  readonly uid: number;
  readonly gid: number;
}

/** A program as it is found on the machine. */
export interface Found {
  /** Its full path: a bare name is looked for along PATH, links are followed. */
  readonly path: string;
  /** Why it may not be run, in words; undefined when it may. */
  readonly refused: string | undefined;
  /** Somebody other than root may change it, but script security is not asked for. */
  readonly insecure: boolean;
}

export interface Surroundings {
  /** The host's full name. */
  readonly hostname: string;
  /** Who runs the daemon. */
  readonly self: Runner & { readonly user: string };
  /** The keepalived release whose ways are followed; the newest one when undefined. */
  readonly release: string | undefined;
  /** A user with its own group, or with the one named; undefined when there is none of that name. */
  runner(user: string, group: string | undefined): Runner | undefined;
  /** Looks at a program; `secure` as enable_script_security asks for it. */
  inspect(program: string, runner: Runner, secure: boolean): Found;
  /** What stands in the file of a key, or why that cannot be read, in words. */
  keyFile(path: string): { readonly content: string } | { readonly problem: string };
}
