/** Pure. Signing in, stepping up, the own sign-in and levels, in English: spread into `en.ts`. */
export const enSignIn = {
  'fault.assurance-low': 'This needs more than a password.',
  'fault.code-wrong': 'The code is wrong, too old, or was used before. Take the one that the app shows now.',
  'fault.passkey-wrong': 'No passkey has come. Try again, or take another way.',
  'fault.password-wrong': 'This is not the password that you sign in with.',
  'fault.password-weak':
    'That password is easy to guess, or too short. Take four words that have nothing to do with each other, nor with you or your work.',
  'sign-in.passkey': 'Sign in with a passkey',
  'sign-in.code.title': 'The code of your app',
  'sign-in.code.late': 'That took too long.',
  'sign-in.code.back': 'Begin again with the password',
  'sign-in.without': 'I do not have the telephone here',
  'sign-in.without.words':
    'Your password lets you in. Alarms and visits go on as always. Other things may ask you for more.',
  'code.label': 'Code, six figures',
  'code.or': 'Or one of your recovery codes.',
  'stepUp.title': 'Show that it is you',
  'stepUp.words': 'This needs more than a password. Then it goes on where you were.',
  'stepUp.words.eid':
    'This needs an e-ID. Sign in at your organisation in a window of its own. Then it goes on where you were.',
  'stepUp.close': 'Close',
  'stepUp.passkey': 'Use a passkey',
  'stepUp.code': 'Go on',
  'stepUp.provider': 'Sign in at your organisation',
  'stepUp.provider.waits': 'Waiting for the window in which you sign in. Close it when you are done.',
  'stepUp.none': 'You have neither a passkey nor an authenticator app yet. Add one under «My sign-in».',
  'stepUp.none.eid': 'No way of signing in with an e-ID is set. Ask your administrator.',
  'stepUp.anyway': 'Look all the same',
  'stepUp.anyway.words': 'Is it urgent? For this alarm you can look without. The log will say that you did.',
  'stepUp.page': 'This page needs more than a password.',
  'stepUp.page.eid': 'This page needs an e-ID.',
  'signInNews.title': 'About your signing in',
  'signInNews.reset':
    '{{by}} has reset your passkeys and codes. If you did not ask for it: change your password, and tell somebody. Else add a new one.',
  'signInNews.guessed':
    'Somebody has given many wrong codes after the right password. If it was not you: change your password now, and tell somebody.',
  'signInNews.read': 'I have read it',
  'ownSignIn.title': 'My sign-in',
  'ownSignIn.about': 'Password, passkeys and authenticator app: what is yours.',
  'nav.signInSettings': 'Signing in',
  'nav.signInSettings.about': 'What needs more than a password, and the organisation’s own provider.',
} as const;
