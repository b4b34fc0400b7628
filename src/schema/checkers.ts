/** The checkers of a real server: what each kind asks, and the settings they have in common. */
import { optionalBool } from "./common.ts";
import {
  connectSeconds,
  delaySeconds,
  largestWeight,
  periodSeconds,
  plainAddress,
  realPort,
  unsigned32,
} from "./lvs_values.ts";
import type { Arg, Choice, Keyword, Value } from "./types.ts";

/** Offsets and sizes that keepalived reads without an upper limit. */
const anyCount: Value = { is: "int", min: 0, max: Number.MAX_SAFE_INTEGER };
const statusCodes: Value = {
  is: "either",
  of: [
    { is: "int", min: 100, max: 599 },
    { is: "range", min: 100, max: 599 },
  ],
};
const replyLength: readonly Arg[] = [{ name: "bytes", value: { is: "int", min: 0, max: 65_535 } }];

/** Where a check connects to and from. */
const connectionKeywords: readonly Keyword[] = [
  {
    name: "connect_ip",
    args: plainAddress,
    times: "once",
    onInvalid: "ignores the line and connects to the real server",
    doc: "Checks at this address instead of the real server's. A link-local IPv6 address needs `bind_if` too.",
    example: "connect_ip 192.0.2.20",
    source: "keepalived/check/check_api.c:248 (v2.2.7)",
  },
  {
    name: "connect_port",
    args: realPort,
    times: "once",
    onInvalid: "ignores the line and connects to the real server's port",
    doc: "Checks at this port instead of the real server's.",
    example: "connect_port 8080",
    source: "keepalived/check/check_api.c:263 (v2.2.7)",
  },
  {
    name: "bindto",
    args: plainAddress,
    times: "once",
    onInvalid: "ignores the line and lets the system choose",
    doc: "Checks from this address of the host. It must be of the same family as the address that is checked.",
    example: "bindto 192.0.2.2",
    source: "keepalived/check/check_api.c:278 (v2.2.7)",
  },
  {
    name: "bind_port",
    args: realPort,
    times: "once",
    onInvalid: "ignores the line and lets the system choose",
    doc: "Checks from this port of the host.",
    example: "bind_port 40000",
    source: "keepalived/check/check_api.c:292 (v2.2.7)",
  },
  {
    name: "bind_if",
    args: [{ name: "interface", value: { is: "interface" } }],
    times: "once",
    onInvalid: "ignores the line and lets the routes choose",
    doc: "Checks through this interface. Link-local IPv6 addresses need it.",
    example: "bind_if eth0",
    source: "keepalived/check/check_api.c:307 (v2.2.7)",
  },
  {
    name: "connect_timeout",
    args: [{ name: "seconds", value: connectSeconds }],
    times: "once",
    onInvalid: "ignores the line, so the real server's timeout holds",
    doc: "Sets how long this check waits for its connection and for each answer, in seconds. Without it the real server's timeout holds, then the virtual server's, then 5.",
    example: "connect_timeout 3",
    source: "keepalived/check/check_api.c:321 (v2.2.7)",
  },
  {
    name: "fwmark",
    args: [{ name: "mark", value: { is: "int", min: 0, max: unsigned32 } }],
    times: "once",
    default: "0",
    onInvalid: "ignores the line and sets no mark",
    doc: "Marks the packets of this check for the firewall and for routing rules.",
    example: "fwmark 5",
    source: "keepalived/check/check_api.c:336 (v2.2.7)",
  },
];

