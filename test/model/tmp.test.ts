import { it } from "vitest";
import { readHost } from "../../src/model/read.ts";
import { execSync } from "node:child_process";
import { readFileSync } from "node:fs";
it("x", () => {
 for (const dir of ["corpus","corpus-issues","corpus-pairs","corpus-templates","corpus-upstream"]) {
 const files=execSync(`find /tmp/${dir} -type f -name '*.conf*'`).toString().trim().split("\n");
 const why: Record<string,number>={}; let n=0, ni=0, nu=0; const ex: Record<string,string>={};
 for (const f of files) { const t=readFileSync(f,"utf8"); const h=readHost({path:f,text:t}); ni+=h.instances.length; nu+=h.instances.filter(i=>i.uncertain).length;
  if(h.uncertain) { n++; const r=new Set<string>([...h.findings.map(x=>x.kind).filter(k=>["unknown-block","missing-open","missing-close","extra-close","unexpected-open","lost-line"].includes(k)), ...h.syntaxFindings.map(x=>x.kind).filter(k=>k.startsWith("include")||k==="utf16"), ...(h.configId===undefined? [] : [])]); if(!r.size) r.add("other"); for (const k of r) {why[k]=(why[k]??0)+1; ex[k]=f;} } }
 console.log(dir, files.length, "uncertain", n, ni, nu, JSON.stringify(why), JSON.stringify(ex));
 }
}, 300000);
