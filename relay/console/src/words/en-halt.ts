/** Pure. Stops, pauses and units that are dark, in English. */
export const enHalt = {
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
} as const;
