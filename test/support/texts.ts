/** Random configurations: mostly well formed, then damaged the way people and editors damage files. */
import fc from "fast-check";

/** The seed of all random tests; `SEED=n` repeats a run, and a failure prints it. */
export const seed = Number(process.env["SEED"] ?? 20_261_123);

const number = fc.constantFrom("1", "51", "100", "255", "$PRIO", "${PRIO}", "0", "1x");
const comment = fc.constantFrom("", "", "", "", " # note", " ! note", "# glued", ' # it"s', " // slashes");

const instanceLine = fc.oneof(
  number.map((value) => `priority ${value}`),
  number.map((value) => `virtual_router_id ${value}`),
  fc.constantFrom(
    "state MASTER",
    "interface eth0",
    "nopreempt",
    "advert_int 1",
    'notify_master "/usr/bin/true a"',
    "$UNKNOWN",
    "prioritty 5",
  ),
  fc.constantFrom(
    "authentication {\n auth_type PASS\n auth_pass a!b\n}",
    "track_interface {\n eth0 weight 5\n}",
    "$BLOCK",
    "unicast_peer\n{\n10.0.0.2 }",
  ),
  fc.constantFrom(
    "virtual_ipaddress {\n 10.1.0.1/24 dev eth0\n ~SEQ(i, 2, 4) 10.1.0.$i\n}",
    "virtual_ipaddress { 10.1.0.9 }",
    "virtual_ipadress {\n 10.1.0.1\n}",
  ),
  fc.constantFrom(
    "@one priority 10",
    "@^one priority 20",
    "@two state BACKUP",
    "~LST({a,b}, {priority,1}, {advert_int,2}) $a ${b}",
  ),
);

const block = (header: fc.Arbitrary<string>, line: fc.Arbitrary<string>) =>
  fc
    .tuple(header, fc.array(line, { maxLength: 6 }))
    .map(([name, lines]) => `${name} {\n${lines.join("\n")}\n}`);

const rootLine = fc.oneof(
  {
    weight: 4,
    arbitrary: block(
      fc.constantFrom("vrrp_instance VI_1", "vrrp_instance VI_2", "vrrp_instance ${NAME}"),
      instanceLine,
    ),
  },
  block(
    fc.constant("global_defs"),
    fc.constantFrom(
      "router_id a",
      'router_id "a b"',
      "notification_email {\n a@b\n}",
      "enable_script_security",
      "unknown_thing 3",
    ),
  ),
  block(
    fc.constantFrom("vrrp_sync_group G", "vrrp_sync_group"),
    fc.constantFrom("smtp_alert", "track_script {\nchk\n}", "global_tracking"),
  ),
  block(
    fc.constant("virtual_server 10.0.0.1 80"),
    fc.constantFrom("protocol TCP", "lb_algo rr", "real_server 10.0.0.2 80 {\nTCP_CHECK {\n}\n}"),
  ),
  fc.constantFrom(
    "$PRIO=100",
    "$NAME=VI_9",
    "$BLOCK=track_interface { \\\n eth0 \\\n }",
    "$PRIO = 3",
    "! comment",
    "",
    "@one $PRIO=9",
    "static_ipaddress {\n 10.9.0.1/24 dev eth0\n}",
  ),
);

/** Where a text is damaged, and how. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.constantFrom(0, 0, 1, 1, 2, 7),
  insert: fc.constantFrom(
    "",
    "{",
    "}",
    '"',
    "#",
    "!",
    "\\",
    "\n",
    " ",
    "$",
    "@",
    "~SEQ",
    "${X}",
    "\t",
    "x",
    "} {",
    "\\\n",
    "'",
  ),
});

/** A configuration of a few blocks, whole or damaged in up to three places. */
export const configuration = fc
  .record({
    parts: fc.array(fc.tuple(rootLine, comment), { minLength: 1, maxLength: 6 }),
    damages: fc.array(damage, { maxLength: 3 }),
    indent: fc.constantFrom("", "  ", "\t"),
  })
  .map(({ parts, damages, indent }) => {
    let text = `${parts.map(([part, note]) => indented(part, indent) + note).join("\n")}\n`;
    for (const { at, remove, insert } of damages) {
      const offset = Math.floor(at * text.length);
      text = text.slice(0, offset) + insert + text.slice(offset + remove);
    }
    // keepalived counts line ends, so messages about an unended last line would name two lines.
    return text.endsWith("\n") ? text : `${text}\n`;
  });

function indented(text: string, indent: string): string {
  let depth = 0;
  return text
    .split("\n")
    .map((line) => {
      if (line.trim().startsWith("}")) depth--;
      const shown = indent.repeat(Math.max(depth, 0)) + line.trim();
      if (line.trim().endsWith("{")) depth++;
      return shown;
    })
    .join("\n");
}

/** Any text at all, with the characters that mean something to the language far more often than others. */
export const anyText = fc
  .array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.constantFrom(
          ..."{}\"#!\\$@~()=,./:- \t\n\r\f\v\0'",
          "\r\n",
          "${",
          "\uFEFF",
          "“",
          "”",
          "漢字",
          "\u00a0",
          "😀",
          "\ud800",
        ),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          "vrrp_instance",
          "include",
          "~SEQ(",
          "~LST(",
          "$A=",
          "@id ",
          "priority ",
          "10.0.0.1/24",
          "${A}",
          "virtual_ipaddress {\n",
        ),
      },
      { weight: 2, arbitrary: fc.string({ maxLength: 8, unit: "binary" }) },
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));
