/** What everybody may expect of a camera, whichever kind it is. */
import type { Camera } from '@nattfrid/agent/camera/camera';
import type { Packet } from '@nattfrid/agent/camera/packet';
import { nalType, nalUnits } from '@nattfrid/agent/h264/annex-b';
import { describe, expect, it } from 'vitest';

export interface CameraUnderContract {
  readonly name: string;
  readonly skipped?: boolean;
  /** A camera that plays a clip of 60 pictures, 20 a second, a keyframe every half second. */
  open(): Promise<Camera>;
  /** What must not stand in its name. */
  readonly secret?: string;
}

/** @param enough how many to take before hanging up. */
export async function packetsOf(camera: Camera, enough: number): Promise<readonly Packet[]> {
  const stop = new AbortController();
  const packets: Packet[] = [];
  for await (const packet of camera.open(stop.signal)) {
    packets.push(packet);
    if (packets.length >= enough) stop.abort();
  }
  return packets;
}

export function cameraContract({ name, skipped = false, open, secret }: CameraUnderContract): void {
  describe.skipIf(skipped)(`${name} is a camera that`, () => {
    it('begins with a keyframe, and puts parameter sets in front of each', async () => {
      const packets = await packetsOf(await open(), 25);
      expect(packets[0]?.key).toBe(true);
      const types = packets.map((packet) => nalUnits(packet.data).map(nalType));
      expect(packets.filter((packet) => packet.key).length).toBeGreaterThanOrEqual(2);
      for (const [index, packet] of packets.entries()) {
        expect(types[index]?.includes(5)).toBe(packet.key);
        if (packet.key) expect(types[index]?.slice(0, 2)).toEqual([7, 8]);
        else expect(types[index]?.some((type) => type === 1)).toBe(true);
      }
    });

    it('says when each picture was taken: rising, and as far apart as they were filmed', async () => {
      const times = (await packetsOf(await open(), 25)).map((packet) => packet.at as number);
      const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThan(0);
      expect(times.every(Number.isInteger)).toBe(true);
      expect(((times.at(-1) ?? 0) - (times[0] ?? 0)) / gaps.length).toBeCloseTo(50, -1);
    });

    it('can be hung up at any time, and called again', async () => {
      const camera = await open();
      expect(await packetsOf(camera, 1)).toHaveLength(1);
      expect(await packetsOf(camera, 3)).toHaveLength(3);
      expect(await packetsOf({ ...camera, open: () => camera.open(AbortSignal.abort()) }, 1)).toEqual([]);
    });

    it('has a name without secrets', async () => {
      const camera = await open();
      expect(camera.name.length).toBeGreaterThan(0);
      if (secret) expect(camera.name).not.toContain(secret);
    });
  });
}
