/** What differs between keepalived's releases, as facts that the protocol asks for. */

export interface Quirks {
  /** An advert with other addresses is not taken at all. Before 2.3.3. */
  readonly dropsOtherAddresses: boolean;
  /** Short packets may be padded by the network. From 2.3.2. */
  readonly takesPadding: boolean;
  /** Unicast sources are compared even where addresses are not. From 2.3.3. */
  readonly checksSourceAlways: boolean;
  /** Of two owners one waits whether the other one gives way. Before 2.3.3 each gives way at once, for good. */
  readonly ownersNegotiate: boolean;
  /** Nothing is heard during vrrp_startup_delay. From 2.2.8. */
  readonly deafWhileDelayed: boolean;
  /** Addresses are announced again by a clock of their own. Before 2.3.2 it happens with an advert. */
  readonly refreshesByClock: boolean;
}

/** The newest release that is known here, 2.4.3. */
export const newest: Quirks = {
  dropsOtherAddresses: false,
  takesPadding: true,
  checksSourceAlways: true,
  ownersNegotiate: true,
  deafWhileDelayed: true,
  refreshesByClock: true,
};

/** keepalived 2.2.7, as Debian 12 has it. */
export const bookworm: Quirks = {
  dropsOtherAddresses: true,
  takesPadding: false,
  checksSourceAlways: false,
  ownersNegotiate: false,
  deafWhileDelayed: false,
  refreshesByClock: false,
};
