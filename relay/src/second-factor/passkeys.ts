/**
 * The door to SimpleWebAuthn: passkeys (WebAuthn Level 3). Always with user verification, under this relay's own name, for a challenge that
 * this process has made and takes once, and with a counter that never goes back.
 */
import { createHash } from 'node:crypto';
import { surer } from '@nattfrid/shared/desk/assurance';
import type { PasskeyView } from '@nattfrid/shared/desk/own-sign-in';
import type { MadePasskey, PasskeyToMake, PasskeyToShow, ShownPasskey } from '@nattfrid/shared/desk/passkey';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { minutes } from '@nattfrid/shared/time/duration';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Audit } from '../audit/audit.ts';
import type { Present } from '../operators/operators.ts';
import type { Store, Tx } from '../store/database.ts';
import {
  deletePasskey,
  findPasskey,
  insertPasskey,
  markPasskeyUsed,
  type PasskeyRow,
  passkeysOf,
} from '../store/second-factors-table.ts';
import { saveAssurance } from '../store/sign-in-settings-table.ts';
import { placeOf } from './place.ts';
import type { Tickets } from './tickets.ts';

export interface Passkeys {
  /** @param host as the browser names us */
  can(host: string): boolean;
  of(person: string): Promise<readonly PasskeyView[]>;
  toMake(who: Present, host: string): Promise<PasskeyToMake | Fault>;
  add(who: Present, host: string, name: string, made: MadePasskey): Promise<PasskeyView | Fault>;
  remove(who: Present, passkey: string): Promise<Fault | undefined>;
  /** @param who whoever steps up, who may show an own one alone; nobody: whose it is is not known yet */
  toShow(host: string, who?: Present): Promise<PasskeyToShow | Fault>;
  /**
   * @param deed what it is for, in the transaction in which it counts as used
   * @returns whose it is; Fault `passkey-wrong`
   */
  show(
    host: string,
    shown: ShownPasskey,
    deed: (tx: Tx, passkey: PasskeyRow) => Promise<void>,
    who?: Present,
  ): Promise<string | Fault>;
}

const timeout = minutes(5);
/** EdDSA, ES256, RS256: what authenticators have (COSE). */
const algorithms = [-8, -7, -257];
const mostEach = 20;
/** What the standard has (§ 5.8.4). */
const knownTransports = ['usb', 'nfc', 'ble', 'smart-card', 'hybrid', 'internal'];

