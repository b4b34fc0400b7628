/** What is wrong with a file as a text, before any line is looked at. */
import type { Text } from "../text.ts";
import type { SourceFile, SyntaxFinding, SyntaxFindingKind } from "./tree.ts";

/** keepalived reads lines into 1024 bytes (lib/parser.h, MAXBUF), line end and NUL included. */
const longestLine = 1022;

const encoder = new TextEncoder();

/** Encoding, line ends and lines that keepalived cannot hold. A UTF-16 file has only that one finding. */
export function textFindings(source: SourceFile): SyntaxFinding[] {
  const { path: file, text } = source;
  const finding = (kind: SyntaxFindingKind, start: number, end: number): SyntaxFinding => ({
    kind,
    at: { file, span: { start, end } },
  });
  const start = text.slice(0, 200);
  if (looksLikeUtf16(start, text)) return [finding("utf16", 0, Math.min(2, text.length))];
  const findings: SyntaxFinding[] = [];
  if (start.startsWith("\uFEFF")) findings.push(finding("byte-order-mark", 0, 1));
  const onlyLine = text.includes("\n") ? "" : text.toString();
  if (/\r[^\r]/.test(onlyLine))
    findings.push(finding("cr-only", onlyLine.indexOf("\r"), onlyLine.indexOf("\r") + 1));
  for (const { start: at, text: line } of source.lines) {
    const nul = line.indexOf("\0");
    if (nul !== -1) findings.push(finding("nul-byte", at + nul, at + nul + 1));
    if (line.length * 3 > longestLine && encoder.encode(line.replace(/\n$/, "")).length > longestLine) {
      findings.push(finding("line-too-long", at, at + line.replace(/[\r\n]+$/, "").length));
    }
  }
  return findings;
}

/** A UTF-16 file read as UTF-8: a broken byte order mark, or a NUL beside every other character. */
function looksLikeUtf16(start: string, text: Text): boolean {
  if (start.startsWith("\uFFFD\uFFFD") && text.includes("\0")) return true;
  const nuls = start.split("\0").length - 1;
  return start.length >= 4 && nuls * 2 >= start.length - 1;
}
