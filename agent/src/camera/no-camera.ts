/** Pure. What is watched before somebody has chosen a camera: nothing, and it is said why. */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Camera } from './camera.ts';

export const noCamera: Camera = {
  name: 'none',
  // biome-ignore lint/correctness/useYield: it ends before there is anything to give.
  async *open() {
    throw new Fault('camera-not-chosen', 'No camera has been chosen yet: choose one on the technician’s page.');
  },
};
