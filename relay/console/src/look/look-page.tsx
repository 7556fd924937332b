/** The page of a look into one home: its cameras side by side, each in its own state, its reason, and the verdicts always in sight. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import { useEffect, useLayoutEffect } from 'react';
import { useAround, useDesk } from '../around/around.tsx';
import { HaltActs } from '../halt/halt-acts.tsx';
import { Back } from '../parts/back.tsx';
import { Empty, Page } from '../parts/page.tsx';
import { useId } from '../parts/way.tsx';
import { useOf } from '../state/store.ts';
import { canBeSeen, together } from '../viewing/together.ts';
import { useWords } from '../words/words.ts';
import { CameraView } from './camera-view.tsx';
import { HomeNote } from './home-note.tsx';
import { HowToRead } from './how-to-read.tsx';
import { LeftOut } from './left-out.tsx';
import css from './look.module.css';
import { LookAbout } from './look-about.tsx';
import { LookSteps } from './look-steps.tsx';
import { placeWords } from './place.ts';
import { reasonWords } from './reason.ts';
import { Elsewhere, RoundLine } from './round-line.tsx';

export function LookPage() {
  const { say } = useWords();
  const id = useId() as LookId;
  if (!together(useDesk(), id))
    return (
      <Page title={say('look.title')} beside={<Back />}>
        <Empty>{say('look.missing')}</Empty>
      </Page>
    );
  return <OneHome key={id} id={id} />;
}

function OneHome({ id }: { id: LookId }) {
  const { say } = useWords();
  const { looker } = useAround();
  const desk = useDesk();
  const found = together(desk, id);
  useOf(looker.viewing, (all) => all.changed.length);
  // The relay may have told of a camera before this page was drawn, or tells of it later.
  useLayoutEffect(() => {
    for (const look of found?.looks ?? []) looker.follow(look);
  });
  // When the page is left the pictures end, and the relay is told.
  useEffect(() => () => looker.end(id, true), [looker, id]);
  if (!found) return null;
  const { lead, looks } = found;
  const leftOut = looker.viewing
    .get()
    .changed.filter(
      (unit) => desk.units.get(unit)?.client === lead.client && !looks.some((look) => look.unit === unit),
    );
  return (
    <Page
      title={`${say('look.title')} · ${lead.client}`}
      beside={
        <>
          <RoundLine look={id} />
          <span>{reasonWords(looks.find((look) => look.alarm) ?? lead, desk, say)}</span>
          <Back />
        </>
      }
      data-testid="look-page"
      wide
    >
      {lead.state === 'done' ? (
        <div className={css['after']}>
          <LookSteps lead={lead} looks={looks} leftOut={leftOut} />
          <LookAbout lead={lead} looks={looks} />
          <HaltActs alias={lead.client} />
        </div>
      ) : (
        <div className={css['grid']}>
          <div
            className={css['cameras']}
            data-many={looks.length + leftOut.length}
            data-first={looks[0]?.alarm ? 'large' : 'as-others'}
          >
            {looks.map((look) => (
              <CameraView
                key={look.look}
                look={look}
                alone={looks.length + leftOut.length === 1}
                others={looks.some((other) => other !== look && canBeSeen(other))}
              />
            ))}
            {leftOut.map((unit) => (
              <LeftOut key={unit} place={placeWords(desk, { unit }, say)} unit={unit} others={looks.some(canBeSeen)} />
            ))}
          </div>
          <div className={css['side']}>
            <HomeNote look={lead} looks={looks} />
            <LookSteps lead={lead} looks={looks} leftOut={leftOut} />
            <Elsewhere />
            <LookAbout lead={lead} looks={looks} />
            <HowToRead looks={looks} />
            <HaltActs alias={lead.client} />
          </div>
        </div>
      )}
    </Page>
  );
}
