/** Under a picture: the unit's notice about it, such as why the person is hard to see, and the other modes to choose from. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { useSelf } from '../around/around.tsx';
import type { OtherNotice } from '../link/picture-notice.ts';
import { isSelf } from '../state/self.ts';
import { type Face, shows } from '../viewing/face.ts';
import { known } from '../words/known.ts';
import { useWords } from '../words/words.ts';
import css from './look.module.css';
import { ShowAs } from './show-as.tsx';

interface NoticeProps {
  readonly look: LookView;
  readonly shown: Face;
  readonly notice: OtherNotice | undefined;
}

export function Notice({ look, shown, notice }: NoticeProps) {
  const { say } = useWords();
  const mine = isSelf(useSelf(), look.operator, look.operatorId) && look.state === 'open' && shows(shown);
  const modes = mine ? [...new Set([...(notice?.offers ?? []), ...(look.firstMode ? [look.firstMode] : [])])] : [];
  const wish = mine ? look.wish : undefined;
  if (!notice && modes.length === 0 && !wish) return null;
  const kind = notice && known('notice', notice.kind);
  return (
    <div className={css['notice']} data-testid="picture-notice" {...(notice ? { 'data-kind': notice.kind } : {})}>
      {notice ? (
        <p role="status">
          <b>{kind ? say(kind) : say('notice.unknown', { kind: notice.kind })}</b>{' '}
          {notice.why.map((why) => {
            const key = known('noticeWhy', why);
            return <span key={why}>{key ? say(key) : say('noticeWhy.unknown', { why })} </span>;
          })}
        </p>
      ) : null}
      <ShowAs look={look} modes={modes.filter((mode) => mode !== look.mode)} wish={wish} />
    </div>
  );
}
