/** One camera of a look: where it looks, its picture or why there is none, and what the unit says of it. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { useAround, useDesk, useLocalNow, useSelf } from '../around/around.tsx';
import { useOf } from '../state/store.ts';
import { face } from '../viewing/face.ts';
import { dataUsed, noticeOf, picturesDrawn } from '../viewing/viewing.ts';
import { viewingOf } from '../viewing/viewings.ts';
import { useWords } from '../words/words.ts';
import { Company } from './company.tsx';
import css from './look.module.css';
import { Notice } from './notice.tsx';
import { Picture } from './picture.tsx';
import { placeWords } from './place.ts';
import { StatusLine } from './status-line.tsx';
import { Way } from './ways.tsx';

interface CameraViewProps {
  readonly look: LookView;
  /** The home's only camera: its place is not named. */
  readonly alone: boolean;
  /** Another camera of the home shows something, or has. */
  readonly others: boolean;
}

export function CameraView({ look, alone, others }: CameraViewProps) {
  const { say } = useWords();
  const store = useAround().looker.viewing;
  // The looker draws the pictures without React; only the words beside them are drawn here, on each change and four times a second.
  useOf(store, (all) => viewingOf(all, look.look).name);
  const viewing = viewingOf(store.get(), look.look);
  const now = useLocalNow(250);
  const shown = face(look, viewing, useSelf(), now);
  const place = placeWords(useDesk(), look, say);
  const notice = shown.name === 'live' || shown.name === 'stale' ? noticeOf(viewing, now) : undefined;
  return (
    <section className={css['camera']} aria-label={place} data-testid="camera" data-unit={look.unit}>
      {alone ? null : <h2 className={css['place']}>{place}</h2>}
      <Picture look={look} shown={shown} place={place} others={others} pictures={picturesDrawn(viewing)}>
        <Way look={look} shown={shown} />
      </Picture>
      <StatusLine look={look} shown={shown} usedBytes={dataUsed(viewing)} />
      <Company look={look} shown={shown} />
      <Notice look={look} shown={shown} notice={notice} />
    </section>
  );
}
