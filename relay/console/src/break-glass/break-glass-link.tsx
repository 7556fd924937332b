/** The way to break-glass from a page about a home, for whoever may ask. */
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import { useMay } from '../around/around.tsx';
import { WayLink } from '../parts/way.tsx';
import { useWords } from '../words/words.ts';
import css from './break-glass.module.css';

export function BreakGlassLink({ client, alarm = false }: { client: ClientAlias; alarm?: boolean }) {
  const { say } = useWords();
  if (!useMay('ask-break-glass')) return null;
  return (
    <p className={css['link']}>
      <WayLink to={{ page: 'break-glass', id: client }} data-testid="break-glass-link">
        {say(alarm ? 'breakGlass.link.alarm' : 'breakGlass.link')}
      </WayLink>
    </p>
  );
}
