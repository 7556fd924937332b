/** The shell of a look in this browser: makes the key, asks the relay, hears the pictures, draws them, keeps none of them. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { Asked } from '@nattfrid/shared/desk/routes';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import { call } from '../link/api.ts';
import { type Pictures, type PictureWord, preparePictures } from '../link/open.ts';
import type { Trust } from '../link/trust.ts';
import { openStore, type Store } from '../state/store.ts';
import { type Viewing, type ViewingEvent, viewing } from './viewing.ts';

export interface Looker {
  readonly viewing: Store<Viewing, ViewingEvent>;
  /** Asks for a look. @returns undefined where this browser cannot show pictures: then nothing has been asked. @throws Fault, such as `key-changed` */
  open(asked: Omit<Asked<'openLook'>, 'operatorKey'>, unitKey: string): Promise<LookView | undefined>;
  /** The unit has said yes: goes to fetch the pictures. Not sooner, or a refused look would stand in the log as a second attempt. */
  watch(look: LookId): void;
  /** The pictures end here and the key is gone; the relay is told, unless it knows. */
  end(look: LookId, tellRelay: boolean): void;
  /** Where pictures are drawn from now on. @returns what takes the canvas away again, cleared */
  attach(canvas: HTMLCanvasElement): () => void;
  /** What is on the canvas no longer shows how it is. */
  wipe(): void;
}

export function openLooker(clock: Clock, trust: Trust, closed: (look: LookView) => void): Looker {
  let canvas: HTMLCanvasElement | undefined;
  let running: { readonly look: LookId; readonly pictures: Pictures; watch: (() => void) | undefined } | undefined;
  const store = openStore(viewing, () => canvas && wipe(canvas));

  const hear = (word: PictureWord) => {
    switch (word.type) {
      case 'picture':
        if (canvas) draw(canvas, word.frame);
        word.frame.close();
        if (canvas) store.send({ type: 'drawn', at: clock.now() });
        return;
      case 'opened':
      case 'no-picture':
      case 'picture-again':
      case 'link-lost':
        return store.send(word);
      case 'usage':
        return;
      case 'untrusted':
        store.send({ type: 'untrusted' });
        return running && end(running.look, true, 'key-changed');
    }
  };
  const end = (look: LookId, tellRelay: boolean, why?: 'key-changed') => {
    if (running?.look !== look) return;
    running.pictures.end();
    running = undefined;
    store.send({ type: 'ended' });
    if (tellRelay) call('closeLook', { look }, why ? { why } : {}, { keepalive: true }).then(closed, () => undefined);
  };
  // A window that is closed in the middle of a look ends it; the look waits for a verdict on the desk.
  window.addEventListener('pagehide', () => running && end(running.look, true));

  return {
    viewing: store,
    end,
    watch(look) {
      if (running?.look !== look) return;
      running.watch?.();
      running.watch = undefined;
    },
    wipe: () => canvas && wipe(canvas),
    async open(asked, unitKey) {
      if (running) end(running.look, true);
      // Both at once: a key that is known costs no time.
      const preparing = preparePictures();
      await trust.unit(asked.unit, unitKey).catch(async (error: unknown) => {
        const unused = await preparing;
        if (typeof unused !== 'string') unused.end();
        throw error;
      });
      const pictures = await preparing;
      if (typeof pictures === 'string') {
        store.send({ type: 'lacks', what: pictures });
        return undefined;
      }
      try {
        const { operatorKey } = pictures;
        const proof = await trust.prove({ ...asked, operatorKey });
        const look = await call('openLook', {}, { ...asked, operatorKey, ...(proof && { console: proof }) });
        if (look.state !== 'asked' && look.state !== 'open') {
          pictures.end();
          return look;
        }
        running = { look: look.look, pictures, watch: () => pictures.watch(look.look, unitKey, hear) };
        store.send({ type: 'began', look: look.look });
        return look;
      } catch (error) {
        pictures.end();
        throw error;
      }
    },
    attach(next) {
      canvas = next;
      return () => {
        wipe(next);
        if (canvas === next) canvas = undefined;
      };
    },
  };
}

function draw(canvas: HTMLCanvasElement, frame: VideoFrame): void {
  if (canvas.width !== frame.displayWidth) canvas.width = frame.displayWidth;
  if (canvas.height !== frame.displayHeight) canvas.height = frame.displayHeight;
  canvas.getContext('2d', { alpha: false })?.drawImage(frame, 0, 0);
}

/** Setting the width throws the pixels away, not only over them. */
function wipe(canvas: HTMLCanvasElement): void {
  canvas.width = 16;
  canvas.height = 9;
}
