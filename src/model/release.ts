/** keepalived releases, such as "2.2.7". */

/** True when the first release is older than the second; parts that are missing count as 0. */
export function isOlder(release: string, than: string): boolean {
  const first = release.replace(/^v/, "").split(".").map(Number);
  const second = than.replace(/^v/, "").split(".").map(Number);
  for (let index = 0; index < Math.max(first.length, second.length); index++) {
    const difference = (first[index] ?? 0) - (second[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
