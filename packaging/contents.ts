/** What is in the folder of a program, for its list of parts and its licences: read from what has really been put there. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelEntry } from '@nattfrid/agent/perceive/manifest';
import type { NpmPackage } from './from-npm.ts';
import { linkedInto } from './node-runtime.ts';
import type { Part } from './parts.ts';
import type { Item } from './sbom.ts';

export const purlOf = (name: string, version: string): string =>
  `pkg:npm/${name.startsWith('@') ? `%40${name.slice(1)}` : name}@${version}`;

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** A library whose code is in one of the modules, or in the console. */
export const libraryItem = ({ name, version, licence }: Part): Item => ({
  ...{ type: 'library', name, version, licence, purl: purlOf(name, version) },
});

/** @param folder of the program, where Node lies as `node` */
export function nodeItem(node: NpmPackage, folder: string): Item {
  const linked = linkedInto(node).map(
    ({ name, version }): Item => ({
      ...{
        type: 'library',
        name,
        version,
        licence: 'see the licence of Node.js',
        purl: `pkg:generic/${name}@${version}`,
      },
    }),
  );
  return {
    type: 'platform',
    name: 'node',
    version: node.version,
    licence: 'MIT',
    about: `The runtime, from the npm package ${node.name}, without its symbols`,
    purl: purlOf(node.name, node.version),
    cpe: `cpe:2.3:a:nodejs:node.js:${node.version}:*:*:*:-:*:*:*`,
    sha256: digest(join(folder, 'node')),
    holds: linked,
  };
}

/** @param file of the library in the package */
export const runtimeItem = (file: string, runtime: NpmPackage): Item => ({
  type: 'file',
  name: file.slice(file.lastIndexOf('/') + 1),
  version: runtime.version,
  licence: 'MIT',
  about: `ONNX Runtime, from the npm package ${runtime.name}`,
  sha256: digest(file),
});

export const modelItem = ({ name, about, licence, source, sha256 }: ModelEntry): Item => ({
  ...{ type: 'model', name, version: source.version, licence, about, sha256 },
});

export const moduleItem = (file: string, version: string): Item => ({
  type: 'file',
  name: file.slice(file.lastIndexOf('/') + 1),
  version,
  licence: 'Apache-2.0',
  about: 'Our module, with the libraries of this list in it',
  sha256: digest(file),
});