/** When a check runs and what its failures mean. */
const timingKeywords: readonly Keyword[] = [
  {
    name: "retry",
    args: [{ name: "count", value: { is: "int", min: 0, max: unsigned32 } }],
    times: "once",
    default: "1",
    onInvalid: "ignores the line, so the real server's number holds",
    doc: "Sets how often this check is repeated after a failure before the server counts as down. Without it the real server's number holds, then the virtual server's.",
    example: "retry 3",
    source: "keepalived/check/check_api.c:350 (v2.2.7)",
  },
  {
    name: "delay_before_retry",
    args: [{ name: "seconds", value: delaySeconds }],
    times: "once",
    default: "1",
    onInvalid: "ignores the line, so the real server's delay holds",
    doc: "Sets the pause before this check is repeated after a failure, in seconds. Without it the real server's delay holds, then the virtual server's.",
    example: "delay_before_retry 2",
    source: "keepalived/check/check_api.c:364 (v2.2.7)",
  },
  {
    name: "warmup",
    args: [{ name: "seconds", value: delaySeconds }],
    times: "once",
    onInvalid: "ignores the line, so the real server's setting holds",
    doc: "Starts this check at a random moment within this many seconds. 0 starts it at once; without any setting it starts within `delay_loop`.",
    example: "warmup 0",
    source: "keepalived/check/check_api.c:379 (v2.2.7)",
  },
  {
    name: "delay_loop",
    args: [{ name: "seconds", value: periodSeconds }],
    times: "once",
    onInvalid: "ignores the line, so the real server's interval holds",
    doc: "Sets how often this check runs, in seconds. Without it the real server's interval holds, then the virtual server's, then 60.",
    example: "delay_loop 6",
    source: "keepalived/check/check_api.c:393 (v2.2.7)",
  },
  {
    name: "alpha",
    args: optionalBool,
    times: "once",
    onInvalid: "ignores the line, so the real server's setting holds",
    doc: "Takes the server as down until this check succeeds for the first time.",
    example: "alpha",
    source: "keepalived/check/check_api.c:407 (v2.2.7)",
  },
  {
    name: "log_all_failures",
    args: optionalBool,
    times: "once",
    onInvalid: "ignores the line",
    doc: "Logs every failed attempt, not only the one that takes the server down. Without it `checker_log_all_failures` of global_defs decides.",
    example: "log_all_failures",
    source: "keepalived/check/check_api.c:422 (v2.2.7)",
  },
];

const commonKeywords: readonly Keyword[] = [...connectionKeywords, ...timingKeywords];

/** The same keywords with other defaults, by keyword name. */
function withDefaults(keywords: readonly Keyword[], defaults: Readonly<Record<string, string>>): Keyword[] {
  return keywords.map((keyword) => {
    const value = defaults[keyword.name];
    return value === undefined ? keyword : { ...keyword, default: value };
  });
}

/** The same keywords, known since a release. */
function knownSince(since: string, keywords: readonly Keyword[]): Keyword[] {
  return keywords.map((keyword) => ({ ...keyword, since }));
}

const regexOptions: readonly Choice[] = [
  { word: "allow_empty_class", doc: "`[]` is an empty class." },
  { word: "alt_bsux", doc: "Escapes as in ECMAScript." },
  { word: "auto_callout", doc: "Calls out at each item; for debugging." },
  { word: "caseless", doc: "Ignores upper and lower case." },
  { word: "dollar_endonly", doc: "`$` matches at the very end only." },
  { word: "dotall", doc: "`.` matches line ends too." },
  { word: "dupnames", doc: "Group names may repeat." },
  { word: "extended", doc: "Ignores blanks and comments in the pattern." },
  { word: "firstline", doc: "The match must begin in the first line." },
  { word: "match_unset_backref", doc: "A reference to a group without match is empty." },
  { word: "multiline", doc: "`^` and `$` match at each line." },
  { word: "never_ucp", doc: "Forbids Unicode classes in the pattern." },
  { word: "never_utf", doc: "Forbids UTF mode in the pattern." },
  { word: "no_auto_capture", doc: "Only named groups capture." },
  { word: "no_auto_possess", doc: "Switches an optimisation off." },
  { word: "no_dotstar_anchor", doc: "Does not anchor a leading `.*`." },
  { word: "no_start_optimize", doc: "Switches the search for a start off." },
  { word: "ucp", doc: "Classes such as `\\w` follow Unicode." },
  { word: "ungreedy", doc: "Repeats match as little as possible." },
  { word: "utf", doc: "Pattern and page are UTF-8." },
  { word: "never_backslash_c", doc: "Forbids `\\C`." },
  { word: "alt_circumflex", doc: "`^` matches after a final line end too." },
  { word: "alt_verbnames", doc: "Escapes count in verb names." },
  { word: "use_offset_limit", doc: "Allows a limit for where a match begins." },
];

