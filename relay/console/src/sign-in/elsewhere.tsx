/** The ways to sign in at an organisation's own provider, and what is said when it has not let somebody in. */
import { useAround } from '../around/around.tsx';
import { useSignInWays } from '../around/asking-organisation.ts';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/words.ts';
import css from './sign-in.module.css';

export function Elsewhere() {
  const { say } = useWords();
  const { label } = useAround();
  const ways = useSignInWays().data?.ways ?? [];
  const refused = new URLSearchParams(location.search).has('refused');
  if (ways.length === 0 && !refused) return null;
  return (
    <nav className={css['ways']} aria-label={say('sign-in.elsewhere')}>
      {refused ? (
        <p role="alert" className={parts['fault']} data-testid="sign-in-refused">
          {say('sign-in.refused')}
        </p>
      ) : null}
      {ways.map(({ organisation, name }) => (
        <a
          key={organisation}
          onClick={label.leaving}
          href={`/api/sso/start/${organisation}?back=${encodeURIComponent(location.pathname)}`}
          data-testid={`sign-in-${organisation}`}
        >
          {say('sign-in.by', { name })}
        </a>
      ))}
    </nav>
  );
}
