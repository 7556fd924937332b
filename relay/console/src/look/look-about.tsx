/** The facts of a look beside its picture: window, operator, times, cameras, data used. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { useAround, useDesk } from '../around/around.tsx';
import parts from '../parts/parts.module.css';
import { When } from '../parts/when.tsx';
import { useOf } from '../state/store.ts';
import { dataUsed } from '../viewing/viewing.ts';
import { viewingOf } from '../viewing/viewings.ts';
import { amount, length, number, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './look.module.css';
import { placeWords } from './place.ts';

export function LookAbout({ lead: look, looks }: { lead: LookView; looks: readonly LookView[] }) {
  const { say, language } = useWords();
  const desk = useDesk();
  const used = useOf(useAround().looker.viewing, (all) =>
    looks
      .map((one) => dataUsed(viewingOf(all, one.look)))
      .filter((bytes) => bytes !== undefined)
      .reduce<number | undefined>((sum, bytes) => (sum ?? 0) + bytes, undefined),
  );
  const first =
    look.firstPictureAt && look.openedAt ? readTime(look.firstPictureAt) - readTime(look.openedAt) : undefined;
  return (
    <div className={css['side']}>
      <dl className={`${parts['card']} ${parts['facts']}`}>
        {look.reason.type === 'window' ? (
          <>
            <dt>{say('look.reason.window')}</dt>
            <dd>
              <When at={look.dueFrom} />–<When at={look.dueUntil} />
            </dd>
          </>
        ) : null}
        {look.openedAt ? (
          <>
            <dt>{say('look.openedAt')}</dt>
            <dd>
              <When at={look.openedAt} seconds /> · {look.operator}
            </dd>
          </>
        ) : null}
        {first !== undefined ? (
          <>
            <dt>{say('look.firstPicture')}</dt>
            <dd>
              {first < 60_000 ? say('unit.second', { count: number(first / 1000, language) }) : length(first, say)}
            </dd>
          </>
        ) : null}
        {used !== undefined ? (
          <>
            <dt>{say('look.data')}</dt>
            <dd data-testid="look-data">{amount(used, language, say)}</dd>
          </>
        ) : null}
        <dt>{say('look.cameras', { count: looks.length })}</dt>
        <dd>{looks.map((one) => placeWords(desk, one, say)).join(', ')}</dd>
      </dl>
      {stays(look) ? <p className={css['hint']}>{say('look.neverLost')}</p> : null}
    </div>
  );
}

/** Whether a look stays on the desk until it has its verdict. */
const stays = ({ state }: LookView) => state === 'asked' || state === 'open' || state === 'awaiting-verdict';
