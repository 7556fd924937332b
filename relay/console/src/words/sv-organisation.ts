/** Pure. Organisations, agreements and how one signs in, in Swedish: spread into `sv.ts`. */
export const svOrganisation = {
  'auditWhat.organisation-added': 'Ny organisation',
  'auditWhat.agreement-made': 'Nytt avtal',
  'auditWhat.agreement-ended': 'Avslutade avtal',
  'auditWhat.agreements-read': 'Läste avtalen',
  'auditWhat.alarm-let-go': 'Larm släppt: avtalet är slut',
  'auditWhat.sign-in-set': 'Ändrade inloggning',
  'fault.assurance-low':
    'Logga in igen med e-legitimation: den som tittar måste vara säkrare känd än med lösenord. Inget är begärt.',
  'start.title': 'Hej {{name}}',
  'start.lead': 'Du är inloggad som {{role}}. Det här kan du göra:',
  'start.nothing': 'Du är inloggad som {{role}}. Här finns inget för den rollen än: fråga din administratör.',
} as const;