export function openPasskeys(parts: {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly audit: Audit;
  readonly tickets: Tickets;
  readonly publicOrigin: string | undefined;
}): Passkeys {
  const { store, clock, audit, tickets, publicOrigin } = parts;

  return {
    can: (host) => placeOf(publicOrigin, host) !== undefined,
    of: async (person) => (await passkeysOf(store.db, person)).map(viewOf),
    async toMake(who, host) {
      const place = placeOf(publicOrigin, host);
      if (!place) return nowhere();
      const own = await passkeysOf(store.db, who.id);
      if (own.length >= mostEach) return new Fault('not-now', `Nobody needs more than ${mostEach} passkeys.`);
      const options = await generateRegistrationOptions({
        rpName: 'Nattfrid',
        rpID: place.rpId,
        userName: who.email,
        userDisplayName: who.name,
        userID: new Uint8Array(Buffer.from(who.id)),
        challenge: new Uint8Array(Buffer.from(tickets.make('passkey-made', who.session), 'base64url')),
        timeout,
        attestationType: 'none',
        excludeCredentials: own.map(described),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        supportedAlgorithmIDs: algorithms,
      });
      return options as PasskeyToMake;
    },
    async add(who, host, name, made) {
      const place = placeOf(publicOrigin, host);
      if (!place) return nowhere();
      const verified = await verifyRegistrationResponse({
        response: made as Parameters<typeof verifyRegistrationResponse>[0]['response'],
        expectedChallenge: (challenge) => tickets.take('passkey-made', challenge) === who.session,
        expectedOrigin: [...place.origins],
        expectedRPID: place.rpId,
        requireUserVerification: true,
        supportedAlgorithmIDs: algorithms,
      }).catch(() => undefined);
      if (!verified?.verified) return wrong();
      const { id, publicKey, counter } = verified.registrationInfo.credential;
      const row: PasskeyRow = {
        passkey: nameOf(id),
        person: who.id,
        name,
        credential: id,
        public_key: Buffer.from(publicKey).toString('base64url'),
        counter,
        transports: JSON.stringify(knownTransports.filter((one) => made.response.transports?.includes(one))),
        added_at: clock.now(),
        used_at: null,
      };
      return store.write(async (tx) => {
        if (await findPasskey(tx.db, row.passkey)) return new Fault('already-there', 'This passkey is known already.');
        await audit.append(tx, who.name, 'passkey-added', 'sign-in', { name, operator: who.id });
        // It has been shown here and now, after the password.
        await saveAssurance(tx.db, who.session, surer(who));
        await insertPasskey(tx.db, row);
        return viewOf(row);
      });
    },
    remove: (who, passkey) =>
      store.write(async (tx) => {
        const row = await findPasskey(tx.db, passkey);
        if (row?.person !== who.id) return new Fault('not-found', 'There is no such passkey.');
        await audit.append(tx, who.name, 'passkey-removed', 'sign-in', { name: row.name, operator: who.id });
        await deletePasskey(tx.db, passkey);
        return undefined;
      }),
    async toShow(host, who) {
      const place = placeOf(publicOrigin, host);
      if (!place) return nowhere();
      const [purpose, about] = who ? (['passkey-shown-again', who.session] as const) : (['passkey-shown', ''] as const);
      const options = await generateAuthenticationOptions({
        rpID: place.rpId,
        challenge: new Uint8Array(Buffer.from(tickets.make(purpose, about), 'base64url')),
        timeout,
        userVerification: 'required',
        allowCredentials: who ? (await passkeysOf(store.db, who.id)).map(described) : [],
      });
      return { ...options, allowCredentials: options.allowCredentials ?? [] } as PasskeyToShow;
    },
    async show(host, shown, deed, who) {
      const place = placeOf(publicOrigin, host);
      if (!place) return nowhere();
      const row = await findPasskey(store.db, nameOf(shown.id));
      const { userHandle } = shown.response;
      const isTheirs =
        row !== undefined &&
        (who === undefined || row.person === who.id) &&
        (userHandle === undefined || Buffer.from(userHandle, 'base64url').toString() === row.person);
      if (!isTheirs) return wrong();
      const verified = await verifyAuthenticationResponse({
        response: shown as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
        expectedChallenge: (challenge) =>
          who
            ? tickets.take('passkey-shown-again', challenge) === who.session
            : tickets.take('passkey-shown', challenge) !== undefined,
        expectedOrigin: [...place.origins],
        expectedRPID: place.rpId,
        requireUserVerification: true,
        credential: {
          id: row.credential,
          publicKey: new Uint8Array(Buffer.from(row.public_key, 'base64url')),
          counter: row.counter,
        },
      }).catch(() => undefined);
      if (!verified?.verified) return wrong();
      const { newCounter } = verified.authenticationInfo;
      return store.write(async (tx) => {
        const now = await findPasskey(tx.db, row.passkey);
        // Taken away meanwhile, or shown by another one that has the same key.
        if (!now || (newCounter > 0 && newCounter <= now.counter)) return wrong();
        await deed(tx, now);
        await markPasskeyUsed(tx.db, row.passkey, newCounter, clock.now());
        return row.person;
      });
    },
  };
}

const nameOf = (credential: string): string => createHash('sha256').update(credential).digest('base64url');

const described = ({ credential, transports }: PasskeyRow) => ({
  id: credential,
  ...(transports && { transports: JSON.parse(transports) as string[] }),
});

const viewOf = ({ passkey, name, added_at, used_at }: PasskeyRow): PasskeyView => ({
  passkey,
  name,
  addedAt: printInstant(added_at as Instant),
  ...(used_at !== null && { usedAt: printInstant(used_at as Instant) }),
});

const wrong = () => new Fault('passkey-wrong', 'This passkey has not been taken. Try again, or sign in another way.');
const nowhere = () =>
  new Fault(
    'not-now',
    'Passkeys belong to a public address: whoever runs the relay sets publicOrigin to its https address.',
  );
