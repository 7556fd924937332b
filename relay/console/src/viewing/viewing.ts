/** Pure. One look's pictures as this browser receives them: connecting, live, lost, untrusted, over. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Lacking } from '../link/lacking.ts';
import type { OtherNotice } from '../link/picture-notice.ts';
import { type Pace, pictured } from './age.ts';

/** What is kept across the states of a look's pictures. */
interface Kept {
  readonly pictures: number;
  readonly pace?: Pace | undefined;
  /** The unit's newest notice about its picture, and when it came. */
  readonly notice?: (OtherNotice & { readonly at: Instant }) | undefined;
  /** Bytes of mobile data so far, as the unit counts them. */
  readonly usedBytes?: number | undefined;
}

export type Viewing =
  | { readonly name: 'none' }
  | { readonly name: 'lacking'; readonly what: Lacking }
  /** The socket is being opened, or waits for the unit's first word. */
  | ({ readonly name: 'connecting'; readonly look: LookId } & Kept)
  /** Opened and checked; `at`: when the last picture was true, by this browser's clock. */
  | ({ readonly name: 'live'; readonly look: LookId; readonly at: Instant } & Kept)
  | ({ readonly name: 'no-picture'; readonly look: LookId; readonly why: string } & Kept)
  | ({ readonly name: 'link-lost'; readonly look: LookId; readonly at: Instant | undefined } & Kept)
  | { readonly name: 'untrusted'; readonly look: LookId }
  /** A colleague's look that the unit has not let this console into, or has put it out of. */
  | { readonly name: 'put-out'; readonly look: LookId }
  | ({ readonly name: 'over'; readonly look: LookId } & Kept);

export type ViewingEvent =
  | { readonly type: 'lacks'; readonly what: Lacking }
  | { readonly type: 'began'; readonly look: LookId }
  | { readonly type: 'opened' }
  /** `taken`: ms by the unit's clock; undefined where the picture has no time. */
  | { readonly type: 'drawn'; readonly at: Instant; readonly taken?: number | undefined }
  | { readonly type: 'notice'; readonly notice: OtherNotice; readonly at: Instant }
  | { readonly type: 'usage'; readonly bytes: number }
  | { readonly type: 'no-picture'; readonly why: string }
  | { readonly type: 'picture-again' }
  | { readonly type: 'link-lost' }
  | { readonly type: 'untrusted' }
  | { readonly type: 'put-out'; readonly look: LookId }
  /** A colleague's look was left, and goes on without this console. */
  | { readonly type: 'left' }
  | { readonly type: 'ended' };

/** `clear`: the canvas is wiped. */
type ViewingEffect = { readonly type: 'clear' };
const clear: readonly ViewingEffect[] = [{ type: 'clear' }];

export const viewing: Machine<Viewing, ViewingEvent, ViewingEffect> = { initial: { name: 'none' }, step };

function step(state: Viewing, event: ViewingEvent): readonly [Viewing, readonly ViewingEffect[]] {
  switch (event.type) {
    case 'lacks':
      return [{ name: 'lacking', what: event.what }, clear];
    case 'began':
      return [{ name: 'connecting', look: event.look, pictures: 0 }, clear];
    case 'put-out':
      return [{ name: 'put-out', look: event.look }, clear];
    case 'left':
      return [{ name: 'none' }, clear];
    default:
      return running(state) ? within(state, event) : [state, []];
  }
}

type Running = Extract<Viewing, { name: 'connecting' | 'live' | 'no-picture' | 'link-lost' }>;
const running = (state: Viewing): state is Running =>
  state.name === 'connecting' || state.name === 'live' || state.name === 'no-picture' || state.name === 'link-lost';

function within(
  state: Running,
  event: Exclude<ViewingEvent, { type: 'lacks' | 'began' | 'put-out' | 'left' }>,
): readonly [Viewing, readonly ViewingEffect[]] {
  const { look, pictures, pace, notice, usedBytes } = state;
  const kept: Kept = {
    pictures,
    ...(pace && { pace }),
    ...(notice && { notice }),
    ...(usedBytes !== undefined && { usedBytes }),
  };
  switch (event.type) {
    case 'opened':
      return state.name === 'live' ? [state, []] : [{ name: 'connecting', look, ...kept }, []];
    case 'drawn': {
      const [next, at] = pictured(pace, event.at, event.taken);
      return [{ name: 'live', look, at, ...kept, pictures: pictures + 1, ...(next && { pace: next }) }, []];
    }
    case 'notice':
      return [{ ...state, notice: { ...event.notice, at: event.at } }, []];
    case 'usage':
      return [{ ...state, usedBytes: event.bytes }, []];
    case 'no-picture':
      return [{ name: 'no-picture', look, ...kept, why: event.why }, clear];
    case 'picture-again':
      return state.name === 'no-picture' ? [{ name: 'connecting', look, ...kept }, []] : [state, []];
    case 'link-lost':
      return state.name === 'no-picture'
        ? [state, []]
        : [{ name: 'link-lost', look, ...kept, at: state.name === 'connecting' ? undefined : state.at }, []];
    case 'untrusted':
      return [{ name: 'untrusted', look }, clear];
    case 'ended':
      return [{ name: 'over', look, ...kept }, clear];
  }
}

export const picturesDrawn = (state: Viewing): number => ('pictures' in state ? state.pictures : 0);

/** How long the notice that the picture is legible again is shown. */
const wellFor = seconds(6);

/** The notice to show now. */
export function noticeOf(state: Viewing, now: Instant): OtherNotice | undefined {
  const notice = 'notice' in state && state.name !== 'over' ? state.notice : undefined;
  return notice?.kind === 'legible' && now - notice.at > wellFor ? undefined : notice;
}

export const dataUsed = (state: Viewing): number | undefined => ('usedBytes' in state ? state.usedBytes : undefined);
