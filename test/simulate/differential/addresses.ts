/** The hosts' own addresses, from which they send: higher for each host than for the one before it. */
export function address(family: 4 | 6, net: number, host: number): string {
  return family === 4 ? `10.${net}.0.${host + 1}` : `fe80::a:${host + 1}`;
}
