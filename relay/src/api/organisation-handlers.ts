/** What the routes about organisations do. Whatever ends with an agreement has ended before the answer. */
import { type Levels, levelFor, waysBack } from '@nattfrid/shared/desk/assurance';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Audit } from '../audit/audit.ts';
import type { Ending } from '../ending/ending.ts';
import type { Sealer } from '../operators/sealer.ts';
import type { Agreements } from '../organisations/agreements.ts';
import type { Passkeys } from '../second-factor/passkeys.ts';
import { allOrganisations } from '../store/agreements-table.ts';
import type { Store } from '../store/database.ts';
import { allOperators } from '../store/operators-table.ts';
import { secondFactorsOfAll } from '../store/second-factors-table.ts';
import { findSignInSettings, organisationsWithProvider, saveSignInSettings } from '../store/sign-in-settings-table.ts';
import type { ApiHandlers } from './handler.ts';

export function organisationHandlers({
  store,
  audit,
  agreements,
  ending,
  signInSealer,
  passkeys,
}: {
  readonly store: Store;
  readonly audit: Audit;
  readonly agreements: Agreements;
  readonly ending: Ending;
  readonly signInSealer: Sealer;
  readonly passkeys: Pick<Passkeys, 'can'>;
}): Pick<
  ApiHandlers,
  'organisations' | 'agreements' | 'addAgreement' | 'endAgreement' | 'signInWays' | 'signInSettings' | 'setSignIn'
> {
  /** What it changes is so before the answer. */
  const done = async <Answer>(answer: Answer | Fault) => {
    if (!(answer instanceof Fault)) await ending.check();
    return answer;
  };
  return {
    organisations: async ({ who }) => ({ own: who.organisation, organisations: await allOrganisations(store.db) }),
    async agreements({ who }) {
      await audit.write(who.name, 'agreements-read', 'agreements', { operator: who.id });
      return { agreements: await agreements.of(who.organisation) };
    },
    addAgreement: async ({ body, who }) => done(await agreements.add(who, body)),
    signInWays: async ({ host }) => ({
      ways: await organisationsWithProvider(store.db),
      passkeys: passkeys.can(host),
    }),
    async signInSettings({ who }) {
      const { provider, lookAssurance, levels = {} } = await findSignInSettings(store.db, who.organisation);
      const people = (await allOperators(store.db)).filter(({ organisation }) => organisation === who.organisation);
      const sure = await secondFactorsOfAll(store.db);
      return {
        lookAssurance,
        levels,
        ...(provider && { provider }),
        people: people.length,
        sure: people.filter(({ id }) => sure.has(id)).length,
      };
    },
    async setSignIn({ body: { settings, secret }, who }) {
      const { provider, lookAssurance } = settings;
      if (provider && !isSafe(provider.issuer))
        return new Fault(
          'request-invalid',
          'A provider is reached by https: its answers could be read and changed on the way.',
        );
      return store.write(async (tx) => {
        const before = await findSignInSettings(tx.db, who.organisation);
        const levels = settings.levels ?? before.levels ?? {};
        const shut = waysBack.find((action) => (levels[action as keyof Levels] ?? 1) > who.assurance);
        if (shut)
          return new Fault(
            'assurance-low',
            'Whoever asks more than a password for looking after people or these settings shows as much first: else nobody could take it back.',
            { fields: { needs: levelFor({ lookAssurance, levels }, shut) } },
          );
        // A secret is for one provider: it is not sent to another one.
        const kept = before.provider?.issuer === provider?.issuer ? before.secret : undefined;
        await audit.append(tx, who.name, 'sign-in-set', who.organisation, {
          lookAssurance: String(lookAssurance),
          ...Object.fromEntries(Object.entries(levels).map(([action, level]) => [`level ${action}`, String(level)])),
          ...(provider && { issuer: provider.issuer, unknown: provider.letsInUnknown ? 'let in' : 'refused' }),
          operator: who.id,
        });
        const sealed = secret === undefined ? kept : signInSealer.seal(secret, who.organisation);
        const saved = { ...settings, levels };
        await saveSignInSettings(tx.db, who.organisation, saved, provider ? sealed : undefined);
        return saved;
      });
    },
    endAgreement: async ({ params, who }) => done(await agreements.end(who, params.agreement)),
  };
}

/** On this machine nobody is on the way. */
function isSafe(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
