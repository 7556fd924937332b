/** The message in place of a picture: each state of a look in words, with what to do. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { ReactNode } from 'react';
import { useSelf } from '../around/around.tsx';
import { isSelf } from '../state/self.ts';
import type { Face } from '../viewing/face.ts';
import { known } from '../words/known.ts';
import type { Language } from '../words/language.ts';
import type { Say } from '../words/say.ts';
import { useWords } from '../words/words.ts';
import css from './look.module.css';

interface Message {
  readonly title: string;
  readonly words: string;
  /** What it means for whoever lives there, and what to do. */
  readonly means?: string;
  readonly serious?: boolean;
  readonly waits?: boolean;
}

interface InsteadProps {
  readonly look: LookView;
  readonly shown: Face;
  /** Another camera of the home shows something, or has. */
  readonly others: boolean;
  /** The buttons below the words. */
  readonly children: ReactNode;
}

export function Instead({ look, shown, others, children }: InsteadProps) {
  const { say, language } = useWords();
  const mine = isSelf(useSelf(), look.operator, look.operatorId);
  const message = messageOf({ look, shown, others, mine }, say, language);
  if (!message) return null;
  return (
    <div
      className={css['message']}
      role={message.serious ? 'alert' : 'status'}
      data-testid={shown.name === 'refused' ? 'refusal' : `state-${shown.name}`}
      {...(message.serious ? { 'data-serious': true } : {})}
    >
      {message.waits ? <span className={css['turning']} aria-hidden="true" /> : null}
      <h2>{message.title}</h2>
      <p>{message.words}</p>
      {message.means ? <p>{message.means}</p> : null}
      {children}
    </div>
  );
}

interface Standing {
  readonly look: LookView;
  readonly shown: Face;
  readonly others: boolean;
  /** The reader has opened this look, and has to give its verdict. */
  readonly mine: boolean;
}

function messageOf({ look, shown, others, mine }: Standing, say: Say, language: Language): Message | undefined {
  switch (shown.name) {
    case 'live':
    case 'done':
      return undefined;
    case 'due':
      return { title: say('look.state.due'), words: say(shown.why ? 'look.putBack' : 'look.due.words') };
    case 'asking':
      return { title: say('look.asking'), words: say('look.asking.words'), waits: true };
    case 'connecting':
      return { title: say('look.connecting'), words: say('look.connecting.words'), waits: true };
    case 'stale':
      return {
        title: say('look.stale'),
        words: say('look.stale.words', { seconds: tenths(shown.age, language) }),
        serious: true,
      };
    case 'gone':
      return {
        title: say('look.gone'),
        words: say(shown.linkLost ? 'look.lost.words' : 'look.gone.words'),
        serious: true,
      };
    case 'no-picture': {
      const key = known('noPicture', shown.why);
      const words = key ? say(key) : say('noPicture.unknown', { why: shown.why });
      return { title: say('look.noPicture'), words, means: meansWords(look, say), serious: true };
    }
    case 'refused':
      return {
        title: say('look.refused'),
        words: shown.why ? say(`refusal.${shown.why}`) : '',
        means: meansWords(look, say),
        serious: true,
      };
    case 'failed': {
      const why = look.noPicture ? say(`noPicture.${look.noPicture}`) : '';
      return {
        title: say('look.failed'),
        words: `${shown.why ? say(`lookFault.${shown.why}`) : ''} ${why}`,
        means: meansWords(look, say),
        serious: true,
      };
    }
    case 'untrusted':
      return untrustedMessage(others, say);
    case 'put-out':
      return {
        title: say('look.refused'),
        words: say(shown.why ? `refusal.${shown.why}` : 'look.join.refused'),
        serious: true,
      };
    case 'lacking':
      return { title: say('look.unsupported'), words: say(`look.unsupported.${shown.what}`), serious: true };
    case 'elsewhere':
      return {
        title: say('look.elsewhere'),
        words: shown.who ? say('look.elsewhere.other', { who: shown.who }) : say('look.elsewhere.words'),
      };
    case 'ended':
      return {
        title: say('look.ended'),
        words: `${shown.why ? say(`lookEnd.${shown.why}`) : ''} ${mine ? say('look.ended.words') : say('look.ended.other', { who: look.operator ?? '' })}`,
      };
  }
}

/** Nobody has been seen; whether somebody goes there already, or is to be sent. */
const meansWords = ({ alarm, visit }: LookView, say: Say): string =>
  say(visit ? 'look.means.visit' : alarm ? 'look.means.alarm' : 'look.means');

/** The words for a unit whose key has changed; `others`: the home's other cameras can be relied on. */
export const untrustedMessage = (others: boolean, say: Say): Message => ({
  title: say('look.untrusted'),
  words: say(others ? 'look.untrusted.beside' : 'look.untrusted.words'),
  serious: true,
});

/** «0,2» */
export const tenths = (milliseconds: number, language: Language): string =>
  (milliseconds / 1000).toLocaleString(language === 'sv' ? 'sv-SE' : 'en-GB', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
