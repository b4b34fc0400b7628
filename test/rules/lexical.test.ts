/** One mistake, one rule: what all rules together say about a slip of the pen. */
import { describe, expect, it, test } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { valueRules } from "../../src/rules/lexical/classify.ts";
import { everyKeyword } from "../../src/schema/index.ts";
import { lintTexts } from "../support/fleet.ts";

/** Severity and rule of all that is worth more than a hint, as `line rule`; lines counted in the given text. */
function told(text: string): string[] {
  return lintTexts({ "a.conf": text })
    .filter(({ severity }) => severity === "error" || severity === "warning")
    .map(({ rule, severity, at }) => {
      const line = text.slice(0, at.span.start).split("\n").length;
      return `${line} ${rule}${severity === "warning" ? " (warning)" : ""}`;
    });
}

/** A sound instance around some lines; the first of them is line 4. */
function around(lines: string): string {
  return `vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 51
${lines}
    virtual_ipaddress {
        10.0.0.100/24
    }
}
`;
}

describe("one mistake, one rule", () => {
  it.each([
    ["// a comment", "4 lex-slash-slash-comment"],
    ["// priority 100 {", "4 lex-slash-slash-comment"],
    ['// "quoted', "4 lex-slash-slash-comment"],
    ["priority 100 // high", "4 lex-slash-slash-comment (warning)"],
    ["priority 100 //high, 密码 = 1;", "4 lex-slash-slash-comment (warning)"],
    ["priority 100//high", "4 lex-slash-slash-comment"],
    ["nopreempt // off", "4 lex-slash-slash-comment (warning)"],
    ["strict_mode off // not now", "4 lex-slash-slash-comment (warning)"],
    ["/* priority 100 */", "4 lex-c-comment"],
    ["priority = 100", "4 lex-assignment-or-punctuation"],
    ["priority: 100", "4 lex-assignment-or-punctuation"],
    ["priority=100;", "4 lex-assignment-or-punctuation"],
    ["priority := 100", "4 lex-assignment-or-punctuation"],
    ["priority 100 ;", "4 lex-assignment-or-punctuation (warning)"],
    ["priority 100;", "4 vrrp-priority-invalid"],
    ["version 3;", "4 lex-assignment-or-punctuation"],
    ["version 0x3", "4 lex-number-format (warning)"],
    ["version 4", "4 lex-invalid-value"],
    ["priority 150x", "4 vrrp-priority-invalid"],
    ["advert_int 1s", "4 vrrp-advert-int-unparsable"],
    ["state master", "4 vrrp-state-invalid (warning)"],
    ["State BACKUP", "4 lex-keyword-case"],
    ["PRIORITY = 100", "4 lex-keyword-case"],
    ["priorty 100", "4 lex-unknown-keyword"],
    ["priority", "4 lex-missing-value"],
    ["priority '100'", "4 lex-single-quotes"],
    ["priority “100”", "4 lex-smart-quotes"],
    ["priority –100", "4 lex-smart-quotes"],
    ["priority\u00a0100", "4 lex-smart-quotes"],
    ["priority １００", "4 lex-smart-quotes"],
    ['priority "100', "4 lex-unmatched-quote"],
    ["priority 100 preempt_delay 5", "4 lex-extra-arguments"],
    ["priority 100 5", "4 lex-extra-arguments"],
    ["nopreempt off", "4 vrrp-bool-argument-ignored"],
    ["nopreempt now", "4 lex-extra-arguments"],
    ["strict_mode False", "4 lex-boolean-value (warning)"],
    ["garp_master_delay 5 {", "4 lex-unexpected-open-brace"],
    ["vrrp_garp_master_delay 5", "4 vrrp-keyword-global-vs-instance-form"],
    ["router_id web1", "4 lex-keyword-wrong-block"],
    ["priority $PRIO", "4 lex-undefined-variable"],
    ["advert_int \\\n1", "4 lex-backslash-outside-definition"],
    ["@ a priority 100", "4 lex-condition-syntax"],
    ["~seq(N, 1, 3) x", "4 lex-unknown-keyword"],
  ])("%j: %s", (line, expected) => {
    expect(told(around(`    ${line}`)).filter((one) => !one.endsWith("vrrp-vip-none"))).toContain(expected);
    expect(told(around(`    ${line}`)).filter((one) => one.startsWith("4 "))).toEqual([expected]);
  });

  it.each([
    ["authentication { auth_type PASS auth_pass s3cret }", ["4 lex-block-on-one-line"]],
    ["authentication {\nauth_type PASS\nauth_pass my pass\n}", ["6 lex-unquoted-spaces (warning)"]],
    ["authentication {\nauth_type PASS\nauth_pass 'my pass'\n}", ["6 lex-single-quotes"]],
    ["authentication {\nauth_type PASS\nauth_pass “my pass”\n}", ["6 lex-smart-quotes"]],
    ["authentication {\nauth_type PASS\nauth_pass pa#ss\n}", ["6 lex-hash-or-bang-in-value"]],
    ["authentication {\nauth_type PASS\nauth_pass = s3cret\n}", ["6 lex-assignment-or-punctuation"]],
    ["authentication {\nauth_type PASS\nauth_pass // later\n}", ["6 lex-slash-slash-comment"]],
    ["authentication {\nauth_type pass\nauth_pass s3cret\n}", ["5 vrrp-auth-type-unknown"]],
    ["virtual_ipaddress_excluded {\n// more\n10.0.0.101/24\n}", ["5 lex-slash-slash-comment"]],
    ["virtual_ipaddress_excluded {\n10.0.0.101/24 // more\n}", ["5 lex-slash-slash-comment"]],
    ["virtual_ipaddress_excluded {\n10.0.0.101/24, 10.0.0.102/24\n}", ["5 lex-assignment-or-punctuation"]],
    ["virtual_ipaddress_excluded {\n10.0.0.101/24,10.0.0.102/24\n}", ["5 lex-assignment-or-punctuation"]],
    ["virtual_ipaddress_excluded {\n10.0.0.101/24 10.0.0.102/24\n}", ["5 vrrp-vip-several-on-one-line"]],
    ["virtual_ipaddress_excluded {\n10.0.0.300/24\n}", ["5 vrrp-vip-invalid"]],
    ["virtual_ipaddress_excluded {\n10.0.0.101/24 lable x\n}", ["5 vrrp-vip-invalid"]],
    ["virtual_ipaddress_excluded foo {\n10.0.0.101/24\n}", ["4 lex-block-extra-words (warning)"]],
    ["virtual_ipaddress_excluded\n10.0.0.101/24\n}", ["4 lex-missing-open-brace-value-block"]],
    ["virtual_routes {\n10.9.0.0/24 via 10.0.0.1 // more\n}", ["5 lex-slash-slash-comment"]],
    ["virtual_routes {\n10.9.0.0/24 via 10.0.0.1, dev eth0\n}", ["5 vrrp-route-invalid"]],
    ["virtual_routes {\n10.9.0.0/24 via $GATEWAY\n}", ["5 lex-undefined-variable"]],
    ["virtual_routes {\n10.9.0.0/24 via 10.0.0.1 metrik 5\n}", ["5 vrrp-route-invalid"]],
    ["virtual_routes {\n10.9.0.0/24 via 10.0.0.1 metric 5s\n}", ["5 vrrp-route-invalid"]],
    ["virtual_routes {\n10.9.0.0/24 via 10.0.0.1 metric\n}", ["5 vrrp-route-invalid"]],
    ["virtual_routes {\n10.9.0.0/24 gw 10.0.0.1\n}", []],
    ["virtual_rules {\nfrom 10.9.0.0/24 table 5 preference\n}", ["5 vrrp-route-invalid"]],
    ["virtual_ipaddress_excluded {\nfe80::1/64 scope link\n}", ["5 vrrp-vip-invalid (warning)"]],
    ["track_interface {\neth1 eth2\n}", ["5 vrrp-track-several-on-one-line"]],
    ["track_interface {\neth1 wieght 5\n}", ["5 lex-invalid-value"]],
    ["track_interface {\neth1 weight\n}", ["5 lex-invalid-value"]],
    ["track_interface {\neth1;\n}", ["5 lex-assignment-or-punctuation"]],
    ["virtual_ipadress_excluded {\n10.0.0.101/24\n}", ["4 lex-unknown-block"]],
    ["Virtual_ipaddress_excluded {\n10.0.0.101/24\n}", ["4 lex-keyword-case"]],
    ["virtual_ipaddress_excluded: {\n10.0.0.101/24\n}", ["4 lex-assignment-or-punctuation"]],
    ["/*\npriority 100\n*/", ["4 lex-c-comment"]],
    ["preempt_delay 5\npreempt_delay 6", ["4 lex-duplicate-keyword (warning)"]],
  ])("%j: %j", (lines, expected) => {
    expect(told(around(lines))).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    ["a whole file in UTF-16", `\uFFFD\uFFFD${[...around("")].join("\0")}\0`, ["1 lex-utf16"]],
    ["carriage returns alone", around("").replaceAll("\n", "\r"), ["1 lex-cr-only"]],
    ["a byte order mark", `\uFEFF${around("    priority 100")}`, ["1 lex-bom"]],
    [
      "a broken definition and its uses",
      `$PRIO =100\n${around("    priority $PRIO")}`,
      ["1 lex-define-syntax"],
    ],
    ["a brace too many", `${around("    priority 100")}}\n`, ["9 lex-extra-close-brace"]],
    ["no brace at the end", around("    priority 100").slice(0, -2), ["1 lex-missing-close-brace"]],
    ["no brace at the start", around("    priority 100").replace(" {", ""), ["1 lex-missing-open-brace"]],
  ])("%s", (_what, text, expected) => {
    expect(told(text)).toEqual(expected);
  });
});

