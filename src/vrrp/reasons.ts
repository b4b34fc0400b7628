/** Why an advert is not taken, in the order in which keepalived looks. */

/** Each reason with what it means, in a sentence for the user. */
export const reasons = {
  "too-short": "It ends before its header does.",
  vrid: "It belongs to another virtual router.",
  "ah-unexpected": "It is signed with auth_type AH, which is not configured here.",
  "ah-missing": "It is not signed, but auth_type AH is configured here.",
  length: "Its length does not fit the number of addresses it names.",
  "hop-limit": "Its TTL or hop limit is not 255, so it may come from another network.",
  version: "It is of another VRRP version.",
  "trailer-missing": "It has no auth_hmac signature, which is required here.",
  "trailer-malformed": "Its auth_hmac signature is of an unknown kind.",
  "trailer-stale":
    "Its auth_hmac signature is older or newer than the time window allows; compare the hosts' clocks.",
  "trailer-key": "Its auth_hmac signature was made with a key that is not known here.",
  "trailer-signature": "Its auth_hmac signature is wrong: the keys differ, or it was changed on the way.",
  "trailer-replay": "Its auth_hmac signature was seen before.",
  "auth-unknown": "Its type of authentication does not exist.",
  "auth-type": "It has another type of authentication.",
  password: "It has another password.",
  "ah-protocol": "What it signs is no VRRP message.",
  "ah-signature": "Its AH signature is wrong: the passwords differ, or it was changed on the way.",
  "ah-source": "Its AH signature belongs to another sender.",
  "ah-sequence": "Its AH sequence number was passed before.",
  interval: "It has another advert interval.",
  type: "It is no advert.",
  "address-count": "It names another number of addresses.",
  "total-length": "Its IP header gives a length that is not its own.",
  checksum: "Its checksum is wrong.",
  multicast: "It was sent to the multicast group, but this host expects unicast.",
  unicast: "It was sent to one host only, but this host expects multicast.",
  owner: "This host owns the addresses and listens to nobody.",
  addresses: "It lacks an address that this host has in its list.",
  "unicast-source": "Its sender is not among the unicast peers.",
  "hop-limit-range": "Its TTL or hop limit is outside the peer's range.",
} as const satisfies Readonly<Record<string, string>>;

export type Reason = keyof typeof reasons;
