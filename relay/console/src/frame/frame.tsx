/** The frame around every page: clock, menu, bell, whether the desk is up to date, and alarms that wait on another page. */
import { may } from '@nattfrid/shared/desk/permissions';
import type { ReactNode } from 'react';
import { useDeskState, useLocalNow, useNow, useSelf } from '../around/around.tsx';
import { BreakGlassStrip } from '../break-glass/break-glass-strip.tsx';
import { SharedActs } from '../computer/shared-acts.tsx';
import { ConsoleNotice } from '../consoles/console-notice.tsx';
import { DeviceNotices } from '../device/notices.tsx';
import { Mark } from '../parts/icons.tsx';
import { WayLink } from '../parts/way.tsx';
import { Search } from '../search/search.tsx';
import { freshness } from '../state/desk.ts';
import { SignInNotices } from '../step-up/notices.tsx';
import { StepUpDialog } from '../step-up/step-up-dialog.tsx';
import { clockTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import { Account } from './account.tsx';
import { Announcer } from './announcer.tsx';
import { Bell } from './bell.tsx';
import { mainEntries, moreEntries } from './entries.tsx';
import css from './frame.module.css';
import { keepInRoom } from './head-room.ts';
import { LingeringStrip } from './lingering-strip.tsx';
import { LinkState } from './link-state.tsx';
import { Nav } from './nav.tsx';
import { RelayBanner } from './relay-banner.tsx';
import { StaleBanner } from './stale-banner.tsx';
import { Strip } from './strip.tsx';
import { TrainingBanner } from './training-banner.tsx';

export function Frame({ children }: { children: ReactNode }) {
  const { say } = useWords();
  const { role } = useSelf();
  const state = useDeskState();
  const fresh = freshness(state, useLocalNow());
  // The reason why it is stale stands there already, and louder.
  const cannotSave = state.name === 'known' && state.link.name === 'up' && state.relay.cannotSave !== undefined;
  return (
    <>
      <a className={css['skip']} href="#content">
        {say('app.skip')}
      </a>
      <Announcer />
      <TrainingBanner />
      <RelayBanner />
      {cannotSave ? null : <StaleBanner fresh={fresh} />}
      <header className={css['head']} ref={stays}>
        <WayLink to={{ page: 'watch' }} className={css['brand'] ?? ''} aria-label={say('app.name')}>
          <Mark /> <span className={css['brandName']}>{say('app.name')}</span>
        </WayLink>
        <Nav />
        <div className={css['right']}>
          <Search entries={entries} />
          <LinkState />
          <WallClock />
          {may(role, 'see-desk') ? <Bell /> : null}
          <SharedActs />
          <Account />
        </div>
      </header>
      <Strip />
      <LingeringStrip />
      <BreakGlassStrip />
      <ConsoleNotice />
      <DeviceNotices />
      <SignInNotices />
      <StepUpDialog />
      <main
        id="content"
        tabIndex={-1}
        className={fresh.name === 'fresh' ? undefined : css['old']}
        data-fresh={fresh.name}
      >
        {children}
      </main>
    </>
  );
}

const entries = [...mainEntries, ...moreEntries];

/** The same for each drawing, so that it is not begun anew. */
const stays = (head: HTMLElement | null) => (head ? keepInRoom(head) : undefined);

function WallClock() {
  const { language } = useWords();
  const now = useNow();
  return (
    <time className={css['clock']} dateTime={new Date(now).toISOString()}>
      {clockTime(now, language)}
    </time>
  );
}
