/** Pure. How a unit says that it is well: the figures alone, without plan and power. */
import type { Vitals } from '@nattfrid/shared/wire/vitals';

export const wellVitals = {
  uptimeSeconds: 86_400,
  camera: 'connected',
  picturesPerSecond: 10,
  analysedPerSecond: 7.6,
  droppedPictures: 0,
  outboxDepth: 0,
  memoryMegabytes: 412,
  lookOpen: false,
} as const satisfies Vitals;
