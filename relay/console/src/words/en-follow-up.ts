/** Pure. Statistics and the log check, in English. */
import type { svFollowUp } from './sv-follow-up.ts';

export const enFollowUp: Readonly<Record<keyof typeof svFollowUp, string>> = {
  'nav.statistics': 'Statistics',
  'nav.statistics.about': 'What the nights have come to: looks, alarms, visits, time saved.',
  'nav.logCheck': 'Log check',
  'nav.logCheck.about': 'Samples, and what stands out in the access log, with a sign-off.',
  'whyFalse.title': 'Why was there an alarm?',
  'whyFalse.thanks': 'Thank you. If the same reason comes again, a change is proposed.',
  'whyFalse.sat-on-floor': 'Sat on the floor',
  'whyFalse.lay-where-usual': 'Lay where it is usual',
  'whyFalse.staff-or-visitor': 'Staff or visitors',
  'whyFalse.pet': 'Pet',
  'whyFalse.was-in-bed': 'Was in bed',
  'whyFalse.was-in-bathroom': 'Was in the bathroom',
  'whyFalse.goes-to-bed-later': 'Goes to bed later',
  'whyFalse.camera': 'The camera',
  'whyFalse.other': 'Something else',
  'nav.firstSteps': 'First steps',
  'nav.firstSteps.about': 'What your role should have done once, and what is left.',
  'nav.shadow': 'Shadow mode',
  'nav.shadow.about': 'What would have alarmed for clients who have looks only.',
  'computer.title': 'Does this computer work?',
};
