/** Halts at work: on the disk as they come, watched twice a second, and written into the access log where darkness begins and where it ends. */
import { HaltId } from '@nattfrid/shared/domain/ids';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { HaltAnswer, HaltLetter } from '@nattfrid/shared/wire/halt-letter';
import type { HaltState } from '@nattfrid/shared/wire/vitals';
import type { AccessTable } from '../store/access-table.ts';
import type { HaltTable } from '../store/halt-table.ts';
import { type AtTheUnit, type Halts, haltedNow, haltMachine, heldHalts, type SwitchState } from './halts.ts';
import { readDark, readTold, writeTold } from './kept-halts.ts';

export interface HaltKeeper extends Disposable {
  /** As they are obeyed. */
  readonly halts: Halts;
  /** Why nothing is watched nor shown now, and since when. A darkness whose end cannot be written down goes on. */
  readonly dark: HaltState | undefined;
  /** Ids of the stop and the pauses that it was told of. */
  readonly held: readonly HaltId[];
  /** Obeyed when it returns, and told to `changed`. @returns undefined: it is not on the disk, so that it must be told again */
  consider(letter: HaltLetter): HaltAnswer | undefined;
  /** The plan has become another one. */
  weigh(): void;
}

/** Twice a second: dark within one, by the switch and by the clock. */
const pulse = seconds(0.5);

const unknownHalt = HaltId.parse('00000000-0000-0000-0000-000000000000');

export function keepHalts(given: {
  readonly table: HaltTable;
  readonly access: Pick<AccessTable, 'append'>;
  readonly readSwitch: () => SwitchState;
  readonly readAtTheUnit: () => AtTheUnit;
  /** Versions of the plan that counts by its own dates, and of the newest one. */
  readonly plan: () => { readonly current: number | undefined; readonly newest: number | undefined };
  readonly clock: Clock;
  readonly log: Logger;
  /** Told each time that `dark` has become something else. */
  readonly changed: (dark: HaltState | undefined) => void;
}): HaltKeeper {
  const { table, access, plan, clock, log, changed } = given;
  /** As the access log has it. */
  let written = readDark(table.loadDark());
  let dark = written;
  /** Something was told that is not on the disk. */
  let owed = false;
  let failing = false;
  let halts: Halts = { ...haltMachine.initial, ...toldBefore() };

  function toldBefore() {
    const told = readTold(table.load());
    if (told) return told;
    // Kept as it is understood now, or a newer plan would be stopped as well.
    owed = true;
    log.error('What stopped this unit cannot be read any more: it stays dark until a newer plan is signed');
    return { stop: { halt: unknownHalt, planVersion: plan().newest ?? 0, why: 'plan-ended' as const } };
  }

  /** @returns whether all of it is on the disk */
  function save(next: Halts, told: boolean, now: HaltState | undefined): boolean {
    const line = now?.why === written?.why ? undefined : lineOf(written, now);
    if (!told && !line && now?.until === written?.until) return true;
    try {
      table.transaction(() => {
        if (told) table.save(writeTold(next));
        if (line) access.append({ at: clock.now(), what: line, subject: 'unit', who: whoOf(now ?? written) });
        table.saveDark(now && JSON.stringify(now));
      });
      failing = false;
      return true;
    } catch (error) {
      if (!failing) log.error('A halt could not be kept, and is tried again', { words: asFault(error).message });
      failing = true;
      return false;
    }
  }

  /** @returns whether it is on the disk; where it is not, what is taken away is taken away all the same, and nothing is given back */
  function settle(next: Halts, told: boolean): boolean {
    const at = clock.now();
    const halted = haltedNow(next, asPlan(plan().current), at);
    const now: HaltState | undefined = halted && {
      why: halted.why,
      since: written?.since ?? printInstant(at),
      ...(halted.why === 'paused' && { until: printInstant(halted.until) }),
    };
    const kept = save(next, told || owed, now);
    owed = !kept && (told || owed);
    if (kept) written = now;
    if (kept || now) halts = next;
    obey(kept ? now : (now ?? dark));
    return kept;
  }

  function obey(now: HaltState | undefined): void {
    const before = dark;
    dark = now;
    if (before?.why === now?.why && before?.until === now?.until) return;
    if (now) log.warn('The unit is dark', { why: now.why, until: now.until });
    else log.info('The unit is dark no more');
    changed(now);
  }

  function look(): void {
    const [switched] = haltMachine.step(halts, { type: 'switch', now: given.readSwitch() });
    if (switched.privacySwitch === 'unreadable' && halts.privacySwitch !== 'unreadable')
      log.error('The privacy switch cannot be read, or says neither 0 nor 1: the unit stays dark');
    const [next] = haltMachine.step(switched, { type: 'at-the-unit', now: given.readAtTheUnit() });
    settle(next, false);
  }

  look();
  const watching = clock.every(pulse, look);
  return {
    get halts(): Halts {
      const isOver = dark && !haltedNow(halts, asPlan(plan().current), clock.now());
      return isOver ? { ...halts, atTheUnit: { type: 'stopped' } } : halts;
    },
    get dark() {
      return dark;
    },
    get held() {
      return heldHalts(halts);
    },
    consider(letter) {
      const { newest } = plan();
      const [next, [effect]] = haltMachine.step(halts, { type: 'letter', letter, newest, at: clock.now() });
      const kept = next === halts ? !owed : settle(next, true);
      return kept ? effect?.answer : undefined;
    },
    weigh: () => void settle(halts, false),
    [Symbol.dispose]: () => watching[Symbol.dispose](),
  };
}

const asPlan = (version: number | undefined) => (version === undefined ? undefined : { version });

function lineOf(before: HaltState | undefined, now: HaltState | undefined): string {
  if (!now) return `dark-ended ${before?.why ?? ''}`;
  const until = now.until ? ` until ${now.until}` : '';
  return `${before ? 'dark-goes-on' : 'dark-began'} ${now.why}${until}`;
}

/** Whose word it was, as far as the unit knows. */
function whoOf(state: HaltState | undefined): string {
  switch (state?.why) {
    case 'privacy-switch':
    case 'switch-unreadable':
      return 'home';
    case 'technician':
      return 'technician';
    case 'consent-withdrawn':
    case 'plan-ended':
    case 'client-ended':
    case 'paused':
    case undefined:
      return 'relay';
  }
}
