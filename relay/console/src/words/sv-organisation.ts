/** Pure. Organisations, agreements and how one signs in, in Swedish: spread into `sv.ts`. */
export const svOrganisation = {
  'auditWhat.organisation-added': 'Ny organisation',
  'auditWhat.agreement-made': 'Nytt avtal',
  'auditWhat.agreement-ended': 'Avslutade avtal',
  'auditWhat.agreements-read': 'Läste avtalen',
  'auditWhat.alarm-let-go': 'Larm släppt: avtalet är slut',
} as const;
