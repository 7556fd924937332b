/** Pure. What all clips share: picture size and rate, camera position, and the outlines of bed and door for the index. */
import { cameraAt, normAt } from './camera.ts';
import { room } from './room.ts';

export const size = { width: 640, height: 360, fine: 2 } as const;
export const fps = 10;
export const colour = 0;
export const camera = cameraAt([-0.1, 0, 2.3], [0.06, 3.4, 0.66], 83);

const aspect = size.width / size.height;
const seen = (x: number, y: number, z: number) => normAt(camera, [x, y, z], aspect);

/** Outline of the bed's lying surface and of the door's opening, x and y from 0 to 1. */
export const bedPolygon = [
  seen(room.bed.left, room.bed.front, room.bed.high),
  seen(room.bed.right, room.bed.front, room.bed.high),
  seen(room.bed.right, room.bed.back, room.bed.high),
  seen(room.bed.left, room.bed.back, room.bed.high),
];
export const doorPolygon = [
  seen(room.right, room.door.from, 0),
  seen(room.right, room.door.to, 0),
  seen(room.right, room.door.to, room.door.high),
  seen(room.right, room.door.from, room.door.high),
];
