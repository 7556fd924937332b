/** Pure. The routes about signing in, stepping up, and what everybody looks after of their own: part of the table in `routes.ts`. */
import { z } from 'zod';
import { Assurance } from './assurance.ts';
import { Me } from './me.ts';
import { Code, OwnSignIn, PasskeyName, PasskeyView, Ticket } from './own-sign-in.ts';
import { MadePasskey, PasskeyToMake, PasskeyToShow, ShownPasskey } from './passkey.ts';
import { none, type Route } from './route.ts';

const password = z.string().min(1).max(200);
/** Absent where somebody signs in at a provider alone. */
const ownPassword = z.object({ password: password.optional() }).readonly();
const steppedUp = z.object({ assurance: Assurance }).readonly();
const recoveryCodes = z.object({ recovery: z.array(z.string()).readonly().describe('Told this once') }).readonly();

export const signInRoutes = {
  /** With an authenticator app there is no session yet, but a ticket: `signInByCode` or `signInWithout` is next. */
  signIn: {
    method: 'POST',
    path: '/api/sign-in',
    params: none,
    body: z.object({ email: z.email(), password }).readonly(),
    answer: z.union([Me, z.object({ ticket: Ticket }).readonly()]),
    action: undefined,
  },
  /** Within five minutes after the password. */
  signInByCode: {
    method: 'POST',
    path: '/api/sign-in/code',
    params: none,
    body: z.object({ ticket: Ticket, code: Code }).readonly(),
    answer: Me,
    action: undefined,
  },
  /** The telephone with the app is not at hand: a session of level 1, written in the log as that. */
  signInWithout: {
    method: 'POST',
    path: '/api/sign-in/without',
    params: none,
    body: z.object({ ticket: Ticket }).readonly(),
    answer: Me,
    action: undefined,
  },
  askForPasskey: {
    method: 'POST',
    path: '/api/sign-in/passkey/ask',
    params: none,
    body: none,
    answer: PasskeyToShow,
    action: undefined,
  },
  signInByPasskey: {
    method: 'POST',
    path: '/api/sign-in/passkey',
    params: none,
    body: z.object({ passkey: ShownPasskey }).readonly(),
    answer: Me,
    action: undefined,
  },
  signOut: { method: 'POST', path: '/api/sign-out', params: none, body: none, answer: none, action: 'have-session' },
  me: { method: 'GET', path: '/api/me', params: none, body: none, answer: Me, action: 'have-session' },
  /** The session goes on, surer than before. */
  stepUpByCode: {
    method: 'POST',
    path: '/api/step-up/code',
    params: none,
    body: z.object({ code: Code }).readonly(),
    answer: steppedUp,
    action: 'have-session',
  },
  askForOwnPasskey: {
    method: 'POST',
    path: '/api/step-up/passkey/ask',
    params: none,
    body: none,
    answer: PasskeyToShow,
    action: 'have-session',
  },
  stepUpByPasskey: {
    method: 'POST',
    path: '/api/step-up/passkey',
    params: none,
    body: z.object({ passkey: ShownPasskey }).readonly(),
    answer: steppedUp,
    action: 'have-session',
  },
  ownSignIn: {
    method: 'GET',
    path: '/api/own-sign-in',
    params: none,
    body: none,
    answer: OwnSignIn,
    action: 'have-session',
  },
  newsRead: {
    method: 'POST',
    path: '/api/own-sign-in/news/read',
    params: none,
    body: none,
    answer: none,
    action: 'have-session',
  },
  /** The old one is asked for; all other sessions of the person end. */
  changePassword: {
    method: 'POST',
    path: '/api/own-sign-in/password',
    params: none,
    body: z.object({ old: password, password }).readonly(),
    answer: none,
    action: 'have-session',
  },
  /** Whoever has a second factor already shows it first: else `assurance-low`. */
  makePasskey: {
    method: 'POST',
    path: '/api/own-sign-in/passkeys/make',
    params: none,
    body: ownPassword,
    answer: PasskeyToMake,
    action: 'have-session',
  },
  addPasskey: {
    method: 'POST',
    path: '/api/own-sign-in/passkeys',
    params: none,
    body: z.object({ name: PasskeyName, passkey: MadePasskey }).readonly(),
    answer: PasskeyView,
    action: 'have-session',
  },
  removePasskey: {
    method: 'POST',
    path: '/api/own-sign-in/passkeys/:passkey/remove',
    params: z.object({ passkey: z.string().min(1).max(60) }).readonly(),
    body: none,
    answer: none,
    action: 'have-session',
  },
  /** What an authenticator app is to hold. Nothing is kept until a code of it has come back. */
  makeCodes: {
    method: 'POST',
    path: '/api/own-sign-in/codes/make',
    params: none,
    body: ownPassword,
    answer: z
      .object({
        ticket: Ticket,
        uri: z.string().describe('otpauth://totp/…, for a QR code that the browser draws'),
        secret: z.string().describe('The same to type in, in base 32'),
      })
      .readonly(),
    action: 'have-session',
  },
  addCodes: {
    method: 'POST',
    path: '/api/own-sign-in/codes',
    params: none,
    body: z.object({ ticket: Ticket, code: Code }).readonly(),
    answer: recoveryCodes,
    action: 'have-session',
  },
  /** Those from before open nothing any more. */
  newRecoveryCodes: {
    method: 'POST',
    path: '/api/own-sign-in/codes/recovery',
    params: none,
    body: none,
    answer: recoveryCodes,
    action: 'have-session',
  },
  removeCodes: {
    method: 'POST',
    path: '/api/own-sign-in/codes/remove',
    params: none,
    body: none,
    answer: none,
    action: 'have-session',
  },
} as const satisfies Record<string, Route>;
