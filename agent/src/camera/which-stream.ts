/**
 * Pure. Which of a camera's two streams is passed on: the small one always, the large one while it is wanted and comes. They change at a key
 * picture that is taken later than all before, so that time never runs back and no decoder refers to a picture of the other stream.
 */
import type { Gap } from '@nattfrid/shared/domain/observation';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { seconds } from '@nattfrid/shared/time/duration';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import type { Size } from '../codec/size.ts';
import type { Packet } from './packet.ts';
import { sizeOf } from './picture-size.ts';

export interface WhichStream {
  readonly passed: 'small' | 'large';
  /** When the last picture that was passed on was taken. */
  readonly newest: Instant | undefined;
  /** Pictures that refer to one before the change are left out, up to the next key. */
  readonly changed: boolean;
  /** The large stream has ended while it was passed on: the small one goes on with whatever it can begin with. */
  readonly alone: boolean;
  /** Of the small stream's pictures. */
  readonly size: Size | undefined;
}

export type StreamEvent =
  | { readonly type: 'came'; readonly from: 'small' | 'large'; readonly item: Packet | Gap; readonly wanted: boolean }
  /** The large stream has ended, and is not there any more. */
  | { readonly type: 'large-over' };

export type StreamEffect =
  | { readonly type: 'pass'; readonly item: Packet | Gap }
  /** The large stream shows another part of the room: what is marked in it would stand wrongly. */
  | { readonly type: 'other-shape' };

/** Without a picture for longer, the detectors are told. */
const untold = seconds(1);
/** Width to height may differ by so much: streams are rounded to blocks. */
const shapeTolerance = 0.03;

export const whichStream: Machine<WhichStream, StreamEvent, StreamEffect> = {
  initial: { passed: 'small', newest: undefined, changed: false, alone: false, size: undefined },
  step(before, event) {
    if (event.type === 'large-over') return [{ ...before, alone: before.passed === 'large' }, []];
    const { from, item, wanted } = event;
    const isSmallKey = from === 'small' && item.type === 'packet' && item.key;
    const state = isSmallKey ? { ...before, size: sizeOf(item) ?? before.size } : before;
    if (from === state.passed) return pass(state, item);
    if (item.type === 'gap' || !item.key) return [state, []];
    if (state.alone) return change(state, 'small', item);
    if ((item.wholeAfter ?? 0) > 0) return [state, []];
    if (state.newest !== undefined && item.at <= state.newest) return [state, []];
    if (from === 'small') return wanted ? [state, []] : change(state, 'small', item);
    if (!wanted) return [state, []];
    return hasShape(item, state.size) ? change(state, 'large', item) : [state, [{ type: 'other-shape' }]];
  },
};

type Step = readonly [WhichStream, readonly StreamEffect[]];

function pass(state: WhichStream, item: Packet | Gap): Step {
  if (item.type === 'gap') return [state, [{ type: 'pass', item }]];
  if (state.changed && item.leading) return [state, []];
  return [{ ...state, newest: item.at, changed: state.changed && !item.key }, [{ type: 'pass', item }]];
}

function change(state: WhichStream, to: 'small' | 'large', key: Packet): Step {
  const before = state.newest ?? key.at;
  // A gap has the decoder begin anew: it needs that for a refresh, and where the clock was set back.
  const anew = key.at - before > untold || key.at <= before || (key.wholeAfter ?? 0) > 0;
  const from = instant(Math.min(before, key.at));
  const gap: readonly StreamEffect[] =
    anew && state.newest !== undefined
      ? [{ type: 'pass', item: { type: 'gap', from, at: key.at, why: 'camera-lost' } }]
      : [];
  return [{ ...state, passed: to, newest: key.at, changed: true, alone: false }, [...gap, { type: 'pass', item: key }]];
}

function hasShape(key: Packet, size: Size | undefined): boolean {
  const other = sizeOf(key);
  if (!size || !other) return false;
  return Math.abs((size.width * other.height) / (size.height * other.width) - 1) <= shapeTolerance;
}
