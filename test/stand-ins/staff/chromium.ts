/** Finds the Chromium of this machine; arguments with which it makes no connections of its own. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @returns the path of a Chromium, or undefined */
export function findChromium(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const told = environment['NATTFRID_CHROMIUM'];
  if (told) return told;
  const folders = [...(environment['PATH'] ?? '').split(delimiter), '/usr/bin'];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));
}

/** No background connections, as the console needs the relay alone. */
export const chromiumArgs = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
