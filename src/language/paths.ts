/**
 * Names of files as the language room has them: whole URIs without percent signs (`file:///etc/keepalived/a.conf`), or
 * plain absolute paths in tests. Only text is compared; nothing here looks at a disk.
 */

const scheme = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i;

/** The folder of a file, with the slash at its end. */
export function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf("/") + 1);
}

/** The folder above a folder, with the slash at its end; undefined at the top. */
export function folderAbove(folder: string): string | undefined {
  const above = folderOf(folder.slice(0, -1));
  return above === "" || above.endsWith("//") ? undefined : above;
}

/** Whether a file is this one, or lies in the folder of this name, which has no slash at its end. */
export function isWithin(file: string, name: string): boolean {
  return file.startsWith(name) && (file.length === name.length || file[name.length] === "/");
}

/** Name of a file without its folder; of a text that was never saved, which lies in none, without the scheme. */
export function baseName(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1).replace(/^untitled:/, "");
}

/** The path of a file without what stands before it in a URI. */
export function withoutScheme(file: string): string {
  return file.replace(scheme, "");
}

/** A path as written in a file, seen from that file's folder. */
export function beside(folder: string, written: string): string {
  const start = scheme.exec(folder)?.[0] ?? "";
  const path = written.startsWith("/") ? written : `${folder.slice(start.length)}${written}`;
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  return `${start}/${steps.join("/")}`;
}

/** The way from a folder to a file or folder, as it is written in a file of that folder; empty for the folder itself. */
export function pathFrom(folder: string, file: string): string {
  const [here, there] = [folder.replace(/\/$/, "").split("/"), file.split("/")];
  let common = 0;
  while (common < here.length && common < there.length && here[common] === there[common]) common++;
  return [...here.slice(common).map(() => ".."), ...there.slice(common)].join("/");
}

/** How a user knows a file: relative to the nearest of these folders, else by its name. */
export function shownIn(folders: readonly string[], file: string): string {
  const around = folders
    .filter((folder) => file.startsWith(folder))
    .sort((one, other) => other.length - one.length);
  return around[0] === undefined ? baseName(file) : file.slice(around[0].length);
}

/**
 * Names of hosts by their files: the file's name without `.conf`. Files of one name in several folders are called by the
 * folders that tell them apart (`lb1` and `lb2` for `lb1/keepalived.conf` and `lb2/keepalived.conf`), and by folders and
 * name where that would be the name of another one too. `separator` is what stands between folders in the given paths.
 */
export function hostNames(files: readonly string[], separator = "/"): ReadonlyMap<string, string> {
  const ways = files.map((file) => file.replace(/^untitled:|\.conf$/g, "").split(separator));
  const whole = ways.map((way) => shortestTail(way, ways));
  const folders = ways.map((way) => {
    const alike = ways.filter((other) => other.at(-1) === way.at(-1));
    if (alike.length === 1) return undefined;
    const same = commonEnd(alike);
    const above = alike.map((each) => each.slice(0, -same));
    const name = shortestTail(above[alike.indexOf(way)] ?? [], above);
    return /^\.*$/.test(name) ? undefined : name;
  });
  const names = files.map((file, index) => {
    const short = folders[index];
    const isTaken = (name: string | undefined, other: number) => other !== index && name === short;
    const isFree = short !== undefined && !folders.some(isTaken) && !whole.some(isTaken);
    return [file, (isFree ? short : whole[index]) ?? file] as const;
  });
  return new Map(names);
}

/** The last steps of a way, as many as it takes so that no other way ends alike. */
function shortestTail(way: readonly string[], all: readonly (readonly string[])[]): string {
  const tail = (steps: readonly string[], length: number) => steps.slice(-length).join("/");
  let length = 1;
  const taken = () => all.some((other) => other !== way && tail(other, length) === tail(way, length));
  while (length < way.length && taken()) length++;
  return tail(way, length);
}

/** How many last steps all ways have in common. */
function commonEnd(ways: readonly (readonly string[])[]): number {
  const [first = []] = ways;
  let length = 0;
  while (length < first.length && ways.every((way) => way.at(-1 - length) === first.at(-1 - length)))
    length++;
  return length;
}
