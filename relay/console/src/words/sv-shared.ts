/** Pure. The words of computers that several people use, in Swedish: locking, changing person, what is forgotten. */
export const svShared = {
  'shared.switch': 'Byt person',
  'shared.lock': 'Lås',
  'shared.words':
    'Flera använder den under en natt. Den låses när ingen har rört den en stund, och inget av den som var där blir kvar.',
  'shared.is': 'Delad dator: låses efter {{count}} min utan att någon rör den',
  'shared.after': 'Låses efter',
  'shared.minutes': '{{count}} min',
  'shared.mark': 'Det här är en delad dator',
  'shared.mark.other': 'Det är en delad dator',
  'shared.unmark': 'Inte längre delad',
  'shared.unmark.sure': 'Tryck igen: den låses inte mer',

  'shared.noPush': 'En delad dator ringer bara medan någon är inloggad här. Slå på det på din telefon.',

  'locked.title': 'Låst',
  'locked.by': '{{who}} är inloggad här. Logga in igen för att fortsätta.',
  'locked.other': 'Är du någon annan loggar du in som dig själv. Det {{who}} har i handen går då tillbaka till alla.',
  'locked.out': 'Logga ut {{who}}',
  'locked.alarm': 'Ett larm väntar',
  'locked.alarm.words': 'Logga in för att se det. Det ringer tills någon har tagit det.',
  'locked.silent': 'Inget larm väntar.',
  'locked.cut': 'Ingen kontakt med servern: larm kan inte höras här.',
  'fault.locked': 'Datorn är låst. Logga in igen.',

  'auditWhat.console-locked': 'Låste dator',
  'auditWhat.console-shared': 'Sade att en dator är delad',
  'auditWhat.console-not-shared': 'Sade att en dator inte längre är delad',
} as const;
