/** Pure. What the log, a visit and a look say about clients, in Swedish. */
export const svCare = {
  'visit.why.no-supervision': 'Ingen digital tillsyn vid den här tiden',
  'fault.personal-key-missing': 'Servern har ingen nyckel för personuppgifter. Den som sköter den behöver se till det.',
  'fault.personal-key-wrong': 'Servern har fel nyckel för personuppgifter. Den som sköter den behöver se till det.',
  'fault.seal-broken': 'En uppgift i databasen går inte att läsa. Den som sköter servern behöver se till det.',
} as const;
