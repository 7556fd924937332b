/** Opens one camera's pictures in a look: a worker of its own with a fresh key, which dies, key and all, when the look is over. */
import { sockets } from '@nattfrid/shared/desk/routes';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Lacking } from './lacking.ts';
import { socketAddress } from './live.ts';
import type { FromWorker, ToWorker } from './picture-talk.ts';

/** A picture to be drawn at once: whoever has drawn it closes it. */
export interface Drawable {
  readonly image: CanvasImageSource;
  readonly width: number;
  readonly height: number;
  close(): void;
}

export type PictureWord =
  | Exclude<FromWorker, { type: 'prepared' | 'lacking' | 'picture' }>
  | { readonly type: 'picture'; readonly picture: Drawable; readonly taken: number | undefined };

export interface Pictures {
  /** The console's public key for this look (X25519, base64url). */
  readonly operatorKey: string;
  /** @param unitKey the unit's Ed25519 key: pictures that it has not signed for are not shown. Whoever hears a picture closes it. */
  watch(look: LookId, unitKey: string, hear: (word: PictureWord) => void): void;
  end(): void;
}

/** A worker with its key made and its decoder open; or what this browser lacks. */
export function preparePictures(): Promise<Pictures | Lacking> {
  const worker = new Worker(new URL('./picture-worker.ts', import.meta.url), { type: 'module', name: 'pictures' });
  const tell = (word: ToWorker) => worker.postMessage(word);
  let hear: ((word: PictureWord) => void) | undefined;
  const end = () => {
    hear = undefined;
    tell({ type: 'end' });
    worker.terminate();
  };
  return new Promise((resolve) => {
    worker.onerror = () => resolve('key');
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      switch (data.type) {
        case 'prepared':
          resolve({
            operatorKey: data.operatorKey,
            end,
            watch(look, unitKey, hearer) {
              hear = hearer;
              tell({ type: 'watch', look, unitKey, address: socketAddress(`${sockets.viewer}?look=${look}`) });
            },
          });
          return;
        case 'lacking':
          worker.terminate();
          resolve(data.what);
          return;
        case 'picture': {
          const { frame, taken } = data;
          const { displayWidth: width, displayHeight: height } = frame;
          const picture = { image: frame, width, height, close: () => frame.close() };
          if (hear) hear({ type: 'picture', picture, taken });
          else frame.close();
          tell({ type: 'drawn' });
          return;
        }
        default:
          hear?.(data);
      }
    };
    tell({ type: 'prepare' });
  });
}
