/** What the routes do by which everybody looks after how they sign in: the own password, passkeys, authenticator app, recovery codes. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import type { Present } from '../operators/operators.ts';
import { mayChangeSignIn } from '../second-factor/may-change.ts';
import { passwordHashOf } from '../store/operators-table.ts';
import { newsOf, readNews } from '../store/second-factors-table.ts';
import { findSignInSettings } from '../store/sign-in-settings-table.ts';
import type { ApiHandlers } from './handler.ts';
import type { SignInParts } from './sign-in-handlers.ts';

export const ownSignInHandlers = (
  parts: SignInParts,
): Pick<
  ApiHandlers,
  | 'ownSignIn'
  | 'newsRead'
  | 'changePassword'
  | 'makePasskey'
  | 'addPasskey'
  | 'removePasskey'
  | 'makeCodes'
  | 'addCodes'
  | 'newRecoveryCodes'
  | 'removeCodes'
> => {
  const { store, operators, staff, ending, signInRefusals, codes, passkeys } = parts;
  /** Sure enough who it is, and that it is not somebody at a screen that was left open. */
  async function refusedBy(who: Present, password: string | undefined, address: string): Promise<Fault | undefined> {
    const unsure = await mayChangeSignIn(store, who);
    if (unsure) return unsure;
    const right = await operators.isPassword(who, password, address);
    if (right instanceof Fault) return right;
    if (right) return undefined;
    await signInRefusals.write(address, 'password-wrong');
    return new Fault('password-wrong', 'This is not the password that you sign in with.');
  }
  const done = (fault: Fault | undefined) => fault ?? {};

  return {
    async ownSignIn({ who, host }) {
      const own = await codes.of(who.id);
      return {
        assurance: who.assurance,
        hasPassword: (await passwordHashOf(store.db, who.id)) !== undefined,
        canPasskey: passkeys.can(host),
        passkeys: await passkeys.of(who.id),
        ...(own && { codes: own }),
        byProvider: (await findSignInSettings(store.db, who.organisation)).provider !== undefined,
        news: (await newsOf(store.db, who.id)).map(({ what, at, who: by }) => ({
          what,
          at: printInstant(at as Instant),
          ...(by !== null && { by }),
        })),
      };
    },
    async newsRead({ who }) {
      await store.write(({ db }) => readNews(db, who.id));
      return {};
    },
    async changePassword({ body, who, address }) {
      const refused = await refusedBy(who, body.old, address);
      if (refused) return refused;
      const fault = await staff.changeOwnPassword(who, body.password);
      await ending.check();
      return done(fault);
    },
    async makePasskey({ body, who, host, address }) {
      return (await refusedBy(who, body.password, address)) ?? passkeys.toMake(who, host);
    },
    // Begun before there was a second factor, it is no way past the one that there is by now.
    addPasskey: async ({ body, who, host }) =>
      (await mayChangeSignIn(store, who)) ?? passkeys.add(who, host, body.name, body.passkey),
    async removePasskey({ params, who }) {
      return done((await mayChangeSignIn(store, who)) ?? (await passkeys.remove(who, params.passkey)));
    },
    async makeCodes({ body, who, address }) {
      return (await refusedBy(who, body.password, address)) ?? codes.make(who);
    },
    async addCodes({ body, who }) {
      const recovery = (await mayChangeSignIn(store, who)) ?? (await codes.add(who, body.ticket, body.code));
      return recovery instanceof Fault ? recovery : { recovery };
    },
    async newRecoveryCodes({ who }) {
      const recovery = (await mayChangeSignIn(store, who)) ?? (await codes.renew(who));
      return recovery instanceof Fault ? recovery : { recovery };
    },
    async removeCodes({ who }) {
      return done((await mayChangeSignIn(store, who)) ?? (await codes.remove(who)));
    },
  };
};
