/** The shell of a look in this browser: makes the keys, asks the relay, hears each camera's pictures, draws them, keeps none of them. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { Asked, BesideAsked } from '@nattfrid/shared/desk/routes';
import type { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { asFault, Fault, type FaultCode } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { call } from '../link/api.ts';
import type { Lacking } from '../link/lacking.ts';
import { type Pictures, type PictureWord, preparePictures } from '../link/open.ts';
import type { Drawable } from '../link/picture-talk.ts';
import { openSpares } from '../link/spares.ts';
import { openStore, type Store } from '../state/store.ts';
import type { Trust } from '../trust/trust.ts';
import { goneAfter } from './face.ts';
import type { Camera } from './together.ts';
import { type Viewings, type ViewingsEvent, viewingOf, viewings } from './viewings.ts';

export interface Looker {
  readonly viewing: Store<Viewings, ViewingsEvent>;
  /**
   * Asks for a look, on every camera of the home.
   * @param cameras the one that is meant first
   * @returns undefined where this browser cannot show pictures: then nothing has been asked
   * @throws Fault; `key-changed` where no camera is left that can be asked: one of which that is so is left out, and it is said
   */
  open(
    asked: Omit<Asked<'openLook'>, 'operatorKey' | 'beside'>,
    cameras: readonly Camera[],
  ): Promise<LookView | undefined>;
  /**
   * What the relay tells of a look that was opened here: fetches its pictures once its unit has said yes. Not sooner, or a refused
   * look would stand in the log as a second attempt. When it is over its key goes.
   */
  follow(look: LookView): void;
  /**
   * Pictures of a colleague's open look come here too, under a key of this browser's own.
   * @param isSelf whether the relay means whoever sits here
   * @returns undefined where this browser cannot show pictures, or is on its way in already: then nothing has been asked
   * @throws Fault, such as `key-changed`
   */
  join(look: LookView, unitKey: string, isSelf: (who: string) => boolean): Promise<LookView | undefined>;
  /** It could not be joined, and nobody has pressed there: said at its camera. */
  notJoined(look: LookId, why: FaultCode): void;
  /** How the person shall rather be shown, in a look that was opened here: signed by this console, as the look was. @throws Fault */
  wish(look: LookId, mode: Mode): Promise<LookView>;
  /** No longer a colleague's look. */
  leave(look: LookId): void;
  /** The pictures of this look and of all beside it end here, and the keys are gone; the relay is told, unless it knows. */
  end(look: LookId, tellRelay: boolean): void;
  /** Where a camera's pictures are drawn from now on. @returns what takes the canvas away again, cleared */
  attach(look: LookId, canvas: HTMLCanvasElement): () => void;
  /** What is on the canvas no longer shows how it is. */
  wipe(look: LookId): void;
  /** What the next look needs stands ready from now on for so many cameras: a worker, its decoder, its key. Never a picture. */
  ready(cameras: number): void;
}

interface Followed {
  readonly unitKey: string;
  readonly pictures: Pictures;
  /** `waiting`: the relay has not told yet which look is this camera's, if it has asked its unit at all. */
  name: 'waiting' | 'asked' | 'watching';
  look?: LookId;
}

/** A colleague's look that is seen here too. */
interface Guest {
  readonly pictures: Pictures;
  readonly isSelf: (who: string) => boolean;
  /** The relay has named us there; where it no longer does, the unit has not let us in, or the look is over. */
  named: boolean;
}

