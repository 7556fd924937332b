/** The home that is next for whoever is signed in: asked for and opened with one key, given back with another. */
import { useState } from 'react';
import { useDesk, useMay, useNow, useSelf } from '../around/around.tsx';
import { useOpenLook } from '../around/asking.ts';
import { useNextLook, useSkipLook } from '../around/asking-night.ts';
import { HomeNote } from '../look/home-note.tsx';
import { LackingWords } from '../look/lacking-words.tsx';
import { FaultWords } from '../parts/fault-words.tsx';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { useHasLetterKeys, useLetterKeys } from '../parts/use-letter-keys.ts';
import { useGo } from '../parts/way.tsx';
import { isSelf } from '../state/self.ts';
import { onKey } from '../verdict/verdict-keys.ts';
import { length, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './round.module.css';

export function Offer() {
  const { say } = useWords();
  const go = useGo();
  const desk = useDesk();
  const self = useSelf();
  const now = useNow();
  const mayLook = useMay('look');
  const [nothing, setNothing] = useState(false);
  const next = useNextLook((reserved) => setNothing(reserved === undefined));
  const skip = useSkipLook();
  const open = useOpenLook((look) => go({ page: 'look', id: look.look }));
  const own = desk.night.reserved.find((one) => isSelf(self, one.who, one.operatorId) && readTime(one.until) > now);
  const look = own && desk.looks.get(own.look);
  // The live stream may bring the home before the answer to who asked for it: what is shown can be pressed.
  const busy = look ? skip.busy || open.busy : next.busy;
  const presses: Readonly<Record<string, () => void>> = look
    ? {
        [onKey]: () => open.run({ unit: look.unit, reason: look.reason, look: look.look }),
        s: () => void skip.ran(look.look).then(() => next.run(undefined)),
      }
    : { [onKey]: () => next.run(undefined) };
  const keys = useHasLetterKeys();
  const pressed = (key: string) => {
    presses[key]?.();
    return key in presses;
  };
  useLetterKeys(mayLook && !busy ? pressed : undefined);
  const shortcut = (key: string) => (keys ? { 'aria-keyshortcuts': key } : {});
  const sign = (key: string) => (keys ? <kbd>{key}</kbd> : null);
  if (!mayLook) return null;
  return (
    <section className={css['offer']} data-testid="round-offer">
      {/* Said once: the seconds that are left are for the eye. */}
      <p role="status" className={parts['hidden']}>
        {look && own ? `${say('round.yours')} ${own.client}` : nothing ? say('round.next.none') : ''}
      </p>
      {look && own ? (
        <>
          <p>{say('round.yours')}</p>
          <h2>{own.client}</h2>
          <HomeNote look={look} />
          <p>{say('round.left', { length: length(readTime(own.until) - now, say) })}</p>
          <div className={css['acts']}>
            <Press
              tone="cool"
              large
              busy={open.busy}
              press={presses[onKey]!}
              data-testid="round-open"
              {...shortcut('Space')}
            >
              {say('round.open')} {sign(say('key.space'))}
            </Press>
            <Press large busy={skip.busy} press={presses['s']!} data-testid="round-skip" {...shortcut('s')}>
              {say('round.skip')} {sign('S')}
            </Press>
          </div>
        </>
      ) : (
        <>
          <div className={css['acts']}>
            <Press
              tone="cool"
              large
              busy={next.busy}
              press={presses[onKey]!}
              data-testid="round-next"
              {...shortcut('Space')}
            >
              {say('round.next')} {sign(say('key.space'))}
            </Press>
          </div>
          {nothing ? <p>{say('round.next.none')}</p> : null}
        </>
      )}
      <FaultWords fault={open.fault ?? next.fault ?? skip.fault} />
      {open.done ? <LackingWords /> : null}
    </section>
  );
}