const regexKeywords: readonly Keyword[] = [
  {
    name: "regex",
    // keepalived applies the quoting of commands here, so the reader's words do not tell how many it sees.
    args: [{ name: "pattern", value: { is: "text" }, rest: true }],
    withoutValue: "skipped",
    times: "once",
    build: "--enable-regex",
    onInvalid: "logs the mistake and checks without the pattern",
    doc: "Requires that the page matches this regular expression (PCRE2). It must be one word: put it in quotes if it has blanks, and double each backslash.",
    example: 'regex "^Welcome"',
    source: "keepalived/check/check_http.c:623 (v2.2.7)",
  },
  {
    name: "regex_no_match",
    args: [],
    times: "once",
    flag: true,
    build: "--enable-regex",
    doc: "Turns the meaning round: a page that matches `regex` is a failure.",
    example: 'regex "Service unavailable"\nregex_no_match',
    source: "keepalived/check/check_http.c:638 (v2.2.7)",
  },
  {
    name: "regex_options",
    args: [{ name: "option", value: { is: "word", of: regexOptions }, rest: true }],
    withoutValue: "skipped",
    times: "many",
    build: "--enable-regex",
    onInvalid: "leaves out an option it does not know, without a message",
    doc: "Sets options of the regular expression, several on one line.",
    example: 'regex "welcome"\nregex_options caseless multiline',
    source: "keepalived/check/check_http.c:67,647 (v2.2.7)",
  },
  {
    name: "regex_min_offset",
    args: [{ name: "bytes", value: anyCount }],
    withoutValue: "skipped",
    times: "once",
    default: "0",
    build: "--enable-regex",
    onInvalid: "logs the mistake and searches from the start of the page",
    doc: "Searches the page from this byte on.",
    example: 'regex "welcome"\nregex_min_offset 100',
    source: "keepalived/check/check_http.c:665,685 (v2.2.7)",
  },
  {
    name: "regex_max_offset",
    args: [{ name: "bytes", value: anyCount }],
    withoutValue: "skipped",
    times: "once",
    build: "--enable-regex",
    onInvalid: "logs the mistake and lets a match begin at the first byte only",
    doc: "Requires that a match begins at this byte at the latest.",
    example: 'regex "welcome"\nregex_max_offset 2000',
    source: "keepalived/check/check_http.c:665,694 (v2.2.7)",
  },
  {
    name: "regex_stack",
    args: [
      { name: "start bytes", value: anyCount },
      { name: "maximum bytes", value: anyCount },
    ],
    withoutValue: "skipped",
    times: "once",
    build: "--enable-regex",
    onInvalid: "logs the mistake and uses the usual stack",
    doc: "Gives the regular expression a stack of its own, with its first and its largest size in bytes. Only patterns of great depth need it.",
    example: 'regex "welcome"\nregex_stack 32768 524288',
    source: "keepalived/check/check_http.c:705 (v2.2.7)",
  },
];

const urlKeywords: readonly Keyword[] = [
  {
    name: "path",
    args: [{ name: "path", value: { is: "text" } }],
    times: "once",
    onInvalid: "drops the url",
    doc: "Asks for this path of the server. Every url needs one.",
    example: "path /health",
    source: "keepalived/check/check_http.c:503 (v2.2.7)",
  },
  {
    name: "digest",
    args: [{ name: "digest", value: { is: "hex", digits: 32 } }],
    times: "once",
    wins: "first",
    onInvalid: "ignores the line, so any page will do",
    doc: "Requires that the page has this MD5 digest of 32 hex digits. `genhash` computes it.",
    example: "digest 9b3a0c85a887a256d6939da88aabd8cd",
    source: "keepalived/check/check_http.c:512 (v2.2.7)",
  },
  {
    name: "status_code",
    args: [{ name: "code or range", value: statusCodes, optional: true, rest: true }],
    times: "many",
    default: "200-299",
    onInvalid: "leaves out a code or range it cannot read; with none left, 200 to 299 count as success",
    doc: "Sets the HTTP status codes that mean success: codes and ranges from 100 to 599, separated by blanks. Several lines add up.",
    example: "status_code 200-299 301 302",
    source: "keepalived/check/check_http.c:554 (v2.2.7)",
  },
  {
    name: "virtualhost",
    args: [{ name: "host", value: { is: "text" } }],
    withoutValue: "skipped",
    times: "once",
    onInvalid: "ignores the line",
    doc: "Sets the host name that this request asks for. Without it the checker's holds, then the real server's, then the virtual server's.",
    example: "virtualhost www.example.com",
    source: "keepalived/check/check_http.c:585 (v2.2.7)",
  },
  ...regexKeywords,
];

