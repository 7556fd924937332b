/** Finds the Chromium of this machine, and says how it is opened without a network of its own. */
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

/** Kept away from the network: the console needs nothing but the relay. */
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
