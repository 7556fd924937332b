/** Pure. The look that was opened in this browser, on every camera of the home: not asked yet, asked, or watched. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Machine } from '@nattfrid/shared/machine/machine';

type OpenedCamera =
  /** The relay has not told yet which look is this camera's, and perhaps has not asked its unit. */
  | { readonly name: 'waiting' }
  | { readonly name: 'asked'; readonly look: LookId }
  /** Its unit has said yes: pictures come. */
  | { readonly name: 'watching'; readonly look: LookId };

export type OpenedLook =
  | { readonly name: 'none' }
  /** A camera that is over is no longer among `cameras`, which may be empty while the lead waits for its verdict. */
  | { readonly name: 'opened'; readonly lead: LookId; readonly cameras: ReadonlyMap<UnitId, OpenedCamera> };

export type OpenedLookEvent =
  /** The relay's answer: the look that leads, and every unit that was asked with it. */
  | { readonly type: 'opened'; readonly lead: LookView; readonly units: readonly UnitId[] }
  | { readonly type: 'told'; readonly view: LookView }
  | { readonly type: 'untrusted'; readonly look: LookId }
  /** The screen of this look is left; `tellRelay` is false where the relay knows that the look is over. */
  | { readonly type: 'left'; readonly look: LookId; readonly tellRelay: boolean }
  /** Another home is opened, or the window is closed. */
  | { readonly type: 'closed' };

export type OpenedLookEffect =
  | { readonly type: 'began'; readonly look: LookId }
  /** The relay is asked for the pictures; it answers once the unit has said yes. */
  | { readonly type: 'watch'; readonly unit: UnitId; readonly look: LookId }
  /** The unit has said yes: the relay answers now, or its link is lost. */
  | { readonly type: 'allowed'; readonly unit: UnitId }
  /** The camera's worker ends, and its key with it. */
  | { readonly type: 'finish'; readonly unit: UnitId }
  | { readonly type: 'ended'; readonly look: LookId }
  | { readonly type: 'close'; readonly look: LookId; readonly why?: 'key-changed' };

type Step = readonly [OpenedLook, readonly OpenedLookEffect[]];
type Opened = Extract<OpenedLook, { name: 'opened' }>;

const none: OpenedLook = { name: 'none' };

export const openedLook: Machine<OpenedLook, OpenedLookEvent, OpenedLookEffect> = {
  initial: none,
  step(state, event) {
    if (event.type === 'opened') return opened(event.lead, event.units);
    if (state.name === 'none') return [state, []];
    switch (event.type) {
      case 'told':
        return told(state, event.view);
      case 'untrusted':
        return untrusted(state, event.look);
      case 'left':
        return isAmong(state, event.look) ? end(state, event.tellRelay) : [state, []];
      case 'closed':
        return end(state, true);
    }
  },
};

function opened(lead: LookView, units: readonly UnitId[]): Step {
  const state: Opened = {
    name: 'opened',
    lead: lead.look,
    cameras: new Map(units.map((unit) => [unit, { name: 'waiting' }])),
  };
  // The cameras beside a lead that can show nothing are watched all the same.
  const goesOn = isLive(lead) || units.some((unit) => unit !== lead.unit);
  return goesOn ? told(state, lead) : end(state, false);
}

function told(state: Opened, view: LookView): Step {
  const { look, unit } = view;
  const camera = state.cameras.get(unit);
  if (!camera || (camera.name !== 'waiting' && camera.look !== look)) return [state, []];
  // As it was before it was asked for: the live stream may be behind the answer. One that is due *again* says what was refused.
  if (camera.name !== 'waiting' && view.state === 'due' && view.refusal === undefined) return [state, []];
  if (!isLive(view)) {
    if (camera.name === 'waiting') return [state, []];
    return [
      without(state, unit),
      [
        { type: 'finish', unit },
        { type: 'ended', look },
      ],
    ];
  }
  const began: readonly OpenedLookEffect[] =
    camera.name === 'waiting'
      ? [
          { type: 'began', look },
          { type: 'watch', unit, look },
        ]
      : [];
  if (camera.name === 'watching') return [state, []];
  if (view.state === 'asked') return [withCamera(state, unit, { name: 'asked', look }), began];
  return [withCamera(state, unit, { name: 'watching', look }), [...began, { type: 'allowed', unit }]];
}

/** This camera's look has failed; the other cameras of the home go on. */
function untrusted(state: Opened, look: LookId): Step {
  const [unit] = [...state.cameras].find(([, camera]) => lookOf(camera) === look) ?? [];
  if (unit === undefined) return [state, []];
  return [
    without(state, unit),
    [
      { type: 'finish', unit },
      { type: 'close', look, why: 'key-changed' },
    ],
  ];
}

function end({ lead, cameras }: Opened, tellRelay: boolean): Step {
  const ended = [...cameras].flatMap(([unit, camera]): OpenedLookEffect[] => {
    const look = lookOf(camera);
    return [{ type: 'finish', unit }, ...(look === undefined ? [] : [{ type: 'ended', look } as const])];
  });
  // A look that was refused or has failed waits on the desk for a verdict, and is not closed by leaving its screen.
  const live = [...cameras.values()].some((camera) => camera.name !== 'waiting');
  return [none, tellRelay && live ? [...ended, { type: 'close', look: lead }] : ended];
}

const isLive = ({ state }: LookView): boolean => state === 'asked' || state === 'open';

const lookOf = (camera: OpenedCamera): LookId | undefined => (camera.name === 'waiting' ? undefined : camera.look);

const isAmong = ({ lead, cameras }: Opened, look: LookId): boolean =>
  lead === look || [...cameras.values()].some((camera) => lookOf(camera) === look);

const withCamera = (state: Opened, unit: UnitId, camera: OpenedCamera): Opened => ({
  ...state,
  cameras: new Map(state.cameras).set(unit, camera),
});

const without = (state: Opened, unit: UnitId): Opened => ({
  ...state,
  cameras: new Map([...state.cameras].filter(([one]) => one !== unit)),
});

/** @returns the unit whose camera has this look, if it was opened here */
export const unitOf = (state: OpenedLook, look: LookId): UnitId | undefined =>
  state.name === 'none' ? undefined : [...state.cameras].find(([, camera]) => lookOf(camera) === look)?.[0];
