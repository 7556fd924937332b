import { readFileSync } from 'node:fs';
const rss = (w: string) => { const s = readFileSync('/proc/self/status','utf8'); const g=(k:string)=>Math.round(Number(new RegExp(k+':\\s+(\\d+)').exec(s)![1])/1024); const m=process.memoryUsage(); console.log(w.padEnd(34), 'rss', g('VmRSS'), 'anon', g('RssAnon'), 'file', g('RssFile'), 'heap', m.heapTotal>>20, m.heapUsed>>20, 'ext', m.external>>20, 'ab', m.arrayBuffers>>20); };
rss('start');
await import('@nattfrid/agent/agent');
rss('agent imported');
const { openThread } = await import('@nattfrid/agent/perceive/inference');
const { builtModels } = await import('@nattfrid/agent/perceive/built-models');
const { openModel } = await import('@nattfrid/agent/perceive/model');
const place = await builtModels();
const thread = openThread();
await new Promise((r) => setTimeout(r, 500));
rss('thread');
const names = (process.argv[2] ?? 'nanodet,blazepose-full').split(',');
for (const name of names) {
  const m = await openModel(name, { ...place, thread });
  (globalThis as any).gc?.();
  await new Promise((r) => setTimeout(r, 500));
  rss('opened ' + name);
  const input = new Float32Array(m.input.shape.reduce((a, b) => a * b, 1)).map(() => Math.random());
  for (let i = 0; i < 5; i++) await m.run(input);
  await new Promise((r) => setTimeout(r, 300));
  rss('ran ' + name);
  const c = process.cpuUsage(); const n = 30;
  for (let i = 0; i < n; i++) await m.run(input);
  const d = process.cpuUsage(c); console.log('   cpu ms', ((d.user + d.system) / 1000 / n).toFixed(1));
}
await thread[Symbol.asyncDispose]();
process.exit(0);
