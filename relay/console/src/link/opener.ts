/** One look's packets, in order: checks the opening; opens, acknowledges and decodes pictures; wants a keyframe after a gap. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import { Fault, type FaultCode } from '@nattfrid/shared/fault/fault';
import type { OperatorKey } from '@nattfrid/shared/seal/hpke';
import { type Coding, type OpenedLook, openLook } from '@nattfrid/shared/seal/seal-look';
import { readSframeHeader } from '@nattfrid/shared/seal/sframe-header';
import { type Opening, PictureNotice, type PicturePacket, readPicturePacket } from '@nattfrid/shared/wire/picture';
import { readPictureTime } from '@nattfrid/shared/wire/picture-time';
import type { Decoded, Decoding } from './decoding.ts';
import { readOther } from './picture-notice.ts';
import type { Drawable, FromWorker } from './picture-talk.ts';

interface OpenerProps {
  readonly look: LookId;
  readonly key: OperatorKey;
  readonly unitKey: Uint8Array<ArrayBuffer>;
  readonly decoding: (coding: Coding, decoded: Decoded<Drawable>) => Decoding;
  readonly send: (packet: PicturePacket) => void;
  readonly tell: (word: FromWorker, transfer?: Transferable[]) => void;
}

export interface Opener {
  /** Handles packets one at a time, in the order of these calls. */
  take(bytes: Uint8Array): void;
  close(): void;
}

type Sealed = Extract<PicturePacket, { sealed: unknown }>;

export function opener(props: OpenerProps): Opener {
  /** Encapsulated keys of this look's openings so far: none is taken twice. */
  const heard = new Set<string>();
  let current: { readonly encapsulated: string; readonly look: OpenedLook; readonly decoder: Decoding } | undefined;
  let last = -1;
  let waitsForKey = true;
  let closed = false;
  let before: Promise<void> = Promise.resolve();

  const close = () => {
    closed = true;
    current?.decoder.close();
    current = undefined;
  };
  const distrust = (code: FaultCode) => {
    close();
    props.tell({ type: 'untrusted', code });
  };
  const wantKey = () => {
    waitsForKey = true;
    props.send({ type: 'want-key' });
  };

  async function begin(opening: Opening): Promise<void> {
    // The relay repeats the opening to a viewer that has reconnected: the seal goes on, and still refuses replays.
    if (current?.encapsulated === opening.encapsulated) return;
    const opened = await openLook({
      opening,
      look: props.look,
      operatorPrivateKey: props.key.privateKey,
      operatorPublicKey: props.key.publicKey,
      unitPublicKey: props.unitKey,
      heard,
    });
    if (closed) return;
    if (opened instanceof Fault) return distrust(opened.code);
    current?.decoder.close();
    const show: Decoded<Drawable>['show'] = (frame, taken) => props.tell({ type: 'picture', frame, taken }, [frame]);
    const decoder = props.decoding(opened, { show, failed: wantKey });
    current = { encapsulated: opening.encapsulated, look: opened, decoder };
    last = -1;
    waitsForKey = true;
    props.tell({ type: 'opened', width: opened.width, height: opened.height });
  }

  async function unseal(packet: Sealed): Promise<void> {
    if (!current) return;
    const bytes = await current.look.open(packet.type, packet.sealed);
    if (closed || !current) return;
    if (bytes instanceof Fault) {
      // A replay is what the relay repeats to a viewer that has reconnected; any other fault means that the unit did not seal it.
      if (bytes.code !== 'seal-replayed') distrust(bytes.code);
      return;
    }
    const counter = Number(readSframeHeader(packet.sealed)?.ctr ?? 0n);
    const gap = counter !== last + 1;
    last = counter;
    if (packet.type === 'notice') return tellNotice(bytes);
    props.send({ type: 'ack', counter });
    decode(packet.type, bytes, gap, current.decoder);
  }

  function decode(kind: 'key' | 'delta', bytes: Uint8Array<ArrayBuffer>, gap: boolean, decoder: Decoding): void {
    if (kind === 'key') waitsForKey = false;
    else if (gap && !waitsForKey) wantKey();
    if (waitsForKey) return;
    if (!decoder.take(kind, bytes, readPictureTime(bytes))) wantKey();
  }

  function tellNotice(bytes: Uint8Array): void {
    const said = parse(bytes);
    const notice = PictureNotice.safeParse(said).data;
    if (!notice) {
      const other = readOther(said);
      if (other) props.tell({ type: 'notice', notice: other });
    } else if (notice.type === 'picture') props.tell({ type: 'picture-again' });
    else props.tell(notice);
  }

  return {
    take(bytes) {
      const packet = readPicturePacket(bytes);
      if (packet instanceof Fault) return;
      const work = async () => {
        if (closed) return;
        if (packet.type === 'opening') await begin(packet.opening);
        else if ('sealed' in packet) await unseal(packet);
      };
      before = before.then(work).catch(() => distrust('seal-broken'));
    },
    close,
  };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
