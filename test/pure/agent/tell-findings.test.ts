import type { AlarmId } from '@nattfrid/shared/domain/ids';
import { silent } from '@nattfrid/shared/log/logger';
import { seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../agent/src/decide/finding.ts';
import { tellFindings } from '../../../agent/src/report/tell-findings.ts';

const finding = (phase: Finding['phase']): Finding => ({
  phase,
  kind: 'fall',
  at: instant(0),
  evidence: { code: 'lying-on-floor', figures: {}, models: [], attended: false },
});

describe('a finding that cannot be written', () => {
  it('is kept, tried again until the disk takes it, and stays in its order', async () => {
    const clock = movedClock();
    const written: string[] = [];
    let full = true;
    using telling = tellFindings(
      ({ phase }) => {
        if (full) throw new Error('disk full');
        written.push(phase);
        return 'alarm' as AlarmId;
      },
      clock,
      silent,
    );
    telling.tell(finding('began'));
    telling.tell(finding('ended'));
    await clock.advance(seconds(12));
    expect(written).toEqual([]);
    full = false;
    await clock.advance(seconds(5));
    expect(written).toEqual(['began', 'ended']);
    telling.tell(finding('began'));
    expect(written).toEqual(['began', 'ended', 'began']);
  });
});
