/** The bench: units without a door hand their labels over; stock, labels and sheet are written, and the relay is told of the stock. */

import { mkdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { type BenchFolder, openBenchFolder } from './bench-folder.ts';
import { drawLabel, type LabelLanguage } from './draw-label.ts';
import { openDoor } from './open-door.ts';
import { printSheet } from './print-sheet.ts';
import { mostAtOnce, type StockPlace, sendStock } from './send-stock.ts';
import { takeLetter } from './take-letter.ts';

export interface BenchOptions {
  /** Its folder. */
  readonly out: string;
  /** Where it listens: an address that units reach. */
  readonly listen: { readonly address: string; readonly port: number };
  /** Where all labels are to lead. */
  readonly relay: string | undefined;
  /** Absent: the relay is told by hand. */
  readonly stock: StockPlace | undefined;
  /** It ends when so many labels are there. */
  readonly count: number | undefined;
  readonly language: LabelLanguage;
}

/** Where the bench listens unless it is told otherwise; the cards say it, so that it stays the same. */
export const usualPort = 8477;

/** The first address of this machine that others reach. */
export const ownAddress = (): string | undefined =>
  Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address;

/**
 * Until all labels are there, or aborted.
 *
 * @param say a line for whoever stands there; no secret is in it
 * @returns how many units the relay has not been told of, though it was to be
 */
export async function runBench(
  options: BenchOptions,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<number> {
  const { out, listen, relay, count, language } = options;
  const folder = await openBenchFolder(out);
  const done = new AbortController();
  const stop = AbortSignal.any([signal, done.signal]);
  mkdirSync(join(out, 'labels'), { recursive: true, mode: 0o700 });
  const sending = keepSending(folder, options.stock, say, stop);
  const full = () => count !== undefined && folder.labels.length >= count;
  {
    await using door = await openDoor(listen, async (text, from) => {
      const taken = await takeLetter(text, from, folder, { relay, count });
      if (taken.type === 'refused') say(`refused, from ${from}: ${taken.words}`);
      else {
        const { label } = taken;
        folder.write(join('labels', `${label.unit}.svg`), drawLabel(label, language));
        if (taken.type === 'again') say(`${label.unit} came again: its receipt was lost on the way`);
        else
          say(
            `${progress(folder.labels.length, count)}: ${label.unit} (${label.model}, ${label.agent}), leads to ${label.relay}`,
          );
        sending.wake();
        if (full()) done.abort();
      }
      return taken;
    });
    const before = folder.address;
    const address = folder.setAddress(door.url);
    if (before && before.url !== door.url)
      say(
        `mind: cards that were written before say ${before.url}; their units do not find this bench. --listen ${new URL(before.url).host} is where it was.`,
      );
    say(`what belongs on the cards (scripts/flash cards --bench ${out}): ${JSON.stringify({ bench: address })}`);
    say(`${progress(folder.labels.length, count)}. Listens on ${door.url}; Ctrl+C ends it.`);
    if (full()) done.abort();
    await new Promise<void>((resolve) => {
      if (stop.aborted) resolve();
      stop.addEventListener('abort', () => resolve(), { once: true });
    });
  }
  const unsent = await sending.end();
  if (folder.labels.length === 0) return unsent;
  const { html, pdf } = await printSheet(folder, language);
  say(`to be printed at 100 %: ${pdf ?? html}`);
  if (!pdf)
    say(
      'there is no PDF, as there is no Chromium here that makes one: print the page from a browser, without margins.',
    );
  say(`stock, without secrets: ${join(out, 'stock.json')}`);
  say(`when the labels stick, forget them: scripts/flash bench --out ${out} --forget`);
  return unsent;
}

const progress = (many: number, count: number | undefined): string =>
  count === undefined ? `${many} ${many === 1 ? 'label' : 'labels'}` : `${many} of ${count} labels`;

interface Sending {
  wake(): void;
  /** One last try. @returns how many the relay has not been told of, though it was to be */
  end(): Promise<number>;
}

/** What cannot be sent is kept, and tried again: every so often, at the end, and when the bench is next opened. */
function keepSending(
  folder: BenchFolder,
  place: StockPlace | undefined,
  say: (line: string) => void,
  stop: AbortSignal,
): Sending {
  const unsent = () => folder.stock.filter(({ unit }) => !folder.sent.includes(unit));
  let told = '';
  let last = Promise.resolve();
  const once = async (): Promise<void> => {
    if (!place) return;
    try {
      for (let some = unsent().slice(0, mostAtOnce); some.length > 0; some = unsent().slice(0, mostAtOnce)) {
        await sendStock(place, some);
        folder.addSent(some.map(({ unit }) => unit));
        say(`the relay has ${folder.sent.length} of ${folder.stock.length} in stock`);
      }
      told = '';
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      if (words !== told) say(`not sent, kept and tried again: ${words}`);
      told = words;
    }
  };
  const wake = () => void (last = last.then(once));
  const timer = setInterval(() => {
    if (told !== '') wake();
  }, 10_000);
  stop.addEventListener('abort', () => clearInterval(timer), { once: true });
  if (place) wake();
  return {
    wake,
    async end() {
      clearInterval(timer);
      wake();
      await last;
      return place ? unsent().length : 0;
    },
  };
}
