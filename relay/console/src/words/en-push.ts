/** Pure. Words about devices that ring and stay awake, in English. */
export const enPush = {
  'push.title': 'Ring this device at alarms',
  'push.words':
    'The telephone rings although Nattfrid is closed, as long as you are signed in. The message says which alarm, never in whose home.',
  'push.notRole': 'Alarms ring only those who take them. Your role does not.',
  'push.phone': 'My telephone',
  'push.computer': 'My computer',
  'push.label': 'What the device is called',
  'push.turnOn': 'Ring here',
  'push.turnOff': 'Stop ringing',
  'push.try': 'Try it',
  'push.tried': 'Sent. If it does not ring: see whether the telephone is silent or must not be disturbed.',
  'push.triedNot': 'The device could not be reached.',
  'push.here': 'this one',
  'push.rings': 'rings',
  'push.signedOut': 'signed out: does not ring',
  'push.failing': 'cannot be reached since',
  'push.lets.not-here': 'This browser cannot ring while Nattfrid is closed. Keep the page open.',
  'push.lets.install-first':
    'An iPhone rings only once Nattfrid is on its home screen: share, then “Add to Home Screen”.',
  'push.lets.denied':
    'The browser has been told not to show notifications of Nattfrid. Change that in the settings of the telephone.',
  'push.forgotten': 'Rings no more: {{labels}}. Turn it on again in the account menu.',
  'push.forgotten.seen': 'I have read it',
  'push.reach': '{{failed}} of {{count}} devices could not be rung',
  'awake.want': 'Keep the screen awake',
  'awake.refused': 'The telephone puts it out all the same: perhaps its battery is low.',
  'awake.notHere': 'This browser cannot keep the screen awake. Change the time in the settings of the telephone.',
  'awake.noVibration': 'This browser cannot vibrate: there is the sound alone.',
  'version.new': 'There is a new version of Nattfrid.',
  'version.load': 'Load again',
} as const;
