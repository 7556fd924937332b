/** Asks ModemManager by its program `mmcli` how the mobile link is; where the way out goes by cable or Wi-Fi, nobody needs to be asked. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seconds } from '@nattfrid/shared/time/duration';
import { readModems, readSignal, type SignalReading } from './signal.ts';

export interface SignalPlaces {
  /** The program `mmcli`. */
  readonly modem: string;
  /** Where the kernel tells its routes, `/proc` but in a test. */
  readonly proc: string;
}

const longest = seconds(8);
const mostBytes = 256 * 1024;
/** How often the modem itself measures, in seconds, once it has been asked. */
const measuresEvery = 10;

/** @returns never throws: without the program, or without its modem, there is no modem */
export async function askSignal(places: SignalPlaces, always = false): Promise<SignalReading> {
  if (!always && (await isByCable(places.proc))) return { type: 'cable' };
  const ask = (...args: readonly string[]) => told(places.modem, args);
  const path = readModems(await ask('--list-modems', '--output-json'));
  if (path === undefined) return (await isByCable(places.proc)) ? { type: 'cable' } : { type: 'no-modem' };
  const modem = ['--modem', path];
  await ask(...modem, `--signal-setup=${measuresEvery}`);
  const [state, signal] = [await ask(...modem, '--output-json'), await ask(...modem, '--signal-get', '--output-json')];
  return readSignal(state, signal);
}

/** Whether the way out leads over something else than a modem, by the names that systemd gives (ww: wireless wide area, ppp). */
async function isByCable(proc: string): Promise<boolean> {
  const text = await readFile(join(proc, 'net/route'), 'utf8').catch(() => '');
  const ways = text
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .filter(([, destination]) => destination === '00000000')
    .map(([name = '']) => name);
  return ways.length > 0 && ways.every((name) => !/^(ww|ppp|rmnet)/.test(name));
}

function told(program: string, args: readonly string[]): Promise<unknown> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: longest, maxBuffer: mostBytes }, (_error, said) => {
      try {
        resolve(JSON.parse(said));
      } catch {
        resolve(undefined);
      }
    });
  });
}
