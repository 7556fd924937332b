/** Pure. Colleagues' looks that this browser has joined: preparing, asked for, watched, left. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Machine } from '@nattfrid/shared/machine/machine';

/** `named`: the relay has listed this operator among those who look; when it no longer does, the unit has refused. */
type JoinedLook =
  /** This browser's key is made and signed; the relay has not been asked. */
  | { readonly name: 'preparing' }
  | { readonly name: 'asked'; readonly named: boolean }
  /** The relay has answered: pictures are fetched. */
  | { readonly name: 'watching'; readonly named: boolean }
  /** Over before the relay has answered. */
  | { readonly name: 'over' }
  /** Left before the relay has answered. */
  | { readonly name: 'left' };

type JoinedLooks = ReadonlyMap<LookId, JoinedLook>;

type OfOne =
  | { readonly type: 'pressed'; readonly look: LookId }
  | { readonly type: 'asked'; readonly look: LookId }
  | { readonly type: 'answered'; readonly look: LookId }
  /** Joining has failed, or is no longer wanted. */
  | { readonly type: 'given-up'; readonly look: LookId }
  /** `named`: the relay lists this operator among those who look. */
  | { readonly type: 'told'; readonly look: LookId; readonly state: LookView['state']; readonly named: boolean }
  | { readonly type: 'untrusted'; readonly look: LookId }
  | { readonly type: 'left'; readonly look: LookId };

export type JoinedLooksEvent =
  | OfOne
  /** The screen is left; a look that is still being joined is given up. */
  | { readonly type: 'all-left' };

export type JoinedLooksEffect = {
  /**
   * `finish`: the worker ends, and its key with it. `began`, `put-out`, `left` and `ended` are said to the screen,
   * `tell-left` to the relay.
   */
  readonly type: 'began' | 'watch' | 'finish' | 'put-out' | 'ended' | 'left' | 'tell-left';
  readonly look: LookId;
};

type Step<State> = readonly [State, readonly JoinedLooksEffect[]];

export const joinedLooks: Machine<JoinedLooks, JoinedLooksEvent, JoinedLooksEffect> = {
  initial: new Map(),
  step(looks, event) {
    if (event.type !== 'all-left') return one(looks, event);
    let state = looks;
    const effects: JoinedLooksEffect[] = [];
    for (const look of looks.keys()) {
      const [next, more] = one(state, { type: 'left', look });
      state = next;
      effects.push(...more);
    }
    return [state, effects];
  },
};

function one(looks: JoinedLooks, event: OfOne): Step<JoinedLooks> {
  const { look } = event;
  const before = looks.get(look);
  const [after, effects] = stepOne(before, event);
  if (after === before) return [looks, effects];
  const next = new Map(looks);
  if (after) next.set(look, after);
  else next.delete(look);
  return [next, effects];
}

function stepOne(state: JoinedLook | undefined, event: OfOne): Step<JoinedLook | undefined> {
  const { look } = event;
  switch (event.type) {
    case 'pressed':
      return [state ?? { name: 'preparing' }, []];
    case 'asked':
      return [state?.name === 'preparing' ? { name: 'asked', named: false } : state, []];
    case 'answered':
      return answered(state, look);
    case 'given-up':
      return [undefined, [{ type: 'finish', look }]];
    case 'told':
      return told(state, event);
    case 'left':
      return left(state, look);
    case 'untrusted':
      if (state?.name !== 'watching') return [state, []];
      return [
        undefined,
        [
          { type: 'finish', look },
          { type: 'tell-left', look },
        ],
      ];
  }
}

function answered(state: JoinedLook | undefined, look: LookId): Step<JoinedLook | undefined> {
  if (state?.name === 'asked')
    return [
      { name: 'watching', named: state.named },
      [
        { type: 'began', look },
        { type: 'watch', look },
      ],
    ];
  // Told once more, because the relay may have handled the leaving before the joining.
  return [undefined, state?.name === 'left' ? [{ type: 'tell-left', look }] : []];
}

function told(
  state: JoinedLook | undefined,
  { look, state: told, named }: Extract<OfOne, { type: 'told' }>,
): Step<JoinedLook | undefined> {
  if (state?.name !== 'asked' && state?.name !== 'watching') return [state, []];
  if (told === 'open' && (named || !state.named)) return [named === state.named ? state : { ...state, named }, []];
  return [
    state.name === 'asked' ? { name: 'over' } : undefined,
    [
      { type: 'finish', look },
      { type: told === 'open' ? 'put-out' : 'ended', look },
    ],
  ];
}

function left(state: JoinedLook | undefined, look: LookId): Step<JoinedLook | undefined> {
  switch (state?.name) {
    case 'preparing':
      return [{ name: 'left' }, []];
    case 'asked':
    case 'watching':
      return [
        state.name === 'asked' ? { name: 'left' } : undefined,
        [
          { type: 'finish', look },
          { type: 'left', look },
          { type: 'tell-left', look },
        ],
      ];
    default:
      return [state, []];
  }
}
