/** Puts units in the relay's stock with a key of the scope write:stock: name, public key, hash of the door key. */
import { routes } from '@nattfrid/shared/desk/routes';
import type { StockLine } from './bench-folder.ts';

export interface StockPlace {
  /** https://, the relay's address. */
  readonly relay: string;
  /** A secret: «nf_…». */
  readonly apiKey: string;
  /** Where the units lie. */
  readonly location: string;
}

/** As many as the relay takes at once. */
export const mostAtOnce = 200;

/** @param lines at most `mostAtOnce`. @throws Error with the relay's own words, or that it cannot be reached */
export async function sendStock({ relay, apiKey, location }: StockPlace, lines: readonly StockLine[]): Promise<void> {
  const labels = lines.map((line) => ({
    ...line,
    article: { number: 'nattfrid', individual: line.unit, authority: 'SoL' },
  }));
  const { method, path } = routes.addLabels;
  let answer: Response;
  try {
    answer = await fetch(new URL(path, relay), {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ labels, location }),
      redirect: 'error',
      signal: AbortSignal.timeout(20_000),
    });
  } catch (cause) {
    throw new Error(`no relay answers at ${relay}.`, { cause });
  }
  if (answer.ok) return void (await answer.body?.cancel());
  const said = (await answer.json().catch(() => ({}))) as { readonly words?: unknown };
  throw new Error(`the relay says (${answer.status}): ${typeof said.words === 'string' ? said.words : 'nothing'}`);
}
