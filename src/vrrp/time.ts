/** Time in the protocol: whole microseconds since a moment that the caller chooses, never a fraction. */
export type Micros = number;

export const second: Micros = 1_000_000;

/** The unit of version 3's interval (RFC 9568, 5.2.7). */
export const centisecond: Micros = 10_000;
