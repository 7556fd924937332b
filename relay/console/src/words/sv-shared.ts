/** Pure. The words of computers that several people use, in Swedish: locking, changing person, what is forgotten. */
export const svShared = {
  'shared.switch': 'Byt person',
  'shared.lock': 'Lås',

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
} as const;
