/** Pure. How a unit is and what is asked of it, test alarms, and updates, in Swedish. */
export const svServe = {
  'nav.faults': 'Att åtgärda',
  'nav.faults.about': 'Det som är fel på enheterna, hur länge, och vem som ser till det.',
  'test.tag': 'PROV',
  'test.title': 'Provlarm: fall',
  'test.words': 'En tekniker provar att larm når fram. Ingen har fallit. Tryck när du ser det.',
  'test.take': 'Jag ser provlarmet',
  'nav.updates': 'Uppdateringar',
  'nav.updates.about': 'Nya program till enheterna, en grupp i taget, och knappen som stoppar.',
} as const;
