/** What differs between keepalived's releases, as facts that the protocol asks for. */

export interface Quirks {
  /** An advert with other addresses is not taken at all. Before 2.3.3. */
  readonly dropsOtherAddresses: boolean;
  /** Short packets may be padded by the network. From 2.3.2. */
  readonly takesPadding: boolean;
  /** Unicast sources are compared even where addresses are not. From 2.3.3. */
  readonly checksSourceAlways: boolean;
}

/** The newest release that is known here, 2.4.3. */
export const newest: Quirks = {
  dropsOtherAddresses: false,
  takesPadding: true,
  checksSourceAlways: true,
};

/** keepalived 2.2.7, as Debian 12 has it. */
export const bookworm: Quirks = {
  dropsOtherAddresses: true,
  takesPadding: false,
  checksSourceAlways: false,
};
