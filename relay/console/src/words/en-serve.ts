/** Pure. How a unit is and what is asked of it, test alarms, and updates, in English. */
import type { svServe } from './sv-serve.ts';

export const enServe: Readonly<Record<keyof typeof svServe, string>> = {
  'nav.faults': 'To see to',
  'nav.faults.about': 'What is wrong with the units, for how long, and who sees to it.',
  'test.tag': 'TEST',
  'test.title': 'Test alarm: fall',
  'test.words': 'A technician tries whether alarms come through. Nobody has fallen. Press when you see it.',
  'test.take': 'I see the test alarm',
  'nav.updates': 'Updates',
  'nav.updates.about': 'New programs for the units, one group at a time, and the button that stops.',
};
