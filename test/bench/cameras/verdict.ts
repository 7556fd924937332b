/** Pure. What is to be thought of a row: did come what must come of the manner? */
import type { FaultCode } from '@nattfrid/shared/fault/fault';
import type { Manner } from '@nattfrid/stand-ins/test-camera/manners/manner';
import type { Night } from './night.ts';
import type { Seen } from './seeing.ts';
import type { UnitSeen } from './unit-sees.ts';

export interface Row {
  readonly manner: Manner;
  readonly unit: UnitSeen;
  readonly ffmpeg: Seen;
  /** Eight hours of the same; undefined: not played. */
  readonly night?: Night | undefined;
}

export interface Verdict {
  /** `advised`: seen as well as it lets itself be, and the technician is told what to set. */
  readonly how: 'well' | 'advised' | 'refused' | 'short';
  /** Where it is short. */
  readonly why?: string;
  /** ffmpeg gives whole pictures and the unit does not. */
  readonly behind: boolean;
}

/** So many whole pictures a second are shown at most. */
const shownAtMost = 10;
const wellEnough = 0.75;
/** Where a camera changes its rate it takes some pictures to be known. */
const fewMisdated = 4;

/** Whole pictures in time, as many as ffmpeg's but for what nobody is shown. */
const enough = (mine: number, theirs: number): boolean => mine >= Math.min(theirs, shownAtMost) * wellEnough;

export function judgeRow({ manner, unit, ffmpeg, night }: Row): Verdict {
  const { comes } = manner;
  const length = manner.seconds ?? 8;
  const theirs = ffmpeg.whole / length;
  const mine = (unit.whole + (manner.late ? unit.misdated : 0)) / length;
  // ffmpeg believes any certificate: that the unit does not is no shortcoming.
  const isCompared = typeof comes !== 'object' || !('refused' in comes) || comes.refused !== 'camera-not-trusted';
  const behind = isCompared && theirs >= 0.1 && mine < (manner.least ?? shownAtMost) && !enough(mine, theirs);
  const short = (why: string): Verdict => ({ how: 'short', why, behind });
  if (unit.spoilt > 0) return short(`${unit.spoilt} pictures that are not whole`);
  if (typeof comes === 'object' && 'refused' in comes) {
    const right = unit.faults.some((fault) => fault.code === comes.refused && fault.message.includes(comes.says));
    const other = unit.faults.find((fault) => fault.code !== comes.refused && !mayBeSaid(manner, fault.code));
    if (!right) return short(`not said: ${comes.refused}, «${comes.says}»`);
    if (other) return short(`said too: ${other.message}`);
    const wrong = night && falseOf(manner, night);
    return wrong ? short(wrong) : { how: 'refused', behind };
  }
  if (mine === 0) return short('no picture');
  if (behind) return short('fewer pictures than ffmpeg');
  if (!manner.late && unit.misdated > Math.max(fewMisdated, unit.whole * 0.05))
    return short(`${unit.misdated} pictures with a wrong date`);
  const wanted = typeof comes === 'object' ? comes.advised : undefined;
  if (wanted && !unit.advice.includes(wanted)) return short(`not advised: ${wanted}`);
  if (!wanted && unit.advice.length > 0) return short(`advised without need: ${unit.advice.join(', ')}`);
  const wrong = unit.faults.find((fault) => !mayBeSaid(manner, fault.code));
  if (wrong) return short(`said: ${wrong.message}`);
  const atNight = night && falseOf(manner, night);
  return atNight ? short(atNight) : { how: wanted ? 'advised' : 'well', behind };
}

/** What a night would have told that it must not: any alarm where the camera is seen, any but the one where it is refused. */
export function falseOf(manner: Manner, { alarms, reasons, faults }: Night): string | undefined {
  const { comes, alsoSaid = [] } = manner;
  const refused = typeof comes === 'object' && 'refused' in comes ? comes.refused : undefined;
  // It may begin with another reason that is true, and takes the right one.
  const right = [...alarms, ...reasons].includes(`camera-lost ${refused}`);
  const mayBe = [refused, ...alsoSaid].some((code) => alarms[0] === `camera-lost ${code}`);
  if (refused ? alarms.length !== 1 || !mayBe || !right : alarms.length > 0)
    return `in a night of 8 h: ${alarms.length === 0 ? 'no alarm' : [...new Set(alarms)].join(', ')}, ${alarms.length} in all`;
  const wrong = [...faults.keys()].find((code) => code !== refused && !mayBeSaid(manner, code));
  return wrong && `in a night of 8 h: ${wrong}, ${faults.get(wrong)} times`;
}

/** A camera that hangs up is told as such; what else may be said of one that is seen well stands in its line. */
function mayBeSaid({ session, answers = {}, alsoSaid = [] }: Manner, code: FaultCode): boolean {
  const hangsUp = session?.ends || session?.needs || Object.values(answers).some((said) => said.hangUp !== undefined);
  return alsoSaid.includes(code) || (code === 'camera-dropped' && hangsUp !== undefined && hangsUp !== false);
}
