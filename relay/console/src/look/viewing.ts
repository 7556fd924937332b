/** Pure. The picture side of a look as this browser knows it: asked for, connecting, live, lost, not to be trusted. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Lacking } from '../link/lacking.ts';

export type Viewing =
  | { readonly name: 'none' }
  | { readonly name: 'lacking'; readonly what: Lacking }
  /** The socket is being opened, or waits for the unit's first word. */
  | { readonly name: 'connecting'; readonly look: LookId; readonly pictures: number }
  /** Opened and checked; `at` is when the last picture was drawn. */
  | { readonly name: 'live'; readonly look: LookId; readonly pictures: number; readonly at: Instant }
  | { readonly name: 'no-picture'; readonly look: LookId; readonly pictures: number; readonly why: string }
  | { readonly name: 'link-lost'; readonly look: LookId; readonly pictures: number; readonly at: Instant | undefined }
  | { readonly name: 'untrusted'; readonly look: LookId }
  | { readonly name: 'over'; readonly look: LookId; readonly pictures: number };

export type ViewingEvent =
  | { readonly type: 'lacks'; readonly what: Lacking }
  | { readonly type: 'began'; readonly look: LookId }
  | { readonly type: 'opened' }
  | { readonly type: 'drawn'; readonly at: Instant }
  | { readonly type: 'no-picture'; readonly why: string }
  | { readonly type: 'picture-again' }
  | { readonly type: 'link-lost' }
  | { readonly type: 'untrusted' }
  | { readonly type: 'ended' };

/** `clear`: nothing may be left on the canvas. */
export type ViewingEffect = { readonly type: 'clear' };
const clear: readonly ViewingEffect[] = [{ type: 'clear' }];

export const viewing: Machine<Viewing, ViewingEvent, ViewingEffect> = { initial: { name: 'none' }, step };

function step(state: Viewing, event: ViewingEvent): readonly [Viewing, readonly ViewingEffect[]] {
  switch (event.type) {
    case 'lacks':
      return [{ name: 'lacking', what: event.what }, clear];
    case 'began':
      return [{ name: 'connecting', look: event.look, pictures: 0 }, clear];
    default:
      return running(state) ? within(state, event) : [state, []];
  }
}

type Running = Extract<Viewing, { name: 'connecting' | 'live' | 'no-picture' | 'link-lost' }>;
const running = (state: Viewing): state is Running =>
  state.name === 'connecting' || state.name === 'live' || state.name === 'no-picture' || state.name === 'link-lost';

function within(
  state: Running,
  event: Exclude<ViewingEvent, { type: 'lacks' | 'began' }>,
): readonly [Viewing, readonly ViewingEffect[]] {
  const { look, pictures } = state;
  switch (event.type) {
    case 'opened':
      return state.name === 'live' ? [state, []] : [{ name: 'connecting', look, pictures }, []];
    case 'drawn':
      return [{ name: 'live', look, pictures: pictures + 1, at: event.at }, []];
    case 'no-picture':
      return [{ name: 'no-picture', look, pictures, why: event.why }, clear];
    case 'picture-again':
      return state.name === 'no-picture' ? [{ name: 'connecting', look, pictures }, []] : [state, []];
    case 'link-lost':
      return state.name === 'no-picture'
        ? [state, []]
        : [{ name: 'link-lost', look, pictures, at: state.name === 'connecting' ? undefined : state.at }, []];
    case 'untrusted':
      return [{ name: 'untrusted', look }, clear];
    case 'ended':
      return [{ name: 'over', look, pictures }, clear];
  }
}

export const picturesDrawn = (state: Viewing): number => ('pictures' in state ? state.pictures : 0);
