/** Pure. Words about other systems: webhooks and keys, in Swedish. */
export const svConnections = {
  'nav.connections': 'Kopplingar',
  'nav.connections.about': 'Andra system: vilka som får veta vad som händer, och vilka som får fråga.',
  'connections.title': 'Kopplingar',
  'connections.trouble_one': 'En koppling behöver ses till.',
  'connections.trouble_other': '{{count}} kopplingar behöver ses till.',
  'why.not-https': 'Adressen ska börja med https://.',
  'why.with-login': 'Adressen får inte innehålla användarnamn och lösenord.',
  'why.not-public':
    'Adressen är inte publik. Den som sköter servern kan tillåta nätet (inställningen outgoingNetworks).',
  'why.no-answer': 'Inget svar inom 10 sekunder.',
  'why.name-unknown': 'Namnet i adressen finns inte.',
  'why.refused': 'Ingen tar emot på den adressen.',
  'why.unreachable': 'Mottagaren går inte att nå.',
  'why.not-trusted': 'Mottagarens certifikat går inte att lita på.',
  'why.dropped': 'Mottagaren bröt förbindelsen.',
  'why.unit-name-begins': 'Namnet på era enheter ska börja med organisationens namn och ett bindestreck, som i fältet.',
  'why.unit-name-kept': 'Namn som börjar så är till för en annan organisation. Välj ett annat.',
} as const;
