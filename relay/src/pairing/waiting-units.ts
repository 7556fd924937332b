/**
 * Units that wait to be paired: whoever is at the socket has signed a nonce that was made for it. It has no credential yet, so that they
 * are a bounded crowd, each may say little, and nothing of it opens anything.
 */
import { randomBytes } from 'node:crypto';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { hasSignedWaiting } from '@nattfrid/shared/seal/pairing-terms';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { longestPairingMessage, type PairingDown, PairingUp } from '@nattfrid/shared/wire/pairing';
import type { Refusals } from '../audit/refusals.ts';
import { openRate } from '../limit/rate.ts';
import type { Entrance } from '../socket/door.ts';
import type { Socket } from '../socket/socket.ts';

export interface WaitingUnit {
  readonly unit: UnitId;
  /** Ed25519, base64url. */
  readonly publicKey: string;
  /** Its own, of this connection. */
  readonly nonce: string;
  /** For how long it has had power, by its own word and what has gone by since. */
  powered(): Duration;
  tell(message: PairingDown): void;
  /** Says nothing more to it. */
  letGo(): void;
}

export interface WaitingUnits {
  readonly entrance: Entrance;
  get(unit: UnitId): WaitingUnit | undefined;
  readonly count: number;
}

type Said = Exclude<PairingUp, { type: 'waiting' }>;

/** Of all; whoever is one too many takes the place of the one that has waited longest. */
const mostWaiting = 1000;
/** Whoever has not said by then who it is goes. */
const longestSilence = seconds(10);
/** Of one address: a school of technicians behind one address is let in, a flood is not. */
const comes = { atOnce: 60, perMinute: 60 };
/** Messages of one unit. */
const says = { atOnce: 20, perMinute: 20 };
/** 4408, as HTTP 408; 4429, as HTTP 429. */
const [tooQuiet, tooMuch, notUnderstood, another] = [4408, 4429, 4400, 4409];

export function openWaitingUnits(parts: {
  readonly clock: Clock;
  readonly log: Logger;
  readonly refusals: Refusals;
  readonly heard: (from: WaitingUnit, said: Said) => Promise<void>;
  readonly left: (from: WaitingUnit) => void;
}): WaitingUnits {
  const { clock, refusals } = parts;
  const log = parts.log.child('pairing');
  const waiting = new Map<UnitId, { readonly one: WaitingUnit; readonly socket: Socket }>();
  const arrivals = openRate(comes.atOnce, comes.perMinute);
  const messages = openRate(says.atOnce, says.perMinute);
  const refused = (address: string, why: string, unit?: string) =>
    void refusals
      .write({
        who: unit ? `unit ${unit}` : 'nobody',
        counted: `pairing ${address}`,
        subject: 'pairing',
        details: { why, ...(unit && { unit }) },
      })
      .catch((error: unknown) => log.error('A refusal could not be written', { words: String(error) }));

  function welcome(socket: Socket, address: string): void {
    const relayNonce = toBase64Url(new Uint8Array(randomBytes(32)));
    const tell = (message: PairingDown) => socket.send(new TextEncoder().encode(JSON.stringify(message)));
    const settled = new AbortController();
    let self: WaitingUnit | undefined;
    let last = Promise.resolve();
    void clock.sleep(longestSilence, settled.signal).then(() => {
      if (!self && !settled.signal.aborted) socket.close(tooQuiet, 'nobody has said who this is');
    });
    socket.onClose(() => {
      settled.abort();
      if (!self || waiting.get(self.unit)?.one !== self) return;
      waiting.delete(self.unit);
      parts.left(self);
    });
    socket.onMessage((bytes) => {
      if (!messages.take(self?.unit ?? address, clock.now())) return socket.close(tooMuch, 'too many messages');
      const said = readUp(bytes);
      if (!said || (said.type === 'waiting') !== (self === undefined)) {
        refused(address, 'not-understood', self?.unit);
        return socket.close(notUnderstood, 'not understood');
      }
      // One after the other: what a unit says is about what it has said before.
      last = last.then(() => take(said)).catch((error: unknown) => log.error('A pairing failed', { words: String(error) }));
    });

    async function take(said: PairingUp): Promise<void> {
      if (said.type !== 'waiting') {
        if (self) await parts.heard(self, said);
        return;
      }
      if (self) return;
      const { unit, publicKey, nonce, poweredSeconds, signature } = said;
      if (!(await hasSignedWaiting({ unit, publicKey, relayNonce, nonce, poweredSeconds }, signature))) {
        refused(address, 'wrong-signature', unit);
        return socket.close(notUnderstood, 'wrong signature');
      }
      const before = waiting.get(unit);
      // A name is taken by whoever has its key, and by nobody else while that one is here.
      if (before && before.one.publicKey !== publicKey) {
        refused(address, 'other-key', unit);
        return socket.close(another, 'another unit waits under this name');
      }
      settled.abort();
      const heardAt = clock.steady();
      self = {
        ...{ unit, publicKey, nonce, tell },
        powered: () => milliseconds(poweredSeconds * 1000 + (clock.steady() - heardAt)),
        letGo: () => socket.close(1000, 'done'),
      };
      waiting.delete(unit);
      waiting.set(unit, { one: self, socket });
      before?.socket.close(another, 'it has come anew');
      const [eldest] = waiting;
      if (waiting.size > mostWaiting && eldest) eldest[1].socket.close(tooMuch, 'too many wait');
      log.info('A unit waits to be paired', { unit });
      tell({ type: 'wait' });
    }
    tell({ type: 'nonce', nonce: relayNonce });
  }

  return {
    entrance: {
      longest: longestPairingMessage,
      async admit({ address }) {
        if (arrivals.take(address, clock.now())) return { welcome: (socket) => welcome(socket, address) };
        refused(address, 'too-many-requests');
        return new Fault('too-many-requests', 'Too many units come from this address at once. It is tried again.');
      },
    },
    get: (unit) => waiting.get(unit)?.one,
    get count() {
      return waiting.size;
    },
  };
}

function readUp(bytes: Uint8Array): PairingUp | undefined {
  try {
    return PairingUp.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
}
