/** What the frame tells about signing in: this page needs more than a password, and what was done to the own second factor. */
import { useEffect } from 'react';
import { useAround } from '../around/around.tsx';
import { useAskAgain, useNewsRead, useOwnSignIn } from '../around/asking-sign-in.ts';
import { useUnsurePage } from '../around/unsure-page.ts';
import { Press } from '../parts/press.tsx';
import { usePath, WayLink } from '../parts/way.tsx';
import { When } from '../parts/when.tsx';
import { useWords } from '../words/words.ts';
import css from './step-up.module.css';

export function SignInNotices() {
  return (
    <>
      <UnsurePage />
      <News />
    </>
  );
}

/** Asked for once as the page opens, as what it shows is what somebody came for; whoever has said no finds it here. */
function UnsurePage() {
  const { say } = useWords();
  const { stepping } = useAround();
  const path = usePath();
  const fault = useUnsurePage(path);
  const again = useAskAgain();
  const ask = () => fault && void stepping.ask(fault).then((how) => how === 'stepped' && again());
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each page
  useEffect(() => ask() || undefined, [path, fault === undefined]);
  if (!fault) return null;
  const words = say(fault.fields['needs'] === 3 ? 'stepUp.page.eid' : 'stepUp.page');
  return (
    <section className={css['notice']} aria-label={words} data-testid="unsure-page">
      <p role="status">{words}</p>
      <Press press={ask} data-testid="unsure-page-show">
        {say('stepUp.title')}
      </Press>
    </section>
  );
}

function News() {
  const { say } = useWords();
  const news = useOwnSignIn().data?.news ?? [];
  const read = useNewsRead();
  if (news.length === 0) return null;
  return (
    <section className={css['notice']} aria-label={say('signInNews.title')} data-testid="sign-in-news">
      <div role="status">
        {news.map(({ what, at, by = '' }) => (
          <p key={what}>
            {say(`signInNews.${what}`, { by })} <When at={at} />
          </p>
        ))}
        <WayLink to={{ page: 'own-sign-in' }}>{say('ownSignIn.title')}</WayLink>
      </div>
      <Press busy={read.busy} press={() => read.run(undefined)} data-testid="news-read">
        {say('signInNews.read')}
      </Press>
    </section>
  );
}
