/** After a verdict: the next due look, opened with one key or one press, and never by itself. */
import { useAround, useDesk, useNow, useSelf } from '../around/around.tsx';
import { useOpenLook } from '../around/asking.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { useHasLetterKeys, useLetterKeys } from '../parts/use-letter-keys.ts';
import { useGo, useId } from '../parts/way.tsx';
import { useOf } from '../state/store.ts';
import { onKey } from '../verdict/verdict-keys.ts';
import { useWords } from '../words/words.ts';
import { LackingWords } from './lacking-words.tsx';
import css from './look.module.css';
import { useReady } from './ready.ts';
import { nextDue, unjudged } from './soon.ts';

/** @param pressable by a pointer; a key is pressed on purpose */
export function NextLook({ pressable = true }: { pressable?: boolean }) {
  const { say } = useWords();
  const go = useGo();
  const desk = useDesk();
  const self = useSelf();
  const { lingering } = useAround();
  const lingers = useOf(lingering, (one) => (one.name === 'held' ? one.about.id : ''));
  const before = unjudged(desk, self, new Set([useId() ?? '', lingers]));
  const due = nextDue(desk, self, useNow());
  const next = before ?? due;
  const open = useOpenLook((opened) => go({ page: 'look', id: opened.look }));
  useReady();
  const press = () => {
    if (!next || open.busy) return;
    if (next === before) return go({ page: 'look', id: next.look });
    open.run({ unit: next.unit, reason: next.reason, look: next.look });
  };
  const keys = useHasLetterKeys();
  useLetterKeys((pressed) => {
    if (pressed !== onKey || !next) return false;
    press();
    return true;
  });
  if (!next) return null;
  return (
    <div className={css['next']}>
      <Press
        tone="cool"
        large
        wide
        busy={open.busy}
        disabled={!pressable}
        press={press}
        data-testid="next-look"
        {...(keys ? { 'aria-keyshortcuts': 'Space' } : {})}
      >
        {say(next === before ? 'look.next.unjudged' : 'look.next', { client: next.client })}{' '}
        {keys ? <kbd className={css['key']}>{say('key.space')}</kbd> : null}
      </Press>
      <FaultWords fault={open.fault} />
      {open.done ? <LackingWords /> : null}
    </div>
  );
}
