/** Pure. The one list of detectors: a new one is a file of its own, its table test, its terms in the plan, and a line here. */
import { blind } from './blind.ts';
import { type DetectorKind, detectorKind } from './detector.ts';
import { fall } from './fall.ts';
import { leftRoom } from './left-room.ts';
import { notInBed } from './not-in-bed.ts';

export const detectors: readonly DetectorKind[] = [
  detectorKind('fall', 'fall', fall),
  detectorKind('left-room', 'leftRoom', leftRoom),
  detectorKind('not-in-bed', 'notInBed', notInBed),
  detectorKind('blind', 'blind', blind),
];
