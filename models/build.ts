/** Builds the ONNX files that the agent runs, out of the graphs in the npm package that carries them: `npm run build:models`. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Manifest, type ModelEntry } from '@nattfrid/agent/perceive/manifest';
import { elapsed } from '@nattfrid/shared/time/clock';
import { convert } from './convert/convert.ts';
import { withWeights } from './convert/onnx-file.ts';
import { addTaught } from './convert/taught.ts';
import { readGraph } from './convert/tfjs-graph.ts';

const usage = `npm run build:models -- [options] [name ...]
  Converts the models of models/manifest.json to ONNX, into models/built/. Without names: all of them.
  --force        convert also what is already there with the right digest
  --pin          write size and digest of what was built into the manifest (after a change of the converter)
  --out FOLDER   where to write (default: models/built)
  --help`;

const here = import.meta.dirname;
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    force: { type: 'boolean', default: false },
    pin: { type: 'boolean', default: false },
    out: { type: 'string', default: join(here, 'built') },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else process.exitCode = await build();

async function build(): Promise<number> {
  const manifest = Manifest.parse(JSON.parse(await readFile(join(here, 'manifest.json'), 'utf8')));
  const unknown = positionals.filter((name) => !manifest.models.some((entry) => entry.name === name));
  if (unknown.length > 0) return complain(`There is no model called ${unknown.join(', ')}; see models/manifest.json.`);
  await mkdir(values.out, { recursive: true });
  const entries: ModelEntry[] = [];
  let wrong = 0;
  for (const entry of manifest.models) {
    const asked = positionals.length === 0 || positionals.includes(entry.name);
    const built = asked ? await buildOne(entry, manifest.opset) : entry;
    if (built.sha256 !== entry.sha256 && !values.pin) wrong++;
    entries.push(built);
  }
  if (values.pin) await writeFile(join(here, 'manifest.json'), written({ ...manifest, models: entries }));
  if (wrong > 0)
    return complain(
      `${wrong} built otherwise than models/manifest.json says; if the converter was changed on purpose, --pin.`,
    );
  return 0;
}

/** The entry with the size and digest that were found. */
async function buildOne(entry: ModelEntry, opset: number): Promise<ModelEntry> {
  const path = join(values.out, `${entry.name}.onnx`);
  const there = await readFile(path).catch(() => undefined);
  if (there && !values.force && digest(there) === entry.sha256) {
    console.log(`${entry.name.padEnd(20)} is there already`);
    return entry;
  }
  const start = elapsed();
  const { bytes: converted, nodes } = convert(await readGraph(sourceOf(entry)), entry, opset);
  const bytes = await taught(converted, entry);
  // Written aside and renamed: an agent that starts, or another build, never meets half a file.
  const part = `${path}.${process.pid}.part`;
  await writeFile(part, bytes);
  await rename(part, path);
  const size = `${(bytes.length / 1e6).toFixed(1)} MB`.padStart(8);
  console.log(
    `${entry.name.padEnd(20)} ${String(nodes).padStart(4)} nodes ${size} ${Math.round(elapsed() - start)} ms`,
  );
  return { ...entry, bytes: bytes.length, sha256: digest(bytes) };
}

/** As the formatter wants it: a list of numbers on one line. */
function written(manifest: Manifest): string {
  const lists = /\[[\d.,\s]+\]/g;
  const inOneLine = (list: string) => list.replaceAll(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']');
  return `${JSON.stringify(manifest, null, 2).replaceAll(lists, inOneLine)}\n`;
}

/** With our own weights, where the entry names a file of them. */
async function taught(converted: Uint8Array, { source }: ModelEntry): Promise<Uint8Array> {
  if (source.taught === undefined) return converted;
  const weights = await readFile(join(here, source.taught));
  return withWeights(converted, (tensors) => addTaught(tensors, weights));
}

function sourceOf({ source }: ModelEntry): string {
  const found = createRequire(import.meta.url).resolve(`${source.package}/package.json`);
  return join(dirname(found), source.path);
}

function complain(words: string): number {
  console.error(words);
  return 1;
}
