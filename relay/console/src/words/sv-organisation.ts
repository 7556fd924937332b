/** Pure. Organisations, agreements and how one signs in, in Swedish: spread into `sv.ts`. */
export const svOrganisation = {
  'start.title': 'Hej {{name}}',
  'start.lead': 'Du är inloggad som {{role}}. Det här kan du göra:',
  'start.nothing': 'Du är inloggad som {{role}}. Här finns inget för den rollen än: fråga din administratör.',
  'organisation.title': 'Organisation',
  'organisation.about': 'Avtal om vad andra får se och göra i kommunens hem.',
  'sign-in.elsewhere': 'Andra sätt att logga in',
  'sign-in.by': 'Logga in med {{name}}',
  'sign-in.refused':
    'Inloggningstjänsten släppte inte in dig här. Fråga din administratör, eller logga in med lösenord.',
} as const;
