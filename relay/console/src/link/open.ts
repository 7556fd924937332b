/** The picture worker of one camera in a look, with a fresh key that ends with it. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import { sockets } from '@nattfrid/shared/wire/sockets';
import type { Lacking } from './lacking.ts';
import { socketAddress } from './live.ts';
import type { FromWorker, ToWorker } from './picture-talk.ts';

export type PictureWord = Exclude<FromWorker, { type: 'prepared' | 'lacking' }>;

export interface Pictures {
  /** The console's public key for this look (X25519, base64url). */
  readonly operatorKey: string;
  /** @param unitKey the unit's Ed25519 key, which must have signed the opening @param hear draws a frame at once, and closes it
   * @param whose `asked`: its unit has not said yes, and until `allowed` the relay may leave us waiting */
  watch(look: LookId, unitKey: string, hear: (word: PictureWord) => void, whose?: 'asked'): void;
  /** The unit has said yes to a look that was only asked for. */
  allowed(): void;
  end(): void;
}

/** Starts a worker, its key made and its decoder open. @returns what this browser lacks, where it cannot show pictures */
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
            watch(look, unitKey, hearer, whose) {
              hear = hearer;
              const address = socketAddress(`${sockets.viewer}?look=${look}`);
              tell({ type: 'watch', look, unitKey, address, isAllowed: whose !== 'asked' });
            },
            allowed: () => tell({ type: 'allowed' }),
          });
          return;
        case 'lacking':
          worker.terminate();
          resolve(data.what);
          return;
        case 'picture':
          if (hear) hear(data);
          else data.frame.close();
          tell({ type: 'drawn' });
          return;
        default:
          hear?.(data);
      }
    };
    tell({ type: 'prepare' });
  });
}
