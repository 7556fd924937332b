/** What the plan says to whoever looks into this home: where the camera looks, and the comment. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { useDesk } from '../around/around.tsx';
import { useWords } from '../words/words.ts';
import css from './home-note.module.css';

/** @param looks of one home, the one that leads first; their comments are mostly the same */
export function HomeNote({ look, looks = [look] }: { look: LookView; looks?: readonly LookView[] }) {
  const { say } = useWords();
  const { units } = useDesk();
  const places = looks.flatMap(({ unit, place }) => place ?? units.get(unit)?.place ?? []);
  const comments = [...new Set(looks.flatMap(({ comment }) => comment ?? []))];
  if (places.length === 0 && comments.length === 0) return null;
  return (
    <section className={css['note']} aria-label={say('look.note')} data-testid="home-note">
      {places.length > 0 ? (
        <p className={css['place']}>
          {say('look.note.place')} <b>{[...new Set(places)].join(', ')}</b>
        </p>
      ) : null}
      {comments.map((comment) => (
        <p key={comment}>{comment}</p>
      ))}
    </section>
  );
}
