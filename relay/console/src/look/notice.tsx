/** Under a picture: what its unit says of it, as that it is hard to see and why; also what this console has no words for. */
import type { OtherNotice } from '../link/notice.ts';
import { known } from '../words/known.ts';
import { useWords } from '../words/words.ts';
import css from './look.module.css';

export function Notice({ notice }: { notice: OtherNotice }) {
  const { say } = useWords();
  const kind = known('notice', notice.kind);
  const reasons = notice.why.map((why) => {
    const key = known('noticeWhy', why);
    return key ? say(key) : say('noticeWhy.unknown', { why });
  });
  return (
    <div className={css['notice']} role="status" data-testid="picture-notice" data-kind={notice.kind}>
      <b>{kind ? say(kind) : say('notice.unknown', { kind: notice.kind })}</b>
      {reasons.map((words) => (
        <span key={words}>{words}</span>
      ))}
      {notice.offered ? (
        <span data-testid="offered-mode">{say('notice.offer', { mode: say(`mode.${notice.offered}`) })}</span>
      ) : null}
    </div>
  );
}