export function openLooker(clock: Clock, trust: Trust, closed: (look: LookView) => void): Looker {
  const canvases = new Map<LookId, HTMLCanvasElement>();
  const spares = openSpares(preparePictures);
  let running: { readonly lead: LookId; readonly cameras: Map<UnitId, Followed> } | undefined;
  const guests = new Map<LookId, Guest>();
  const entering = new Set<LookId>();
  /** Goes up when a screen is left: whoever was still on the way in does not go in any more. */
  let left = 0;
  const clear = (look: LookId) => {
    const canvas = canvases.get(look);
    if (canvas) wipe(canvas);
  };
  const store = openStore(viewings, ({ look }) => clear(look));

  const hear = (look: LookId) => (word: PictureWord) => {
    const canvas = canvases.get(look);
    switch (word.type) {
      case 'picture': {
        const { frame, taken } = word;
        if (canvas) {
          const at = clock.now();
          store.send({ type: 'look', look, event: { type: 'drawn', at, taken } });
          const viewing = viewingOf(store.get(), look);
          // One that comes too late to be true is counted, and never on the canvas.
          if (viewing.name === 'live' && at - viewing.at <= goneAfter) draw(canvas, frame);
          else wipe(canvas);
        }
        frame.close();
        return;
      }
      case 'opened':
      case 'no-picture':
      case 'picture-again':
      case 'usage':
      case 'link-lost':
        return store.send({ type: 'look', look, event: word });
      case 'notice':
        return store.send({ type: 'look', look, event: { ...word, at: clock.now() } });
      case 'untrusted':
        store.send({ type: 'look', look, event: word });
        return distrust(look);
    }
  };
  const tellClosed = (look: LookId, why?: 'key-changed') =>
    void call('closeLook', { look }, why ? { why } : {}, { keepalive: true }).then(closed, () => undefined);
  const tellLeft = (look: LookId) => void call('leaveLook', { look }, {}, { keepalive: true }).catch(() => undefined);
  const leave = (look: LookId) => {
    const guest = guests.get(look);
    if (!guest) return;
    guest.pictures.end();
    guests.delete(look);
    store.send({ type: 'look', look, event: { type: 'left' } });
    tellLeft(look);
  };
  const leaveAll = () => {
    left += 1;
    for (const look of [...guests.keys()]) leave(look);
  };
  /** This camera's look has failed, and its relay is told why; the other cameras of the home go on. */
  const distrust = (look: LookId) => {
    const guest = guests.get(look);
    if (guest) {
      guest.pictures.end();
      guests.delete(look);
      tellLeft(look);
    }
    for (const [unit, camera] of running?.cameras ?? []) {
      if (camera.look !== look) continue;
      camera.pictures.end();
      running?.cameras.delete(unit);
      tellClosed(look, 'key-changed');
    }
  };
  const endAll = (tellRelay: boolean) => {
    if (!running) return;
    const { lead, cameras } = running;
    running = undefined;
    // One that has been refused, or has failed, waits on the desk for what a person makes of it: that is not closed by going away.
    const live = [...cameras.values()].some((one) => one.look !== undefined);
    for (const { look, pictures } of cameras.values()) {
      pictures.end();
      if (look) store.send({ type: 'look', look, event: { type: 'ended' } });
    }
    if (tellRelay && live) tellClosed(lead);
  };
  // A window that is closed in the middle of a look ends it; the look waits for a verdict on the desk.
  window.addEventListener('pagehide', () => {
    endAll(true);
    leaveAll();
    spares.keep(0);
  });

  const followGuest = (guest: Guest, { look, state, joined = [] }: LookView) => {
    const named = joined.some(guest.isSelf);
    if (state === 'open' && (named || !guest.named)) {
      guest.named ||= named;
      return;
    }
    guest.pictures.end();
    guests.delete(look);
    store.send({ type: 'look', look, event: state === 'open' ? { type: 'put-out', look } : { type: 'ended' } });
  };

  const follow: Looker['follow'] = (view) => {
    const { look, unit, state } = view;
    const guest = guests.get(look);
    if (guest) return followGuest(guest, view);
    const camera = running?.cameras.get(unit);
    if (!running || !camera || (camera.look !== undefined && camera.look !== look)) return;
    const live = state === 'asked' || state === 'open';
    if (camera.name === 'waiting' && live) {
      camera.look = look;
      camera.name = 'asked';
      store.send({ type: 'began', look });
    }
    if (camera.name === 'asked' && state === 'open') {
      camera.name = 'watching';
      camera.pictures.watch(look, camera.unitKey, hear(look));
    }
    if (camera.name === 'waiting' || live) return;
    camera.pictures.end();
    running.cameras.delete(unit);
    store.send({ type: 'look', look, event: { type: 'ended' } });
  };

  return {
    viewing: store,
    wipe: clear,
    ready: (cameras) => spares.keep(cameras),
    leave,
    async join(view, unitKey, isSelf) {
      const { look, unit, reason } = view;
      const here = left;
      // Pressed twice, or with another camera of the home: one way in is enough.
      if (entering.has(look) || guests.has(look)) return undefined;
      entering.add(look);
      let guest: Guest | undefined;
      let pictures: Pictures | undefined;
      try {
        const taken = await spares.take();
        if (typeof taken === 'string') {
          store.send({ type: 'lacks', what: taken });
          return undefined;
        }
        pictures = taken;
        await trust.unit(unit, unitKey);
        const { operatorKey } = pictures;
        const proof = await trust.prove({ unit, reason, look, operatorKey });
        // Before it is asked for: the unit's no may be here sooner than the relay's answer.
        guest = { pictures, isSelf, named: false };
        guests.set(look, guest);
        const joined = await call('joinLook', { look }, { operatorKey, ...(proof && { console: proof }) });
        if (guests.get(look) === guest && here === left) {
          store.send({ type: 'began', look });
          pictures.watch(look, unitKey, hear(look));
        } else if (here !== left) tellLeft(look);
        return joined;
      } catch (error) {
        if (guest && guests.get(look) === guest) guests.delete(look);
        pictures?.end();
        throw error;
      } finally {
        entering.delete(look);
      }
    },
    notJoined(look, why) {
      if (why === 'key-changed') {
        store.send({ type: 'began', look });
        store.send({ type: 'look', look, event: { type: 'untrusted' } });
      } else store.send({ type: 'look', look, event: { type: 'put-out', look } });
    },
    async wish(look, mode) {
      const [unit, camera] = [...(running?.cameras ?? [])].find(([, one]) => one.look === look) ?? [];
      const { operatorKey } = camera?.pictures ?? {};
      // Opened in another window: the unit says whether it goes by that.
      const proof = unit && operatorKey ? await trust.proveWish({ unit, look, operatorKey, mode }) : undefined;
      return call('wishMode', { look }, { mode, ...(proof && { console: proof }) });
    },
    end(look, tellRelay) {
      leaveAll();
      if (running && (running.lead === look || [...running.cameras.values()].some((one) => one.look === look)))
        endAll(tellRelay);
    },
    follow,
    async open(asked, cameras) {
      endAll(true);
      store.send({ type: 'anew' });
      // All at once: a key that is known costs no time.
      const [taken, checked] = await Promise.all([takeAll(cameras, spares.take), checkKeys(cameras, trust)]);
      if (typeof taken === 'string') {
        store.send({ type: 'lacks', what: taken });
        return undefined;
      }
      try {
        const first = taken.get(asked.unit);
        if (!first) throw new Fault('not-found', `The unit ${asked.unit} is not among its home's cameras.`);
        const { operatorKey } = first.pictures;
        drop(taken, checked, store.send);
        const beside = await besides(asked, taken, trust);
        const wrong = checked.get(asked.unit);
        if (wrong && (wrong.code !== 'key-changed' || beside.length === 0)) throw wrong;
        const proof = wrong ? undefined : await trust.prove({ ...asked, operatorKey });
        const look = await call(
          'openLook',
          {},
          {
            ...asked,
            operatorKey,
            ...(proof && { console: proof }),
            ...(beside.length > 0 && { beside }),
            ...(wrong && { untrusted: true }),
          },
        );
        running = { lead: look.look, cameras: taken };
        const live = look.state === 'asked' || look.state === 'open';
        // Where the one that leads can show nothing, those beside it still can.
        if (live || beside.length > 0) follow(look);
        else endAll(false);
        return look;
      } catch (error) {
        for (const { pictures } of taken.values()) pictures.end();
        throw error;
      }
    },
    attach(look, next) {
      canvases.set(look, next);
      return () => {
        wipe(next);
        if (canvases.get(look) === next) canvases.delete(look);
      };
    },
  };
}

