/** Makes the folder of one program for one machine: `bin`, `lib`, `share`, which runs where it stands and is `/usr` of the Debian package. */
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ModelEntry } from '@nattfrid/agent/perceive/manifest';
import { bundle } from './bundle.ts';
import { buildConsole } from './console.ts';
import { libraryItem, modelItem, moduleItem, nodeItem, purlOf, runtimeItem } from './contents.ts';
import { fromNpm, type NpmPackage } from './from-npm.ts';
import { licencesText } from './licences.ts';
import { copyModels } from './models.ts';
import { copyStripped } from './node-runtime.ts';
import { type Part, partIn, partsOf } from './parts.ts';
import { type Machine, machines, type Packaged } from './program.ts';
import { type Item, sbom } from './sbom.ts';
import { serviceOfPackage, starter } from './starter.ts';
import type { State } from './state.ts';

export interface ProgramFolder {
  readonly folder: string;
  /** What is in it, as CycloneDX. */
  readonly sbom: string;
}

/** @param folder is made anew @param cache of npm packages of other machines */
export async function makeFolder(
  program: Packaged,
  machine: Machine,
  { root, at, version, debianVersion }: State,
  folder: string,
  cache: string,
): Promise<ProgramFolder> {
  await rm(folder, { recursive: true, force: true });
  const inside = join(folder, 'lib', program.name);
  const documents = join(folder, 'share/doc', program.name);
  const units = join(folder, 'lib/systemd/system');
  for (const one of [inside, documents, units, join(folder, 'bin')]) await mkdir(one, { recursive: true });

  const sources = await bundle(program, root, inside);
  const shown = program.console ? await buildConsole(root, join(inside, 'console')) : [];
  const node = await fromNpm(machines[machine].node, root, cache);
  await copyStripped(join(node.folder, 'bin/node'), join(inside, 'node'), machines[machine].strip, 0o755);
  const runtime = program.native ? await copyRuntime(machine, root, inside, cache) : undefined;
  const models = await copyModels(program.models, root, inside);

  await writeFile(join(folder, 'bin', program.name), starter(program), { mode: 0o755 });
  await chmod(join(folder, 'bin', program.name), 0o755);
  for (const service of program.services)
    await writeFile(
      join(units, basename(service)),
      serviceOfPackage(await readFile(join(root, service), 'utf8'), program),
    );

  const parts = partsOf([...sources, ...shown]);
  const carried = carriedParts(parts, node, runtime, models);
  const about = `${program.name} ${debianVersion}`;
  await writeFile(join(documents, 'THIRD-PARTY.gz'), packed(licencesText(about, carried)));
  await copyFile(join(root, 'LICENSE'), join(documents, 'LICENSE'));
  const whole: Item = {
    type: 'application',
    name: program.name,
    version: debianVersion,
    licence: 'Apache-2.0',
    about: program.summary,
    purl: `pkg:deb/nattfrid/${program.name}@${encodeURIComponent(debianVersion)}?arch=${machine}`,
  };
  const items = [
    ...Object.keys(program.entries).map((name) => moduleItem(join(inside, `${name}.js`), version)),
    ...parts.map(libraryItem),
    nodeItem(node, inside),
    ...(runtime ? libraries.map((file) => runtimeItem(join(inside, file), runtime)) : []),
    ...models.map(modelItem),
  ];
  const list = sbom(whole, items, at);
  await writeFile(join(documents, 'sbom.cdx.json'), list);
  return { folder, sbom: list };
}

const libraries = ['libonnxruntime.so.1', 'onnxruntime_binding.node'] as const;

async function copyRuntime(machine: Machine, root: string, inside: string, cache: string): Promise<NpmPackage> {
  const runtime = await fromNpm('onnxruntime-node', root, cache);
  const { npm, strip } = machines[machine];
  for (const file of libraries)
    await copyStripped(join(runtime.folder, 'bin/napi-v6/linux', npm, file), join(inside, file), strip, 0o644);
  return runtime;
}

/** What of others is in the folder: also what is not code of a module. */
function carriedParts(
  parts: readonly Part[],
  node: NpmPackage,
  runtime: NpmPackage | undefined,
  models: readonly ModelEntry[],
): readonly Part[] {
  return [
    ...parts,
    { ...partIn(node.folder), name: 'node' },
    ...(runtime ? [partIn(runtime.folder)].filter(({ name }) => !parts.some((part) => part.name === name)) : []),
    ...models.map(({ name, source, licence }) => ({
      ...{ name: `model ${name}`, version: source.version, licence },
      texts: [`Weights of ${source.origin}, from ${purlOf(source.package, source.version)}, converted to ONNX.`],
    })),
  ];
}

/** Without a name and a time of its own, so that two builds give the same. */
const packed = (text: string): Uint8Array => gzipSync(text, { level: 9 });