describe("sound lines in odd clothes", () => {
  it.each([
    "priority 100 # // a comment",
    'priority "100"',
    "priority +100",
    "priority 0100",
    "advert_int 1.0",
    "notify_master \"/usr/bin/logger 'it is; a = b // c'\" root",
    "notify_master '/usr/bin/logger up' root root",
    "mcast_src_ip 10.0.0.1",
    "authentication {\nauth_type PASS\nauth_pass a=b;c,d\n}",
    "authentication {\nauth_type PASS\nauth_pass //x/y\n}",
    "authentication {\nauth_type PASS\nauth_pass pa$word\n}",
    "authentication {\nauth_type PASS\nauth_pass it's\n}",
    "authentication {\nauth_type PASS\nauth_pass a–b’c\n}",
    "unicast_src_ip 10.0.0.1 ! // ;",
  ])("%j", (line) => {
    const lexical = told(around(line)).filter((one) => / lex-/.test(one));
    expect(lexical).toEqual([]);
  });
});

test("every rule that the schema names either speaks or leaves its findings to the general ones", () => {
  const ids = new Set(rules.map(({ id }) => id));
  for (const id of valueRules) expect(ids).toContain(id);
  const named = everyKeyword().flatMap(({ keyword }) => [keyword.rule, keyword.lines?.rule]);
  for (const id of new Set(named)) if (id !== undefined && ids.has(id)) expect(valueRules).toContain(id);
});
