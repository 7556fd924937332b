/** Pure. Stopp, paus och enheter som är släckta, på svenska. */
export const svHalt = {
  'unitTask.stopped.consent-withdrawn':
    'Stoppad: samtycket är återtaget. Ingenting bevakas förrän en ny plan är signerad.',
  'unitTask.stopped.plan-ended': 'Stoppad: planen är avslutad. Ingenting bevakas förrän en ny plan är signerad.',
  'unitTask.stopped.client-ended':
    'Stoppad: hemmet har ingen brukare. Ingenting bevakas förrän en ny plan är signerad.',
  'unitTask.stopNotTold':
    'Stoppet har inte nått enheten än. Den stoppas så snart den svarar; brådskar det, dra ur den.',
  'unitTask.stopCannot':
    'Den här enheten kan inte stoppas härifrån. Låt signera en plan som har gått ut, eller dra ur enheten.',
  'unitTask.paused': 'Pausad till {{until}}. Ingenting bevakas till dess.',
  'unitTask.pauseNotTold': 'Pausen till {{until}} har inte nått enheten än.',
  'unitTask.pauseCannot': 'Den här enheten kan inte pausas härifrån. Dra ur den för natten.',
  'unitTask.dark.privacy-switch':
    'Släckt i hemmet med enhetens egen omkopplare. Ingenting bevakas: någon behöver gå dit i stället.',
  'unitTask.dark.switch-unreadable':
    'Släckt: enhetens omkopplare går inte att läsa av. Ingenting bevakas. Säg till teknikern, och gå dit i stället.',
  'unitTask.dark.technician': 'Släckt vid enheten av en tekniker. Ingenting bevakas: någon behöver gå dit i stället.',
} as const;