/** @returns of each camera what is wrong with its key */
async function checkKeys(cameras: readonly Camera[], trust: Trust): Promise<ReadonlyMap<UnitId, Fault>> {
  const wrong = new Map<UnitId, Fault>();
  const check = ({ unit, unitKey }: Camera) =>
    trust.unit(unit, unitKey).catch((error: unknown) => void wrong.set(unit, asFault(error)));
  await Promise.all(cameras.map(check));
  return wrong;
}

/** Asks nothing of a unit whose key is not the known one. */
function drop(
  taken: Map<UnitId, Followed>,
  wrong: ReadonlyMap<UnitId, Fault>,
  send: (event: ViewingsEvent) => void,
): void {
  for (const [unit, fault] of wrong) {
    taken.get(unit)?.pictures.end();
    taken.delete(unit);
    if (fault.code === 'key-changed') send({ type: 'key-changed', unit });
  }
}

/** Each of the other cameras with a key and a proof of its own. A proof names a reason: for an alarm elsewhere in the home that is the open window. */
async function besides(
  { unit: meant, reason }: Omit<Asked<'openLook'>, 'operatorKey' | 'beside'>,
  taken: Map<UnitId, Followed>,
  trust: Trust,
): Promise<readonly BesideAsked[]> {
  const asking = async ([unit, { pictures }]: [UnitId, Followed]): Promise<readonly BesideAsked[]> => {
    if (unit === meant) return [];
    const window = reason.type === 'window' ? reason.window : await trust.window(unit);
    if (window === undefined) {
      pictures.end();
      taken.delete(unit);
      return [];
    }
    const { operatorKey } = pictures;
    const proof = await trust.prove({ unit, reason: { type: 'window', window }, operatorKey });
    return [{ unit, operatorKey, ...(reason.type === 'alarm' && { window }), ...(proof && { console: proof }) }];
  };
  return (await Promise.all([...taken].map(asking))).flat();
}

async function takeAll(
  cameras: readonly Camera[],
  take: () => Promise<Pictures | Lacking>,
): Promise<Map<UnitId, Followed> | Lacking> {
  const taken = await Promise.all(cameras.map(take));
  const lacking = taken.find((one) => typeof one === 'string');
  const followed = new Map<UnitId, Followed>();
  for (const [index, pictures] of taken.entries()) {
    const camera = cameras[index];
    if (typeof pictures === 'string' || !camera) continue;
    if (lacking) pictures.end();
    followed.set(camera.unit, { unitKey: camera.unitKey, pictures, name: 'waiting' });
  }
  return lacking ?? followed;
}

function draw(canvas: HTMLCanvasElement, frame: Drawable): void {
  const [width, height] =
    'displayWidth' in frame ? [frame.displayWidth, frame.displayHeight] : [frame.width, frame.height];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  canvas.getContext('2d', { alpha: false })?.drawImage(frame, 0, 0);
}

/** Setting the width throws the pixels away, not only over them. */
function wipe(canvas: HTMLCanvasElement): void {
  canvas.width = 16;
  canvas.height = 9;
}
