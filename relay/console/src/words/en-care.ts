/** Pure. What the log, a visit and a look say about clients, in English. */
export const enCare = {
  'visit.why.no-supervision': 'No digital supervision at this time',
  'fault.personal-key-missing': 'The server has no key for personal details. Whoever runs it has to see to that.',
  'fault.personal-key-wrong': 'The server has the wrong key for personal details. Whoever runs it has to see to that.',
  'fault.seal-broken': 'Something in the database cannot be read. Whoever runs the server has to see to that.',
} as const;
