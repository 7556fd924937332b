/** Pure. Organisations, agreements and how one signs in, in English: spread into `en.ts`. */
export const enOrganisation = {
  'auditWhat.organisation-added': 'New organisation',
  'auditWhat.agreement-made': 'New agreement',
  'auditWhat.agreement-ended': 'Ended an agreement',
  'auditWhat.agreements-read': 'Read the agreements',
  'auditWhat.alarm-let-go': 'Alarm let go: the agreement is over',
  'auditWhat.sign-in-set': 'Changed signing in',
  'fault.assurance-low':
    'Sign in again with e-ID: whoever looks must be known more surely than by a password. Nothing has been asked for.',
  'start.title': 'Hello {{name}}',
  'start.lead': 'You are signed in as {{role}}. This is what you can do:',
  'start.nothing': 'You are signed in as {{role}}. There is nothing here for that role yet: ask your administrator.',
} as const;