/** Known in SSL_GET and in its urls only. */
const tlsCompliant: Keyword = {
  name: "tls_compliant",
  args: optionalBool,
  times: "once",
  default: "off",
  since: "2.2.8",
  onInvalid: "ignores the line",
  doc: "Ends the connection as TLS demands, with a close_notify. By default it is just closed, which is quicker.",
  example: "tls_compliant",
  source: "keepalived/check/check_http.c:623,873 (v2.4.3)",
};

function urlBlock(keywords: readonly Keyword[]): Keyword {
  return {
    name: "url",
    args: [],
    keywords,
    times: "many",
    doc: "Describes one request and the answer that means success. With several urls all must succeed.",
    example: "url {\n    path /health\n    status_code 200\n}",
    source: "keepalived/check/check_http.c:485 (v2.2.7)",
  };
}

const httpKeywords: readonly Keyword[] = [
  ...withDefaults(commonKeywords, { delay_before_retry: "3" }),
  {
    name: "nb_get_retry",
    args: [{ name: "count", value: { is: "int", min: 0, max: unsigned32 } }],
    times: "once",
    deprecated: { since: "1.1.8", use: "retry" },
    onInvalid: "ignores the line, so the real server's number holds",
    doc: "Sets how often the check is repeated after a failure. The old name of `retry`.",
    example: "nb_get_retry 3",
    source: "keepalived/check/check_http.c:441 (v2.2.7)",
  },
  {
    name: "virtualhost",
    args: [{ name: "host", value: { is: "text" } }],
    withoutValue: "skipped",
    times: "once",
    onInvalid: "ignores the line",
    doc: "Sets the host name that this check asks for. Urls may have their own; without it the real server's holds, then the virtual server's.",
    example: "virtualhost www.example.com",
    source: "keepalived/check/check_http.c:457 (v2.2.7)",
  },
  {
    name: "http_protocol",
    args: [
      {
        name: "version",
        value: {
          is: "word",
          of: [
            { word: "1.0", doc: "HTTP 1.0, the default." },
            { word: "1.1", doc: "HTTP 1.1." },
            { word: "1.0C", doc: "HTTP 1.0 that asks to close the connection." },
            { word: "1.0c", doc: "The same as 1.0C." },
          ],
        },
      },
    ],
    withoutValue: "skipped",
    times: "once",
    default: "1.0",
    onInvalid: "ignores the line and speaks HTTP 1.0",
    doc: "Chooses the version of HTTP that the check speaks.",
    example: "http_protocol 1.1",
    source: "keepalived/check/check_http.c:599 (v2.2.7)",
  },
  {
    name: "enable_sni",
    args: optionalBool,
    times: "once",
    default: "off",
    onInvalid: "ignores the line",
    doc: "Sends the host name in the TLS handshake. Servers that hold several certificates need it; only SSL_GET uses it.",
    example: "enable_sni",
    source: "keepalived/check/check_http.c:807 (v2.2.7)",
  },
  {
    name: "fast_recovery",
    args: optionalBool,
    times: "once",
    default: "off",
    onInvalid: "ignores the line",
    doc: "Asks for the urls one right after the other while the server starts or comes back, instead of one each `delay_loop`.",
    example: "fast_recovery",
    source: "keepalived/check/check_http.c:824 (v2.2.7)",
  },
];

