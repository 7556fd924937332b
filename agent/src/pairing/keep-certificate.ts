/** The unit's certificate: what it shows at each connection, and renewed in time; one that ran out while it was cut off is renewed first. */
import { request as ask } from 'node:https';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { signRenewal } from '@nattfrid/shared/seal/pairing-terms';
import type { SignKey } from '@nattfrid/shared/seal/sign';
import { backoff, type Ladder } from '@nattfrid/shared/time/backoff';
import type { Clock } from '@nattfrid/shared/time/clock';
import { days, hours, milliseconds, minutes } from '@nattfrid/shared/time/duration';
import { printInstant } from '@nattfrid/shared/time/instant';
import { RenewalAnswer, renewalPath } from '@nattfrid/shared/wire/pairing';
import type { Paired, PairingTable } from '../store/pairing-table.ts';
import { certificateFault } from '../trust/certificate-fault.ts';
import type { Certified } from '../trust/certified.ts';
import { makeRequest, readIssued } from './certificate-request.ts';

export interface KeptCertificate {
  readonly certified: () => Certified;
  /** `expired`: nothing opens but its renewal; `late`: less than a third of its time is left. */
  state(): 'well' | 'late' | 'expired';
  /** Until aborted; never rejects. */
  keep(signal: AbortSignal): Promise<void>;
}

/** The relay gives it for so long; renewed when a third has gone. */
const lasts = days(30);
const looks = minutes(10);
/** At least so long between two renewals. */
const rests = hours(6);
/** While it lets the unit in nowhere it is tried again so often. */
const shut = minutes(2);
/** One that could not be renewed is tried again, in the end once a day. */
const ladder: Ladder = [
  { wait: minutes(1), times: 3 },
  { wait: minutes(15), times: 3 },
  { wait: hours(2), times: 4 },
  { wait: days(1), times: Number.POSITIVE_INFINITY },
];

export function openCertificate(parts: {
  readonly pairing: PairingTable;
  readonly key: SignKey;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly log: Logger;
  /** No word comes through to the relay now. */
  readonly isCutOff?: () => boolean;
}): KeptCertificate {
  const { pairing, key, clock, random, isCutOff = () => false } = parts;
  const log = parts.log.child('certificate');
  let paired = known(pairing);
  const facts = () => {
    const read = readIssued(paired.certificate, paired.authority, paired.key);
    if (!read)
      throw new Fault('data-damaged', 'The certificate of this unit cannot be read. Wipe it, and pair it again.');
    return read;
  };
  const left = () => facts().until - clock.now();

  async function renew(signal: AbortSignal): Promise<void> {
    const { unit } = paired;
    const tls = await makeRequest(unit);
    const said = { unit, request: tls.request, at: printInstant(clock.now()), serial: facts().serial };
    const body = { request: said.request, at: said.at, signature: await signRenewal(said, key) };
    const answer = await post(paired, body, signal);
    if (!readIssued(answer.certificate, answer.authority, tls.key))
      throw new Fault(
        'signature-wrong',
        'The certificate that the relay has sent is not of the key that was asked for.',
      );
    const next: Paired = { ...paired, key: tls.key, ...answer };
    // On the disk before it is shown: the old one goes on at the relay until this one has run out.
    pairing.save(next);
    paired = next;
    log.info('The certificate has been renewed', { until: printInstant(facts().until) });
  }

  return {
    certified: () => ({ key: paired.key, cert: paired.certificate, ca: paired.authority }),
    state: () => (left() <= 0 ? 'expired' : left() < lasts / 3 ? 'late' : 'well'),
    async keep(signal) {
      let waits = backoff(ladder, random);
      let wasCutOff = false;
      while (!signal.aborted) {
        // Its own clock may be behind, or was never set: that its certificate has expired a unit may know by nothing but being let in no more.
        const isRefused = wasCutOff && isCutOff();
        if (left() > (2 * lasts) / 3 && !isRefused) {
          wasCutOff = isCutOff();
          await clock.sleep(looks, signal);
          continue;
        }
        try {
          await renew(signal);
          waits = backoff(ladder, random);
          // Of two clocks that do not agree a new one may look old at once.
          await clock.sleep(rests, signal);
        } catch (error) {
          if (signal.aborted) return;
          const next = waits.next().value;
          // An alarm may wait behind it: the moment that the relay can be reached again it is renewed.
          const wait = left() <= 0 || isCutOff() ? Math.min(next, shut) : Math.min(next, Math.max(left(), minutes(1)));
          log.warn('The certificate could not be renewed; it is tried again', {
            words: asFault(error).message,
            hoursLeft: Math.round(left() / hours(1)),
            waitMilliseconds: Math.round(wait),
          });
          await clock.sleep(milliseconds(wait), signal);
        }
      }
    },
  };
}

function known(pairing: PairingTable): Paired {
  const paired = pairing.find();
  if (!paired) throw new Fault('config-invalid', 'This unit has not been paired.');
  return paired;
}

/** @throws Fault `link-refused`, `relay-not-trusted` or `link-lost` */
function post(paired: Paired, body: object, signal: AbortSignal): Promise<RenewalAnswer> {
  const { key, certificate, authority, relay } = paired;
  const { promise, resolve, reject } = Promise.withResolvers<RenewalAnswer>();
  const words = JSON.stringify(body);
  const asked = ask(new URL(renewalPath, relay), {
    ...{ method: 'POST', key, cert: certificate, ca: authority, signal, agent: false, timeout: 20_000 },
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(words) },
  });
  asked.on('timeout', () => asked.destroy(new Error('no answer in 20 s')));
  asked.on('error', (cause) =>
    reject(certificateFault(relay, cause) ?? new Fault('link-lost', `No relay answers at ${relay}.`, { cause })),
  );
  asked.on('response', (response) => {
    const pieces: Buffer[] = [];
    response.on('data', (piece: Buffer) => void pieces.push(piece));
    response.on('error', (cause) => reject(new Fault('link-lost', 'The relay broke off its answer.', { cause })));
    response.on('end', () => {
      const { statusCode = 0 } = response;
      const answer = statusCode === 200 ? readAnswer(Buffer.concat(pieces).toString('utf8')) : undefined;
      if (answer) return resolve(answer);
      reject(new Fault('link-refused', 'The relay gives this unit no new certificate.', { fields: { statusCode } }));
    });
  });
  asked.end(words);
  return promise;
}

function readAnswer(text: string): RenewalAnswer | undefined {
  try {
    return RenewalAnswer.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
