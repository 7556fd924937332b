/** The page of signing in, for administrators: how sure it must be who does what, and where else the organisation's people sign in. */
import { asFault } from '@nattfrid/shared/fault/fault';
import { useSignInSettings } from '../around/asking-sign-in.ts';
import { isUnsure } from '../around/surely.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { useWords } from '../words/words.ts';
import { LevelsPart } from './levels-part.tsx';
import { ProviderPart } from './provider-part.tsx';
import css from './sign-in-settings.module.css';

export function SignInSettingsPage() {
  const { say } = useWords();
  const { data: settings, error } = useSignInSettings();
  return (
    <Page title={say('nav.signInSettings')} lead={say('signInSettings.lead')} data-testid="sign-in-settings">
      {error && !isUnsure(error) ? <FaultWords fault={asFault(error)} /> : null}
      {settings ? (
        <div className={css['parts']}>
          <LevelsPart settings={settings} />
          <ProviderPart key={settings.provider ? 'there' : 'none'} settings={settings} />
        </div>
      ) : error ? null : (
        <Loading />
      )}
    </Page>
  );
}
