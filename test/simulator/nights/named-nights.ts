/** Pure. The nights that are written out as scripts and have a name. */
import { Night } from './script.ts';
import { alarms, winter } from './winter-night.ts';

export const namedNights: readonly Night[] = [
  {
    ...winter,
    name: 'short',
    seed: 1,
    minutes: 14,
    alarms: { ...alarms, leftRoom: { afterMinutes: 3 } },
    events: [
      { do: 'sits-on-edge', at: 1, minutes: 0.3 },
      { do: 'headlights', at: 2.2 },
      { do: 'bathroom', at: 2.6, minutes: 1 },
      { do: 'gone-out', at: 5.5, minutes: 3.6 },
      { do: 'falls', at: 10.4 },
    ],
  },
  {
    ...winter,
    name: 'everything',
    seed: 2,
    minutes: 240,
    first: { is: 'sits-up', untilMinute: 64 },
    events: [
      { do: 'lamp', at: 2, minutes: 20 },
      { do: 'cat', at: 70 },
      { do: 'turns-over', at: 75 },
      { do: 'bathroom', at: 84, minutes: 4 },
      { do: 'headlights', at: 92 },
      { do: 'curtain', at: 94, minutes: 3 },
      { do: 'television', at: 98, minutes: 3 },
      { do: 'colour', at: 102, minutes: 3 },
      { do: 'vacuum', at: 106 },
      { do: 'chair', at: 108 },
      { do: 'nurses', at: 110, minutes: 3 },
      { do: 'sits-on-edge', at: 118, minutes: 2 },
      { do: 'blanket-falls', at: 123 },
      { do: 'gone-out', at: 146, minutes: 20 },
      { do: 'camera-covered', at: 170, minutes: 4 },
      { do: 'falls', at: 180 },
      { do: 'slides', at: 195 },
      { do: 'found-lying', at: 215 },
    ],
  },
].map((one) => Night.parse(one));