const httpGet: Keyword = {
  name: "HTTP_GET",
  args: [],
  keywords: [...httpKeywords, urlBlock(urlKeywords)],
  times: "many",
  doc: "Checks by HTTP requests. Needs at least one `url`.",
  example:
    "HTTP_GET {\n    url {\n        path /health\n        status_code 200\n    }\n    connect_timeout 3\n}",
  source: "keepalived/check/check_http.c:428,891 (v2.2.7)",
};

const sslGet: Keyword = {
  name: "SSL_GET",
  args: [],
  keywords: [...httpKeywords, tlsCompliant, urlBlock([...urlKeywords, tlsCompliant])],
  times: "many",
  doc: "Checks by HTTPS requests. Needs at least one `url`. Certificates are not verified unless the SSL block says so.",
  example:
    "SSL_GET {\n    enable_sni\n    url {\n        path /health\n        status_code 200\n        virtualhost www.example.com\n    }\n}",
  source: "keepalived/check/check_http.c:428,891 (v2.2.7)",
};

const tcpCheck: Keyword = {
  name: "TCP_CHECK",
  args: [],
  keywords: commonKeywords,
  times: "many",
  doc: "Checks that a TCP connection can be made.",
  example: "TCP_CHECK {\n    connect_timeout 3\n}",
  source: "keepalived/check/check_tcp.c:66 (v2.2.7)",
};

const udpCheck: Keyword = {
  name: "UDP_CHECK",
  args: [],
  keywords: knownSince("2.2.4", [
    ...commonKeywords,
    {
      name: "payload",
      // Hex digits in words of any length, also within quotes.
      args: [{ name: "hex digits", value: { is: "text" }, rest: true }],
      withoutValue: "skipped",
      times: "once",
      onInvalid: "ignores the line and sends random bytes",
      doc: "Sets the bytes to send, as hex digits with or without blanks between. Without it random bytes are sent.",
      example: "payload 01 02 0a",
      source: "keepalived/check/check_udp.c:101 (v2.2.7)",
    },
    {
      name: "require_reply",
      args: [{ name: "hex digits", value: { is: "text" }, optional: true, rest: true }],
      times: "once",
      onInvalid: "requires a reply with any content",
      doc: "Requires a reply, and that it begins with these bytes if any are given. Hex digits; `X` stands for any digit. Without this keyword silence is success.",
      example: "require_reply 01 XX 0a",
      source: "keepalived/check/check_udp.c:121 (v2.2.7)",
    },
    {
      name: "min_reply_length",
      args: replyLength,
      times: "once",
      default: "0",
      onInvalid: "ignores the line",
      doc: "Sets the smallest length of a good reply, in bytes.",
      example: "min_reply_length 4",
      source: "keepalived/check/check_udp.c:141 (v2.2.7)",
    },
    {
      name: "max_reply_length",
      args: replyLength,
      times: "once",
      default: "255",
      onInvalid: "ignores the line",
      doc: "Sets the largest length of a good reply, in bytes.",
      example: "max_reply_length 1024",
      source: "keepalived/check/check_udp.c:155 (v2.2.7)",
    },
  ]),
  times: "many",
  since: "2.2.4",
  doc: "Checks by a UDP packet. It fails when the network reports the port as unreachable and, with `require_reply`, when no good answer comes.",
  example: "UDP_CHECK {\n    payload 01 02\n    require_reply\n    connect_timeout 5\n}",
  source: "keepalived/check/check_udp.c:89 (v2.2.7)",
};

const dnsTypes: readonly Choice[] = [
  { word: "A", doc: "IPv4 addresses." },
  { word: "NS", doc: "Name servers." },
  { word: "CNAME", doc: "The canonical name." },
  { word: "SOA", doc: "The start of authority, the default." },
  { word: "MX", doc: "Mail servers." },
  { word: "TXT", doc: "Texts." },
  { word: "AAAA", doc: "IPv6 addresses." },
  { word: "RRSIG", doc: "Signatures." },
  { word: "DNSKEY", doc: "Keys of a signed zone." },
];

