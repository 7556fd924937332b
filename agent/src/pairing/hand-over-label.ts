/**
 * A unit has no door through which a bench could ask for its label: it dials out to the bench that its card names and hands the label over,
 * sealed, once in its life. A unit that is paired never does, whatever its settings say.
 */
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { sealLabel } from '@nattfrid/shared/seal/bench-label';
import { backoff, type Ladder } from '@nattfrid/shared/time/backoff';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { type BenchAddress, BenchReceipt, benchPath, longestBenchLetter } from '@nattfrid/shared/wire/bench';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { accessTable } from '../store/access-table.ts';
import type { Database } from '../store/database.ts';
import { handedOverTable } from '../store/handed-over-table.ts';
import type { Identity } from '../store/identity.ts';
import { pairingTable } from '../store/pairing-table.ts';

export interface HandingParts {
  readonly bench: BenchAddress;
  /** http(s)://, where the label leads to. */
  readonly relay: string;
  readonly database: Database;
  readonly identity: Identity;
  readonly version: string;
  /** Of the board. */
  readonly model: string;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly log: Logger;
}

/** The network may come a minute after the unit has. */
const ladder: Ladder = [
  { wait: seconds(5), times: 6 },
  { wait: seconds(30), times: Number.POSITIVE_INFINITY },
];
/** Then no more until the next start: the unit may have left the bench. */
export const mostHandings = 20;
const patience = seconds(15);

/** Resolves when the bench has it, when it is not to have it, when tries are over, or when aborted; never rejects. */
export async function handOverLabel(parts: HandingParts, signal: AbortSignal): Promise<void> {
  const { bench, database, clock, random, log } = parts;
  const waits = backoff(ladder, random);
  try {
    for (let turn = 1; turn <= mostHandings && !signal.aborted; turn++) {
      if (pairingTable(database).find() || handedOverTable(database).find() !== undefined) return;
      // Written before the secret leaves the unit, once for each start.
      if (turn === 1) database.transaction(() => write(parts, 'label-offered'));
      const fault = await handOverOnce(parts, signal).catch((error: unknown) => asFault(error));
      if (signal.aborted) return;
      if (!fault) {
        database.transaction(() => {
          handedOverTable(database).save(bench.key);
          write(parts, 'label-handed-over');
        });
        return log.info('The bench has the label', { bench: bench.url });
      }
      const wait = waits.next().value;
      const { message: words, code, fields } = fault;
      log.warn('The label has not been handed over', { words, code, ...fields, waitMilliseconds: Math.round(wait) });
      await clock.sleep(wait, signal);
    }
    if (!signal.aborted) log.warn('The bench is not tried again before the next start', { bench: bench.url });
  } catch (error) {
    log.error('The label could not be handed over', { words: asFault(error).message });
  }
}

/** Joins the caller's transaction. */
function write({ database, bench, clock }: HandingParts, what: string): void {
  accessTable(database).append({ at: clock.now(), what, subject: bench.key, who: 'bench' });
}

/** One try. @returns why the bench has it not; nothing: it has, and nobody else said so */
async function handOverOnce(parts: HandingParts, signal: AbortSignal): Promise<Fault | undefined> {
  const { bench, relay, identity, version, model, clock } = parts;
  const { unit, secret, code, key } = identity;
  const said = { unit, relay, secret, code, publicKey: toBase64Url(key.publicKey), model, agent: version };
  const sealed = await sealLabel(said, key, bench.key);
  if (sealed instanceof Fault) return sealed;
  const over = new AbortController();
  void clock.sleep(patience, AbortSignal.any([signal, over.signal])).then(() => over.abort());
  try {
    const answer = await fetch(new URL(benchPath, bench.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sealed.letter),
      redirect: 'error',
      signal: AbortSignal.any([signal, over.signal]),
    });
    const text = await shortText(answer);
    // The bench says on its own screen why it refuses; a stranger's words are not written down here.
    if (answer.status !== 200)
      return new Fault('link-refused', 'The bench refuses the label; it says why on its own screen.', {
        fields: { status: answer.status },
      });
    const receipt = readReceipt(text);
    if (receipt !== undefined && (await sealed.isReceipt(receipt))) return undefined;
    return new Fault('signature-wrong', "What answers at the bench's address has not the bench's key.");
  } catch (cause) {
    return new Fault('link-lost', 'No bench answers at its address.', { cause });
  } finally {
    over.abort();
  }
}

/** @throws Error where it is longer than an answer can be */
async function shortText(answer: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const piece of answer.body ?? []) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > longestBenchLetter) throw new Error('the answer is too long');
  }
  return text;
}

function readReceipt(text: string): string | undefined {
  try {
    return BenchReceipt.safeParse(JSON.parse(text)).data?.receipt;
  } catch {
    return undefined;
  }
}
