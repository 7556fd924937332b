/** Puts the Node of a machine into the package, without the symbols that only a debugger reads; says what is linked into it. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { NpmPackage } from './from-npm.ts';

const run = promisify(execFile);

/** @param strip the program that takes symbols away @throws Error with its words */
export async function copyStripped(from: string, to: string, strip: string, mode: number): Promise<void> {
  await copyFile(from, to);
  await run(strip, ['--strip-all', to]);
  await chmod(to, mode);
}

/** Read from the headers that come with it, as the program of another machine cannot be asked. */
const linked: readonly (readonly [name: string, header: string, version: RegExp])[] = [
  ['openssl', 'openssl/archs/linux-x86_64/asm/include/openssl/opensslv.h', /define OPENSSL_FULL_VERSION_STR "([^"]+)"/],
  ['zlib', 'zlib.h', /define ZLIB_VERSION "([^"]+)"/],
];

const numbered: readonly (readonly [name: string, header: string, fields: readonly string[]])[] = [
  ['v8', 'v8-version.h', ['V8_MAJOR_VERSION', 'V8_MINOR_VERSION', 'V8_BUILD_NUMBER', 'V8_PATCH_LEVEL']],
  ['libuv', 'uv/version.h', ['UV_VERSION_MAJOR', 'UV_VERSION_MINOR', 'UV_VERSION_PATCH']],
];

export interface Linked {
  readonly name: string;
  readonly version: string;
}

/** @throws Error where a header does not say it: a list without OpenSSL would be taken for one that is whole */
export function linkedInto({ folder }: NpmPackage): readonly Linked[] {
  const headers = headersOf(folder);
  return [
    ...linked.map(([name, header, version]) => ({ name, version: found(headers(header), version, header) })),
    ...numbered.map(([name, header, fields]) => ({
      name,
      version: fields.map((field) => found(headers(header), new RegExp(`define ${field} (\\d+)`), header)).join('.'),
    })),
    {
      name: 'icu',
      version: found(headers('config.gypi'), /'icu_ver_major': '([^']+)'|"icu_ver_major": "([^"]+)"/, 'config.gypi'),
    },
  ];
}

const headersOf = (folder: string) => (header: string) => readFileSync(join(folder, 'include/node', header), 'utf8');

function found(text: string, pattern: RegExp, header: string): string {
  const [, one, other] = pattern.exec(text) ?? [];
  const version = one ?? other;
  if (version === undefined) throw new Error(`${header} of Node does not say its version.`);
  return version;
}
