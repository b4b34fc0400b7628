/** One kind of authentication with one password on every host. */
import type { Edit } from "../../diagnostic.ts";
import { firstBytes } from "../../model/authentication.ts";
import type { Fleet, Host, Instance, Member } from "../../model/host.ts";
import { type Claim, certain } from "../../rules/across/claims.ts";
import { quoted } from "../../rules/across/edits.ts";
import { agree, type Team } from "../../rules/across/teams.ts";
import { insertAfter, insertAtTop } from "../../rules/edits.ts";
import { lineOf, linesOf } from "../../rules/support.ts";
import { authenticationBlock, xhAuthMismatch } from "../../rules/xh-auth-mismatch.ts";
import { xhAuthOneSided } from "../../rules/xh-auth-one-sided.ts";
import { named, type Statement } from "../../schema/statement.ts";
import type { Word } from "../../syntax/tree.ts";
import { insertLike, removal, setWord } from "./edits.ts";
import { isFlawed } from "./reported.ts";
import { asIn, type Facet, nameOf, prevailing, type Step, step } from "./step.ts";

export const authenticationFacet: Facet = {
  settles: [xhAuthMismatch, xhAuthOneSided],
  find: (fleet, reported) => reported.flatMap((team) => settleTeam(fleet, team)),
};

/** What is ignored although it is written shows no intention that others could follow, except where nobody uses any. */
function isClear({ instance }: Member): boolean {
  const { type, ignored } = instance.authentication.value;
  return type !== "none" || ignored === undefined;
}

function settleTeam(fleet: Fleet, team: Team): readonly Step[] {
  const counts =
    agree(team, ({ instance }) => instance.version.value) &&
    agree(team, ({ instance }) => instance.strict.value) &&
    !team.some(({ instance }) => lineOf(instance, "auth_hmac")) &&
    team.every((member) => certain(member, member.instance.authentication));
  if (!counts) return [];
  const all = team.map(claimOf);
  const wanted = prevailing(all);
  const model = wanted && lineOf(wanted.member.instance, "authentication");
  if (!wanted || isFlawed(fleet, wanted.member.host, model)) return [];
  if (!isClear(wanted.member) || !team.some((member) => typeOf(member) !== "none")) return [];
  return all.filter(({ key }) => key !== wanted.key).flatMap((own) => align(own.member, wanted, all));
}

const typeOf = ({ instance }: Member) => instance.authentication.value.type;

function claimOf(member: Member): Claim {
  const { value, at } = member.instance.authentication;
  const says = value.type === "none" ? "no authentication" : `auth_type ${value.type}`;
  return { member, at, key: JSON.stringify([value.type, value.password]), says };
}

function align(member: Member, wanted: Claim, all: readonly Claim[]): readonly Step[] {
  const { host, instance } = member;
  const block = lineOf(instance, "authentication");
  const end = `${asIn(wanted, all)}: hosts drop adverts with another password`;
  if (typeOf(wanted.member) === "none") {
    const title = `${nameOf(member)}: the authentication block is removed, ${asIn(wanted, all)} (no password)`;
    return block ? step(host, title, removal(host, block), true) : [];
  }
  if (!block) {
    const lines = authenticationBlock(wanted.member);
    const model = lineOf(wanted.member.instance, "authentication");
    const edit = lines && insertLike(host, instance.block, model, lines);
    return step(host, `${nameOf(member)}: the authentication block is added, ${end}`, [edit]);
  }
  const edits = change(member, wanted.member.instance, block);
  return step(host, `${nameOf(member)}: authentication changes, ${end}`, edits);
}

/** Puts type and password right inside a block that is there. */
function change(member: Member, wanted: Instance, block: Statement): readonly (Edit | undefined)[] {
  const { host, instance } = member;
  const { type, written, password } = wanted.authentication.value;
  const lines = linesOf(instance, "authentication");
  const text = quoted(written);
  if (lines.length === 0)
    return [
      text === undefined ? undefined : insertAtTop(host, block, `auth_type ${type}\nauth_pass ${text}`),
    ];
  const [typeLine, passwordLine] = ["auth_type", "auth_pass"].map((keyword) => named(lines, keyword).at(-1));
  const edits: (Edit | undefined)[] = [];
  if (!typeLine) edits.push(addTo(host, lines, `auth_type ${type}`));
  else if (typeLine.words[1]?.text !== type) edits.push(setWord(host, typeLine.words[1], type));
  if (!passwordLine) edits.push(text === undefined ? undefined : addTo(host, lines, `auth_pass ${text}`));
  else if (firstBytes(instance.authentication.value.written) !== password)
    edits.push(setPassword(host, passwordLine.words[1], written));
  return edits;
}

function addTo(host: Host, lines: readonly Statement[], text: string): Edit | undefined {
  const last = lines.at(-1);
  return last && insertAfter(host, last, text);
}

/** The word as this password, with quotes where it needs them. */
function setPassword(host: Host, word: Word | undefined, password: string): Edit | undefined {
  const text = quoted(password);
  return text === undefined ? undefined : setWord(host, word, word?.quoted ? password : text);
}
