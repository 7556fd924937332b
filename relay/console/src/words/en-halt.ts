/** Pure. Stops, pauses and units that are dark, in English. */
export const enHalt = {
  'refusal.consent-withdrawn': 'The consent was taken back. The home must not be seen.',
  'refusal.paused': 'Supervision is paused.',
  'refusal.privacy-switch': 'The unit was made dark in the home, by its own switch or by a technician.',
  'lookEnd.consent-withdrawn': 'The consent was taken back.',
  'lookEnd.paused': 'Supervision was paused.',
  'lookEnd.privacy-switch': 'The unit was made dark in the home.',
  'unit.plan.stopped': 'Version {{version}} is stopped: nothing is watched',
  'unit.plan.paused': 'Version {{version}} rests: nothing is watched',
  'unitTask.stopped.consent-withdrawn':
    'Stopped: the consent was taken back. Nothing is watched until a new plan is signed.',
  'unitTask.stopped.plan-ended': 'Stopped: the plan was ended. Nothing is watched until a new plan is signed.',
  'unitTask.stopped.client-ended': 'Stopped: the home has no client. Nothing is watched until a new plan is signed.',
  'unitTask.stopNotTold':
    'The stop has not reached the unit yet. It is stopped as soon as it answers; if that is too late, unplug it.',
  'unitTask.stopCannot':
    'This unit cannot be stopped from here. Have a plan that has ended signed, or unplug the unit.',
  'unitTask.paused': 'Paused until {{until}}. Nothing is watched until then.',
  'unitTask.pauseNotTold': 'The pause until {{until}} has not reached the unit yet.',
  'unitTask.pauseCannot': 'This unit cannot be paused from here. Unplug it for the night.',
  'unitTask.dark.privacy-switch':
    "Dark in the home, by the unit's own switch. Nothing is watched: somebody has to go there instead.",
  'unitTask.dark.switch-unreadable':
    "Dark: the unit's switch cannot be read. Nothing is watched. Tell the technician, and go there instead.",
  'unitTask.dark.technician':
    'Made dark at the unit by a technician. Nothing is watched: somebody has to go there instead.',
  'auditWhat.unit-stopped': 'Stopped a unit',
  'auditWhat.unit-paused': 'Paused a unit',
  'auditWhat.unit-pause-ended': 'Ended a pause',
  'auditWhat.halt-taken': 'Stop or pause taken',
  'auditWhat.halt-refused': 'Stop or pause refused',
  'auditWhat.unit-dark': 'Unit dark',
  'auditWhat.unit-dark-over': 'Unit dark no more',
  'auditWhat.shadow-events-read': 'Read shadow events',
} as const;
