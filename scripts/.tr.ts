import { readFileSync } from 'node:fs';
import { readPosture } from '../agent/src/decide/posture.ts';
const [mode,name,every='5']=process.argv.slice(2);
const c=JSON.parse(readFileSync('/work/shared/footage/index.json','utf8')).find((c:any)=>c.file===name+'.mp4');
const room:any={beds:c.bed_polygon_norm?[c.bed_polygon_norm]:[],exits:[],masks:[]};
console.log(name,'floor from',c.on_floor_from_s);
let i=0; for (const l of readFileSync(`/tmp/dm/obs/${mode}/${name}.jsonl`,'utf8').trim().split('\n')) { const o=JSON.parse(l); if(i++%+every) { if(!o.gone?.length) continue; }
 console.log((o.at/1000).toFixed(1), (o.persons??[]).map((p:any)=>{const r=readPosture(p,room,o.picture.aspect);return `#${p.track} ${r.posture}(${r.why}/${r.from}) c${p.certainty} u${p.unseenFor} [${[p.box.x,p.box.y,p.box.width,p.box.height].map((v:number)=>v.toFixed(2))}]${p.axis?` ax ${p.axis.tilt.toFixed(0)}/${p.axis.elongation.toFixed(1)}`:''}`}).join(' ; '), o.gone?.length?JSON.stringify(o.gone):''); }
