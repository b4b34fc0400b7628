/** How the page of a story looks: light or dark as the reader's system is, on narrow screens, on paper. */
export const pageStyle = `
:root{color-scheme:light dark;--held:#1a7f4b;--wrong:#d1242f;--line:#8888;--text:#1f2328;--back:#fff;--soft:#59636e}
@media screen and (prefers-color-scheme:dark){:root{--held:#3fb970;--wrong:#ff6b6b;--text:#e6edf3;--back:#0d1117;--soft:#9198a1}}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:var(--text);background:var(--back)}
h1{font-size:1.5rem;overflow-wrap:anywhere}h2{font-size:1.1rem;margin:2rem 0 0;overflow-wrap:anywhere}
section p,details{margin:0 0 .5rem;color:var(--soft);overflow-wrap:anywhere}
div{overflow-x:auto}svg{width:100%;min-width:40rem;height:auto;display:block}
text{fill:var(--text);font:13px system-ui,sans-serif}
.held{fill:var(--held);background:var(--held)}.wrong{fill:var(--wrong);background:var(--wrong)}
.runs{fill:var(--line);background:var(--line)}line{stroke:var(--line)}.fault{stroke:var(--text);stroke-dasharray:3 3}
.key{display:inline-block;margin-left:.9em}.key i{display:inline-block;width:1.2em;height:.7em;margin-right:.3em}
.key .runs{height:2px;vertical-align:middle}
table{border-collapse:collapse;width:100%;margin-top:.5rem}
td{padding:.2rem .8rem .2rem 0;vertical-align:top;border-top:1px solid var(--line)}
td:last-child{width:100%;padding-right:0;overflow-wrap:anywhere;min-width:14rem}
td:first-child{text-align:right}td:not(:last-child){white-space:nowrap;font-variant-numeric:tabular-nums}
.MASTER{color:var(--held);font-weight:600}.FAULT,.deaf{color:var(--wrong);font-weight:600}tr.done td{font-weight:600}
@media print{body{max-width:none;margin:0;font-size:12px}section,tr{break-inside:avoid}h2{break-after:avoid}div{overflow:visible}}
`;
