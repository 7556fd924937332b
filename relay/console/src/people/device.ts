/** Pure. What a browser calls itself, in words that a person knows it by. */
import type { Say } from '../words/say.ts';

/** The first that is found counts: most browsers name others as well. */
const browsers = [
  [/Edg/, 'Edge'],
  [/Firefox/, 'Firefox'],
  [/Chrom(e|ium)/, 'Chrome'],
  [/Safari/, 'Safari'],
] as const;
const systems = [
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'Mac'],
  [/Linux|X11/, 'Linux'],
] as const;

/** What kind of device it is. @param device User-Agent */
export const systemOf = (device: string): string | undefined => systems.find(([pattern]) => pattern.test(device))?.[1];

/** @param device User-Agent */
export function deviceWords(device: string | undefined, say: Say): string {
  if (!device) return say('people.device.unknown');
  const browser = browsers.find(([pattern]) => pattern.test(device))?.[1];
  const system = systemOf(device);
  return browser && system ? say('people.device', { browser, system }) : say('people.device.program');
}