const dnsCheck: Keyword = {
  name: "DNS_CHECK",
  args: [],
  keywords: [
    ...withDefaults(commonKeywords, { retry: "3", delay_before_retry: "delay_loop" }),
    {
      name: "type",
      args: [{ name: "type", value: { is: "word", of: dnsTypes, anyCase: true } }],
      times: "once",
      default: "SOA",
      onInvalid: "ignores the line and asks for SOA",
      doc: "Chooses the record type to ask for.",
      example: "type A",
      source: "keepalived/check/check_dns.c:44,483 (v2.2.7)",
    },
    {
      name: "name",
      args: [{ name: "domain", value: { is: "text" } }],
      times: "once",
      wins: "first",
      default: ".",
      onInvalid: "ignores the line and asks for the root",
      doc: "Sets the domain name to ask for; no part of it may be empty.",
      example: "name www.example.com",
      source: "keepalived/check/check_dns.c:497 (v2.2.7)",
    },
  ],
  times: "many",
  doc: "Checks by a DNS query over UDP.",
  example: "DNS_CHECK {\n    type A\n    name www.example.com\n    retry 2\n}",
  source: "keepalived/check/check_dns.c:467 (v2.2.7)",
};

const smtpCheck: Keyword = {
  name: "SMTP_CHECK",
  args: [],
  keywords: [
    ...commonKeywords,
    {
      name: "helo_name",
      args: [{ name: "name", value: { is: "text" } }],
      withoutValue: "skipped",
      times: "once",
      default: "smtpchecker.keepalived.org",
      onInvalid: "ignores the line",
      doc: "Sets the name that the check gives in its HELO.",
      example: "helo_name director.example.com",
      source: "keepalived/check/check_smtp.c:267 (v2.2.7)",
    },
    {
      name: "host",
      args: [],
      keywords: commonKeywords,
      times: "many",
      deprecated: { use: "several SMTP_CHECK blocks" },
      doc: "Checks at another address or port. Old: write one SMTP_CHECK for each address instead.",
      example: "host {\n    connect_ip 192.0.2.20\n    connect_port 25\n}",
      source: "keepalived/check/check_smtp.c:146,233 (v2.2.7)",
    },
  ],
  times: "many",
  doc: "Checks that a mail server greets and answers HELO.",
  example: "SMTP_CHECK {\n    helo_name director.example.com\n    connect_port 25\n}",
  source: "keepalived/check/check_smtp.c:110 (v2.2.7)",
};

const miscCheck: Keyword = {
  name: "MISC_CHECK",
  args: [],
  keywords: [
    ...withDefaults(timingKeywords, { retry: "0" }),
    {
      name: "misc_path",
      args: [{ name: "command", value: { is: "command" } }],
      withoutValue: "skipped",
      times: "once",
      onInvalid: "drops the checker",
      doc: "Runs this program; exit status 0 means that the server is well. Put a command with arguments in quotes: words after an unquoted path are lost.",
      example: 'misc_path "/usr/local/bin/check.sh 192.0.2.11"',
      source: "keepalived/check/check_misc.c:129 (v2.2.7)",
    },
    {
      name: "misc_timeout",
      args: [{ name: "seconds", value: { is: "int", min: 0, max: 4294 } }],
      times: "once",
      onInvalid: "ignores the line, so the program may run for `delay_loop`",
      doc: "Stops the program after this many whole seconds and takes it as failed. 0, or no such line, allows `delay_loop` of the virtual server.",
      example: "misc_timeout 5",
      source: "keepalived/check/check_misc.c:145,291 (v2.2.7)",
    },
    {
      name: "misc_dynamic",
      args: [],
      times: "once",
      flag: true,
      doc: "Takes exit status 2 to 255 as success with a new weight, which is the exit status minus 2. Status 0 keeps the weight and 1 is failure.",
      example: "misc_dynamic",
      source: "keepalived/check/check_misc.c:161 (v2.2.7); keepalived.conf(5)",
    },
    {
      name: "user",
      args: [
        { name: "user", value: { is: "user" } },
        { name: "group", value: { is: "group" }, optional: true },
      ],
      withoutValue: "skipped",
      times: "once",
      onInvalid: "drops the checker",
      doc: "Runs the program as this user, and with this group instead of the user's own.",
      example: "user root",
      source: "keepalived/check/check_misc.c:170 (v2.2.7)",
    },
  ],
  times: "many",
  doc: "Checks by a program of your own. It needs `misc_path` and, like all scripts, a user to run as.",
  example:
    'MISC_CHECK {\n    misc_path "/usr/local/bin/check.sh 192.0.2.11"\n    misc_timeout 5\n    user root\n}',
  source: "keepalived/check/check_misc.c:112 (v2.2.7)",
};

