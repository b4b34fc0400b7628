/** What is wrong with a file as a text, before any line is looked at. */
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
  if (looksLikeUtf16(text)) return [finding("utf16", 0, Math.min(2, text.length))];
  const findings: SyntaxFinding[] = [];
  if (text.startsWith("\uFEFF")) findings.push(finding("byte-order-mark", 0, 1));
  if (!text.includes("\n") && /\r[^\r]/.test(text))
    findings.push(finding("cr-only", text.indexOf("\r"), text.indexOf("\r") + 1));
  for (const { start, text: line } of source.lines) {
    const nul = line.indexOf("\0");
    if (nul !== -1) findings.push(finding("nul-byte", start + nul, start + nul + 1));
    if (line.length * 3 > longestLine && encoder.encode(line.replace(/\n$/, "")).length > longestLine) {
      findings.push(finding("line-too-long", start, start + line.replace(/[\r\n]+$/, "").length));
    }
  }
  return findings;
}

/** A UTF-16 file read as UTF-8: a broken byte order mark, or a NUL beside every other character. */
function looksLikeUtf16(text: string): boolean {
  if (text.startsWith("\uFFFD\uFFFD") && text.includes("\0")) return true;
  const start = text.slice(0, 200);
  const nuls = start.split("\0").length - 1;
  return start.length >= 4 && nuls * 2 >= start.length - 1;
}
