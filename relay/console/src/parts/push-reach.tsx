/** How many devices an alarm could not be rung on: push is a second way, and where it fails people must know. */
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import { useDesk } from '../around/around.tsx';
import { useWords } from '../words/words.ts';
import css from './parts.module.css';

export function PushReachWords({ alarm }: { alarm: AlarmId }) {
  const { say } = useWords();
  const reach = useDesk().push.get(alarm);
  if (!reach || reach.failed === 0) return null;
  return (
    <p className={css['fault']} role="status" data-testid="push-reach">
      {say('push.reach', { failed: reach.failed, count: reach.devices })}
    </p>
  );
}
