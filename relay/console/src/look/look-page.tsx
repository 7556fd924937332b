/** One look: the picture as large as it goes, why it is made, and the verdict in sight all the time. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { LookId } from '@nattfrid/shared/domain/ids';
import { useEffect } from 'react';
import { Back } from '../parts/back.tsx';
import { Empty, Page } from '../parts/page.tsx';
import { useId } from '../parts/way.tsx';
import { useAround, useDesk, useLocalNow, useSelf } from '../state/around.tsx';
import { useStore } from '../state/store.ts';
import { useWords } from '../words/words.ts';
import { face } from './face.ts';
import css from './look.module.css';
import { LookAbout } from './look-about.tsx';
import { LookSteps } from './look-steps.tsx';
import { Picture } from './picture.tsx';
import { reasonWords } from './reason.ts';
import { StatusLine } from './status-line.tsx';
import { Way } from './ways.tsx';

export function LookPage() {
  const { say } = useWords();
  const look = useDesk().looks.get(useId() as LookId);
  if (!look)
    return (
      <Page title={say('look.title')} beside={<Back />}>
        <Empty>{say('look.missing')}</Empty>
      </Page>
    );
  return <OneLook key={look.look} look={look} />;
}

function OneLook({ look }: { look: LookView }) {
  const { say } = useWords();
  const { looker } = useAround();
  const desk = useDesk();
  const viewing = useStore(looker.viewing);
  const now = useLocalNow(250);
  const shown = face(look, viewing, useSelf(), now);
  const live = look.state === 'asked' || look.state === 'open';
  const id = look.look;
  const open = look.state === 'open';
  useEffect(() => {
    if (open) looker.watch(id);
  }, [looker, id, open]);
  // The relay says that it is over: the key goes. The screen is left: the picture ends, and the relay is told.
  useEffect(() => {
    if (!live) looker.end(id, false);
  }, [looker, id, live]);
  useEffect(() => () => looker.end(id, true), [looker, id]);
  return (
    <Page
      title={`${say('look.title')} · ${look.client}`}
      beside={
        <>
          <span>{reasonWords(look, desk, say)}</span>
          <Back />
        </>
      }
      data-testid="look-page"
      wide
    >
      {look.state === 'done' ? (
        <div className={css['after']}>
          <LookSteps look={look} />
          <LookAbout look={look} />
        </div>
      ) : (
        <div className={css['grid']}>
          <div>
            <Picture look={look} shown={shown}>
              <Way look={look} shown={shown} />
            </Picture>
            <StatusLine look={look} shown={shown} />
          </div>
          <div className={css['side']}>
            <LookSteps look={look} />
            <LookAbout look={look} />
          </div>
        </div>
      )}
    </Page>
  );
}
