/** Shows looks in this browser: those that are opened here and colleagues' that are joined; keeps no picture. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Mode } from '@nattfrid/shared/domain/plan';
import type { FaultCode } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { call } from '../link/api.ts';
import { preparePictures } from '../link/open.ts';
import { openSpares } from '../link/spares.ts';
import { openStore, type Store } from '../state/store.ts';
import type { Trust } from '../trust/trust.ts';
import { openCanvases } from './canvases.ts';
import { hearPictures } from './hear-pictures.ts';
import { type IsSelf, type Joining, openJoining } from './join-look.ts';
import { type LookAsked, type Opening, openOpening } from './open-look.ts';
import type { Camera } from './together.ts';
import { type Viewings, type ViewingsEvent, viewings } from './viewings.ts';
import type { Wiring } from './wiring.ts';

export interface Looker {
  readonly viewing: Store<Viewings, ViewingsEvent>;
  /**
   * Asks for a look, on every camera of the home.
   * @param cameras the one that is meant first
   * @returns undefined where this browser cannot show pictures: then nothing has been asked
   * @throws Fault; `key-changed` where the unit's key has changed and no other camera of the home can be asked. A camera beside it
   * whose key has changed is left out, which `viewing` tells
   */
  open(asked: LookAsked, cameras: readonly Camera[]): Promise<LookView | undefined>;
  /**
   * What the relay tells of a look: fetches its pictures once its unit has said yes, and ends them when it is over. Not sooner, or
   * a refused look would stand in the log as a second attempt.
   */
  follow(look: LookView): void;
  /**
   * Asks to see a colleague's open look here too, under a key of this browser's own.
   * @param isSelf whether the relay means whoever sits here
   * @returns undefined where nothing has been asked: this browser cannot show pictures, has joined or asks already, or has left
   * @throws Fault, such as `key-changed`
   */
  join(look: LookView, unitKey: string, isSelf: IsSelf): Promise<LookView | undefined>;
  /** Shows at a look's own picture why it could not be joined; for a camera that was joined along with the one pressed. */
  notJoined(look: LookId, why: FaultCode): void;
  /** Wishes for another mode, signed by this console as the look was. @throws Fault */
  wish(look: LookId, mode: Mode): Promise<LookView>;
  /** Leaves a colleague's look. */
  leave(look: LookId): void;
  /** Ends the pictures and keys of this look, of all beside it, and of every joined one; `tellRelay`: the relay does not know yet. */
  end(look: LookId, tellRelay: boolean): void;
  /** Where a camera's pictures are drawn from now on. @returns what takes the canvas away again, cleared */
  attach(look: LookId, canvas: HTMLCanvasElement): () => void;
  /** Clears the canvas of a look whose picture is outdated. */
  wipe(look: LookId): void;
  /** Keeps this many picture workers ready for the next look. */
  ready(cameras: number): void;
}

/**
 * @param closed called with a look that the relay has closed because it ended here
 * @param prepare makes the workers that pictures come from
 */
export function openLooker(
  clock: Clock,
  trust: Trust,
  closed: (look: LookView) => void,
  prepare: typeof preparePictures = preparePictures,
): Looker {
  const canvases = openCanvases();
  const spares = openSpares(prepare);
  const viewing = openStore(viewings, ({ look }) => canvases.wipe(look));
  const distrust = (look: LookId) => {
    joining.untrusted(look);
    opening.untrusted(look);
  };
  const hear = hearPictures(clock, canvases, viewing, distrust);
  const wiring: Wiring = { spares, trust, viewing, hear, tellClosed: tellClosed(closed), tellLeft };
  const opening = openOpening(wiring);
  const joining = openJoining(wiring);
  closeWithWindow(opening, joining, () => spares.keep(0));
  return {
    viewing,
    open: opening.open,
    follow: (view) => (joining.has(view.look) ? joining : opening).told(view),
    join: joining.join,
    notJoined: joining.notJoined,
    wish: opening.wish,
    leave: joining.leave,
    end(look, tellRelay) {
      joining.leaveAll();
      opening.leave(look, tellRelay);
    },
    attach: canvases.attach,
    wipe: canvases.wipe,
    ready: (cameras) => spares.keep(cameras),
  };
}

/** A window that is closed in the middle of a look ends it; the look waits for a verdict on the desk. */
function closeWithWindow(opening: Opening, joining: Joining, discardSpares: () => void): void {
  window.addEventListener('pagehide', () => {
    opening.close();
    joining.leaveAll();
    discardSpares();
  });
}

const tellClosed = (closed: (look: LookView) => void) => (look: LookId, why?: 'key-changed') =>
  void call('closeLook', { look }, why ? { why } : {}, { keepalive: true }).then(closed, () => undefined);

const tellLeft = (look: LookId) => void call('leaveLook', { look }, {}, { keepalive: true }).catch(() => undefined);
