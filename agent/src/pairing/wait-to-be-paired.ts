/** A unit that has not been paired dials out, says who it is, and waits; once somebody has paired it, everything is on its disk at once. */
import { randomBytes } from 'node:crypto';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { aborted } from '@nattfrid/shared/lifetime/aborted';
import type { Logger } from '@nattfrid/shared/log/logger';
import { type PairingTerms, signRequest, signWaiting } from '@nattfrid/shared/seal/pairing-terms';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { PairingDown, type PairingUp } from '@nattfrid/shared/wire/pairing';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { keepReaching } from '../mqtt/keep-link.ts';
import { openSocket } from '../publish/socket.ts';
import { writeReadiness } from '../ready/kept-readiness.ts';
import { bootOf, readiness } from '../ready/readiness.ts';
import { accessTable } from '../store/access-table.ts';
import { codeTriesTable } from '../store/code-tries-table.ts';
import type { Database } from '../store/database.ts';
import { wipedFromAfar } from '../store/erase.ts';
import type { Identity } from '../store/identity.ts';
import { type Paired, pairingTable } from '../store/pairing-table.ts';
import { readyTable } from '../store/ready-table.ts';
import type { Power } from '../trust/power.ts';
import { makeRequest, readIssued, type TlsRequest } from './certificate-request.ts';
import { takeOffer } from './take-offer.ts';

export interface WaitingParts {
  /** http(s)://, the relay's public address. */
  readonly relay: string;
  readonly database: Database;
  readonly identity: Identity;
  readonly power: Power;
  readonly version: string;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly log: Logger;
}

/** Resolves with what it was paired with, or undefined when aborted; it tries for ever. */
export async function waitToBePaired(parts: WaitingParts, signal: AbortSignal): Promise<Paired | undefined> {
  const done = new AbortController();
  const until = AbortSignal.any([signal, done.signal]);
  await keepReaching(
    async (stop) => {
      if (await waitOnce(parts, stop)) done.abort();
    },
    parts,
    until,
  );
  return pairingTable(parts.database).find();
}

/** One connection. @returns whether it has been paired @throws Fault where the relay cannot be reached or ends it */
async function waitOnce(parts: WaitingParts, signal: AbortSignal): Promise<boolean> {
  const { relay, identity, power, version, clock, log, database } = parts;
  const { unit, key } = identity;
  if (pairingTable(database).find()) return true;
  const nonce = toBase64Url(new Uint8Array(randomBytes(32)));
  const over = Promise.withResolvers<boolean>();
  const mine = new AbortController();
  let asked: { readonly terms: PairingTerms; readonly tls: TlsRequest } | undefined;
  let last = Promise.resolve();
  const url = new URL(sockets.pairing, relay);
  url.protocol = url.protocol.replace('http', 'ws');
  const early: Uint8Array[] = [];
  let hear = (bytes: Uint8Array): void => void early.push(bytes);
  const place = { url: url.href, headers: {}, clock, patience: seconds(15), isQuiet: true } as const;
  const socket = await openSocket(
    { ...place, onMessage: (bytes) => hear(bytes) },
    AbortSignal.any([signal, mine.signal]),
  );
  try {
    const say = (message: PairingUp) => socket.send(new TextEncoder().encode(JSON.stringify(message)));
    hear = (bytes) => {
      last = last.then(() => take(bytes)).catch((error: unknown) => over.reject(error));
    };
    for (const bytes of early) hear(bytes);
    return await Promise.race([
      over.promise,
      socket.closed.then((fault) => (pairingTable(database).find() ? true : Promise.reject(fault))),
      aborted(signal).then(() => false),
    ]);

    async function take(bytes: Uint8Array): Promise<void> {
      const message = readDown(bytes);
      switch (message.type) {
        case 'nonce': {
          const poweredSeconds = Math.floor(power.since() / 1000);
          const publicKey = toBase64Url(key.publicKey);
          const said = { unit, publicKey, relayNonce: message.nonce, nonce, poweredSeconds };
          const signature = await signWaiting(said, key);
          return say({ type: 'waiting', unit, publicKey, nonce, poweredSeconds, agent: version, signature });
        }
        case 'wait':
          return log.info('Waiting to be paired', { unit, relay });
        case 'offer': {
          const { ticket } = message;
          const [tries, wipedIn] = [codeTriesTable(database), wipedFromAfar(database)];
          const taken = await takeOffer(message, { identity, nonce, power, wipedIn, tries, log });
          if (taken.type === 'no') {
            const { why, triesLeft } = taken;
            return say({ type: 'refused', ticket, why, ...(triesLeft !== undefined && { triesLeft }) });
          }
          asked = { terms: taken.terms, tls: await makeRequest(unit) };
          const { request } = asked.tls;
          return say({ type: 'asks', ticket, request, signature: await signRequest(taken.terms, request, key) });
        }
        case 'certificate': {
          const { ticket, certificate, authority, relay: listener } = message;
          // Only for what it has itself asked for, on this connection.
          if (asked?.terms.ticket !== ticket) return;
          if (!readIssued(certificate, authority, asked.tls.key))
            throw new Fault(
              'signature-wrong',
              'The certificate that the relay has sent is not of the key that was asked for.',
            );
          const { organisation, planKey, place } = asked.terms;
          const client = asked.terms.client as ClientAlias;
          const paired: Paired = {
            ...{ unit, organisation, planKey, client, place, relay: listener },
            ...{ key: asked.tls.key, certificate, authority, at: printInstant(clock.now()) },
          };
          keepPaired(database, paired, clock, power);
          log.info('Paired', { unit, relay: listener });
          say({ type: 'kept', ticket });
          // Heard, or found out when it comes in.
          await Promise.race([socket.closed, clock.sleep(seconds(2), signal)]);
          return over.resolve(true);
        }
        case 'bye':
          return;
      }
    }
  } finally {
    mine.abort();
    socket[Symbol.dispose]();
  }
}

/** Everything, or nothing: a power cut leaves a unit that was paired, or one that waits. */
function keepPaired(database: Database, paired: Paired, clock: Clock, power: Power): void {
  const access = accessTable(database);
  database.transaction(() => {
    pairingTable(database).save(paired);
    // No plan is in force before it has seen what it must: from here on, also after a power cut in this very moment.
    const [waits] = readiness.step(readiness.initial, { type: 'paired', at: clock.now(), boot: bootOf(power) });
    readyTable(database).save(writeReadiness(waits));
    access.append({ at: clock.now(), what: 'paired', subject: paired.organisation, who: 'technician' });
  });
}

function readDown(bytes: Uint8Array): PairingDown {
  try {
    const message = PairingDown.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    if (message.success) return message.data;
  } catch {
    // Told below.
  }
  throw new Fault('message-invalid', 'The relay says something about pairing that this unit does not understand.');
}