const bfdCheck: Keyword = {
  name: "BFD_CHECK",
  args: [],
  keywords: [
    {
      name: "name",
      args: [{ name: "name", value: { is: "name", refersTo: "bfd", maxBytes: 31 } }],
      withoutValue: "skipped",
      times: "once",
      wins: "first",
      onInvalid: "drops the checker",
      doc: "Names the bfd_instance whose state is the state of the server. Exactly one name, and each instance once in a real_server.",
      example: "name peer1",
      source: "keepalived/check/check_bfd.c:147 (v2.2.7)",
    },
    {
      name: "alpha",
      args: optionalBool,
      times: "once",
      onInvalid: "ignores the line, so the real server's setting holds",
      doc: "Takes the server as down until the BFD session is up for the first time.",
      example: "alpha",
      source: "keepalived/check/check_bfd.c:206 (v2.2.7)",
    },
  ],
  times: "many",
  build: "--enable-bfd",
  doc: "Follows a BFD session with the server, which notices a failure within milliseconds.",
  example: "BFD_CHECK {\n    name peer1\n}",
  source: "keepalived/check/check_bfd.c:135 (v2.2.7)",
};

const pingCheck: Keyword = {
  name: "PING_CHECK",
  args: [],
  keywords: knownSince("2.2.4", commonKeywords),
  times: "many",
  since: "2.2.4",
  doc: "Checks that the server answers ICMP echo requests. keepalived may change the kernel's `ping_group_range` for it.",
  example: "PING_CHECK {\n    retry 2\n}",
  source: "keepalived/check/check_ping.c:145 (v2.2.7)",
};

const fileCheck: Keyword = {
  name: "FILE_CHECK",
  args: [],
  keywords: knownSince("2.2.4", [
    {
      name: "track_file",
      args: [{ name: "name", value: { is: "name", refersTo: "track-file" } }],
      times: "once",
      onInvalid: "drops the checker",
      doc: "Names the track_file block whose number changes the server's weight.",
      example: "track_file load",
      source: "keepalived/check/check_file.c:54 (v2.2.7)",
    },
    {
      name: "weight",
      args: [{ name: "factor", value: { is: "int", min: -largestWeight, max: largestWeight } }],
      options: [
        { name: "reverse", args: [], doc: "Changes the sign of the result." },
        { name: "noreverse", args: [], doc: "Keeps the sign of the result, the default." },
      ],
      withoutValue: "skipped",
      times: "once",
      onInvalid: "ignores the line, so the weight of the track_file block holds",
      doc: "Multiplies the number in the file before it is added to the server's weight. Without it the weight of the track_file block holds.",
      example: "weight 2 reverse",
      source: "keepalived/check/check_file.c:86 (v2.2.7)",
    },
  ]),
  times: "many",
  since: "2.2.4",
  doc: "Changes the server's weight by the number in a file.",
  example: "FILE_CHECK {\n    track_file load\n    weight 1\n}",
  source: "keepalived/check/check_file.c:73 (v2.2.7)",
};

/** All checkers that may stand in a real_server. */
export const checkerBlocks: readonly Keyword[] = [
  tcpCheck,
  httpGet,
  sslGet,
  udpCheck,
  dnsCheck,
  smtpCheck,
  miscCheck,
  bfdCheck,
  pingCheck,
  fileCheck,
];
