/** Pure. Organisations, agreements and how one signs in, in English: spread into `en.ts`. */
export const enOrganisation = {
  'start.title': 'Hello {{name}}',
  'start.lead': 'You are signed in as {{role}}. This is what you can do:',
  'start.nothing': 'You are signed in as {{role}}. There is nothing here for that role yet: ask your administrator.',
  'organisation.title': 'Organisation',
  'organisation.about': "Agreements on what others may see and do in the municipality's homes.",
  'sign-in.elsewhere': 'Other ways to sign in',
  'sign-in.by': 'Sign in with {{name}}',
  'sign-in.refused': 'The provider has not let you in here. Ask your administrator, or sign in with a password.',
} as const;
