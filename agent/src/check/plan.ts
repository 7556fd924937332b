/** Pure. What governs the unit now, as a check: in force or why not. */
import type { Check } from '@nattfrid/shared/domain/check';
import type { HaltState, PlanState } from '@nattfrid/shared/wire/vitals';

/** @param waits a plan is there, and the technician has not finished yet */
export function planCheck({ state }: PlanState, waits: boolean): Check {
  const said = (how: Check['state'], code: string): Check => ({ name: 'plan', state: how, code });
  if (waits) return said('advice', 'waits-until-ready');
  switch (state) {
    case 'in-force':
      return said('well', 'in-force');
    case 'not-begun':
      return said('advice', 'not-begun');
    case 'none':
      return said('fault', 'none');
    case 'ended':
      return said('fault', 'ended');
    case 'stopped':
    case 'paused':
      return said('advice', 'halted');
  }
}

/** @param hasOne this unit has a switch of its own */
export function switchCheck(hasOne: boolean, dark: Pick<HaltState, 'why'> | undefined): Check {
  const said = (how: Check['state'], code: string): Check => ({ name: 'switch', state: how, code });
  if (!hasOne) return said('well', 'none');
  if (dark?.why === 'switch-unreadable') return said('fault', 'unreadable');
  return dark?.why === 'privacy-switch' ? said('advice', 'dark') : said('well', 'on');
}
