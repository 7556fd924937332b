/** What a relay could try with sealed pictures, given to the console's own opener: nothing but the true ones, once and in order, reach a decoder. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { makeOperatorKey, type OperatorKey } from '@nattfrid/shared/seal/hpke';
import { type Coding, type SealedKind, sealLook } from '@nattfrid/shared/seal/seal-look';
import { makeSignKey, type SignKey } from '@nattfrid/shared/seal/sign';
import { writePicturePacket } from '@nattfrid/shared/wire/picture';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

/** The console's own, which is written for a browser: its types are not known to Node. */
interface Told {
  readonly type: string;
  readonly code?: string;
}
type OpenOpener = (props: {
  readonly look: LookId;
  readonly key: OperatorKey;
  readonly unitKey: Uint8Array<ArrayBuffer>;
  readonly decoding: (coding: Coding, decoded: object) => object;
  readonly send: () => void;
  readonly tell: (word: Told) => void;
}) => { take(bytes: Uint8Array): void; close(): void };
const consoles = (file: string): Promise<unknown> =>
  import(new URL(`../../relay/console/src/link/${file}`, import.meta.url).href);
const { opener } = (await consoles('opener.ts')) as { readonly opener: OpenOpener };
const { openDecoder } = (await consoles('decode.ts')) as {
  readonly openDecoder: (codec: string, decoded: object) => object;
};
const decoding = ({ codec }: Coding, told: object) => openDecoder(codec, told);

const look = '00000000-0000-4000-8000-000000000001' as LookId;
const other = '00000000-0000-4000-8000-000000000002' as LookId;
const unit = await makeSignKey();
const key = await makeOperatorKey();

/** Stands in for the browser's decoder: keeps the first byte of each picture that it was given. */
const decoded: number[] = [];
beforeAll(() => {
  vi.stubGlobal('EncodedVideoChunk', function chunk(this: object, given: object) {
    Object.assign(this, given);
  });
  vi.stubGlobal(
    'VideoDecoder',
    class {
      state = 'configured';
      decodeQueueSize = 0;
      configure() {}
      decode({ data }: { data: Uint8Array }) {
        decoded.push(data[0] ?? -1);
      }
      close() {
        this.state = 'closed';
      }
    },
  );
});
afterAll(() => vi.unstubAllGlobals());

interface Sending {
  readonly opening: Uint8Array<ArrayBuffer>;
  /** The next picture, whose first byte is this number. */
  next(number: number, kind?: SealedKind): Promise<Uint8Array<ArrayBuffer>>;
  /** A true word of the unit, by which it is seen that everything before it has been worked off. */
  last(): Promise<Uint8Array<ArrayBuffer>>;
}

/** One connection of a unit. */
async function connection(given: { look?: LookId; by?: SignKey; for?: OperatorKey } = {}): Promise<Sending> {
  const { look: of = look, by = unit, for: reader = key } = given;
  const sealed = await sealLook({ look: of, operatorKey: reader.publicKey, unitPrivateKey: by.privateKey });
  if (sealed instanceof Fault) throw sealed;
  const send = async (kind: SealedKind, plain: Uint8Array<ArrayBuffer>) =>
    writePicturePacket({ type: kind, sealed: await sealed.seal(kind, plain) });
  return {
    opening: writePicturePacket({ type: 'opening', opening: sealed.opening }),
    next: (number, kind = 'delta') => send(kind, new Uint8Array(60).fill(number)),
    last: () => send('notice', new TextEncoder().encode('{"type":"no-picture","why":"end"}')),
  };
}

/** What reached the decoder, and why it stopped, or «no». @param from the connection that is the last to speak */
async function shown(from: Sending, packets: readonly Uint8Array<ArrayBuffer>[]) {
  decoded.length = 0;
  const over = Promise.withResolvers<Told>();
  const tell = (word: Told) => {
    if (word.type === 'untrusted' || word.type === 'no-picture') over.resolve(word);
  };
  const open = opener({ look, key, unitKey: unit.publicKey, decoding, send: () => {}, tell });
  for (const packet of [...packets, await from.last()]) open.take(packet);
  const end = await over.promise;
  open.close();
  return { pictures: [...decoded], stopped: end.type === 'untrusted' ? end.code : 'no' };
}

