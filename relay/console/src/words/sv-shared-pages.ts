/** Pure. In Swedish, for pages that come in a file of their own: a computer that several people use. */
export const svSharedPages = {
  'shared.words':
    'Flera använder den under en natt. Den låses när ingen har rört den en stund, och inget av den som var där blir kvar.',
  'shared.is': 'Delad dator: låses efter {{count}} min utan att någon rör den',
  'shared.after': 'Låses efter',
  'shared.minutes': '{{count}} min',
  'shared.mark': 'Det här är en delad dator',
  'shared.mark.other': 'Det är en delad dator',
  'shared.unmark': 'Inte längre delad',
  'shared.unmark.sure': 'Tryck igen: den låses inte mer',
} as const;
