/** Pure. Stopp, paus och enheter som är släckta, på svenska. */
export const svHalt = {
  'refusal.consent-withdrawn': 'Samtycket är återtaget. Hemmet får inte ses.',
  'refusal.paused': 'Tillsynen är pausad.',
  'refusal.privacy-switch': 'Enheten är släckt i hemmet, med sin egen omkopplare eller av en tekniker.',
  'lookEnd.consent-withdrawn': 'Samtycket togs tillbaka.',
  'lookEnd.paused': 'Tillsynen pausades.',
  'lookEnd.privacy-switch': 'Enheten släcktes i hemmet.',
  'unit.plan.stopped': 'Version {{version}} är stoppad: ingenting bevakas',
  'unit.plan.paused': 'Version {{version}} vilar: ingenting bevakas',
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
  'auditWhat.unit-stopped': 'Stoppade enhet',
  'auditWhat.unit-paused': 'Pausade enhet',
  'auditWhat.unit-pause-ended': 'Avslutade paus',
  'auditWhat.halt-taken': 'Stopp eller paus mottagen',
  'auditWhat.halt-refused': 'Stopp eller paus avvisad',
  'auditWhat.unit-dark': 'Enhet släckt',
  'auditWhat.unit-dark-over': 'Enhet tänd igen',
  'auditWhat.shadow-events-read': 'Läste skugglarm',
} as const;