describe('what reaches the decoder', () => {
  it('is every picture of the unit, in order', async () => {
    const from = await connection();
    const packets = [from.opening, await from.next(1, 'key'), await from.next(2), await from.next(3)];
    expect(await shown(from, packets)).toEqual({ pictures: [1, 2, 3], stopped: 'no' });
  });

  it('is nothing from a changed byte on, wherever in the packet it is', async () => {
    const from = await connection();
    const [first, second, third] = [await from.next(1, 'key'), await from.next(2), await from.next(3)];
    for (let at = 0; at < second.length; at += 5)
      for (const change of [0x01, 0x80]) {
        const changed = second.slice();
        changed[at]! ^= change;
        const { pictures, stopped } = await shown(from, [from.opening, first, changed, third]);
        // Byte 0 is the relay's envelope, not the unit's seal: a kind that is none is no picture at all.
        if (stopped === 'no') expect([at, pictures]).toEqual([0, [1]]);
        else expect([pictures, stopped]).toEqual([[1], 'seal-broken']);
      }
  });

  it('is no picture twice, and none after a later one; then it goes on', async () => {
    const from = await connection();
    const [a, b, c, d] = [
      await from.next(1, 'key'),
      await from.next(2, 'key'),
      await from.next(3, 'key'),
      await from.next(4, 'key'),
    ];
    expect(await shown(from, [from.opening, a, b, b, a, c])).toEqual({ pictures: [1, 2, 3], stopped: 'no' });
    expect(await shown(from, [from.opening, a, c, b, d])).toEqual({ pictures: [1, 3, 4], stopped: 'no' });
  });

  it('is nothing that another unit has signed for, though it was sealed for this console', async () => {
    const impostor = await connection({ by: await makeSignKey() });
    const packets = [impostor.opening, await impostor.next(1, 'key')];
    expect(await shown(impostor, packets)).toEqual({ pictures: [], stopped: 'signature-wrong' });
  });

  it('is nothing of another look, neither whole nor put in between', async () => {
    const from = await connection();
    const old = await connection({ look: other });
    const first = await from.next(1, 'key');
    const taken = await old.next(66, 'key');
    expect(await shown(from, [old.opening, taken])).toEqual({ pictures: [], stopped: 'signature-wrong' });
    expect(await shown(from, [from.opening, first, taken])).toEqual({ pictures: [1], stopped: 'seal-broken' });
    expect(await shown(from, [from.opening, first, old.opening, taken])).toEqual({
      pictures: [1],
      stopped: 'signature-wrong',
    });
  });

  it('is nothing from before the unit connected anew', async () => {
    const [before, now] = [await connection(), await connection()];
    const [old, older] = [await before.next(1, 'key'), await before.next(2, 'key')];
    const [first, second] = [await now.next(11, 'key'), await now.next(12)];
    // The unit connects anew: that is taken.
    const anew = [before.opening, old, now.opening, first, second];
    expect(await shown(now, anew)).toEqual({ pictures: [1, 11, 12], stopped: 'no' });
    // What the earlier connection had sent is not, neither behind the new opening nor with its own again.
    expect(await shown(now, [...anew, older])).toEqual({ pictures: [1, 11, 12], stopped: 'seal-broken' });
    expect(await shown(now, [...anew, before.opening, older])).toEqual({
      pictures: [1, 11, 12],
      stopped: 'seal-replayed',
    });
  });

  it('is nothing where the relay says that a change is a whole picture', async () => {
    const from = await connection();
    const [first, delta] = [await from.next(1, 'key'), await from.next(2, 'delta')];
    const renamed = delta.slice();
    renamed[0] = first[0]!;
    expect(await shown(from, [from.opening, first, renamed])).toEqual({ pictures: [1], stopped: 'seal-broken' });
  });

  it('is nothing that was sealed for another console', async () => {
    const theirs = await connection({ for: await makeOperatorKey() });
    const packets = [theirs.opening, await theirs.next(1, 'key')];
    expect(await shown(theirs, packets)).toEqual({ pictures: [], stopped: 'signature-wrong' });
  });

  it('is nothing before the unit has signed for it', async () => {
    const from = await connection();
    const early = await from.next(1, 'key');
    expect(await shown(from, [early, from.opening])).toEqual({ pictures: [], stopped: 'no' });
  });
});
