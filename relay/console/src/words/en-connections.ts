/** Pure. Words about other systems: webhooks and keys, in English. */
export const enConnections = {
  'nav.connections': 'Connections',
  'nav.connections.about': 'Other systems: which are told what happens, and which may ask.',
  'connections.title': 'Connections',
  'connections.trouble_one': 'One connection needs to be seen to.',
  'connections.trouble_other': '{{count}} connections need to be seen to.',
  'why.not-https': 'The address must begin with https://.',
  'why.with-login': 'The address may hold no user name and no password.',
  'why.not-public':
    'The address is not public. Whoever runs the server can allow its network (the setting outgoingNetworks).',
  'why.no-answer': 'No answer within 10 seconds.',
  'why.name-unknown': 'The name in the address does not exist.',
  'why.refused': 'Nobody listens at that address.',
  'why.unreachable': 'The receiver cannot be reached.',
  'why.not-trusted': 'The receiver’s certificate cannot be trusted.',
  'why.dropped': 'The receiver dropped the connection.',
  'why.unit-name-begins': 'Names of your units begin with the organisation’s name and a hyphen, as in the field.',
  'why.unit-name-kept': 'Names that begin so are kept for another organisation. Choose another.',
} as const;
