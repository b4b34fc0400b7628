/**
 * Whether a program is there, may be run by its user, and can be changed by nobody but root (keepalived, lib/notify.c,
 * check_script_secure and check_security).
 */
import { lstatSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Found, Runner } from "../plan/surroundings.ts";

const usualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/** Bits of a file's mode. */
const groupMayWrite = 0o020;
const othersMayWrite = 0o002;
const sticky = 0o1000;
const setUser = 0o4000;
const setGroup = 0o2000;

/** Looks at a program for somebody who is to run it; `secure` as enable_script_security asks for it. */
export function inspect(
  program: string,
  runner: Runner,
  secure: boolean,
  path: string = process.env["PATH"] ?? usualPath,
): Found {
  const refuse = (refused: string): Found => ({ path: program, refused, insecure: false });
  const named = program.includes("/") ? program : searched(program, runner, path);
  if (named === undefined) return refuse("it is not found along PATH; name it with its full path");
  const real = realPath(named);
  if (real === undefined) return refuse("there is no such file, or it cannot be reached");
  const called = calledPath(named, real);
  const file = statSync(real);
  if (!file.isFile()) return refuse("it is no program");
  if (!mayRun(file, runner)) {
    return refuse(`user ${runner.uid} with group ${runner.gid} may not run it`);
  }
  const unsafe = runsAsRoot(file, runner) ? (unsafePart(called) ?? unsafePart(real)) : undefined;
  const why = unsafe && `others than root may change ${unsafe}, and it would run as root`;
  return { path: called, refused: secure ? why : undefined, insecure: unsafe !== undefined };
}

/** A program behaves by the name it is called with, so that this stays where it leads to the same file. */
function calledPath(named: string, real: string): string {
  const beside = join(dirname(real), basename(named));
  return realPath(beside) === real ? beside : real;
}

function searched(program: string, runner: Runner, path: string): string | undefined {
  const candidates = path.split(":").map((directory) => join(directory === "" ? "." : directory, program));
  return candidates.find((candidate) => {
    const file = statOf(candidate);
    return file?.isFile() === true && mayRun(file, runner);
  });
}

/** Undefined where there is nothing, or nothing that this user may see. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function mayRun({ mode, uid, gid }: Stats, runner: Runner): boolean {
  if (runner.uid === 0) return (mode & 0o111) !== 0;
  if (runner.uid === uid) return (mode & 0o100) !== 0;
  return (mode & (runner.gid === gid ? 0o010 : 0o001)) !== 0;
}

function runsAsRoot({ mode, uid, gid }: Stats, runner: Runner): boolean {
  const becomesUser = uid === 0 && (mode & setUser) !== 0;
  const becomesGroup = gid === 0 && (mode & setGroup) !== 0;
  return runner.uid === 0 || runner.gid === 0 || becomesUser || becomesGroup;
}

/** The first part of a path, from the root on, that others than root may change. */
function unsafePart(path: string): string | undefined {
  const names = path.split("/").filter((name) => name !== "");
  const parts = names.map((_, index) => `/${names.slice(0, index + 1).join("/")}`);
  return ["/", ...parts].find((part) => isUnsafe(lstatSync(part)));
}

/** A directory with the sticky bit keeps others from replacing what is in it. */
function isUnsafe(part: Stats): boolean {
  if (part.uid !== 0) return true;
  const counts = (part.isDirectory() && (part.mode & sticky) === 0) || part.isFile();
  const byGroup = part.gid !== 0 && (part.mode & groupMayWrite) !== 0;
  return counts && (byGroup || (part.mode & othersMayWrite) !== 0);
}
