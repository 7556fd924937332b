/** Pure. The words of break-glass in Swedish: what no role allows, opened by two people. */
export const svBreakGlass = {
  'nav.breakGlass': 'Nödåtkomst',
  'nav.breakGlass.about': 'Adress, nycklar eller larm som din roll inte ger, när en andra person säger ja.',

  'breakGlass.what.visit-card': 'Adress, nycklar och telefonnummer',
  'breakGlass.what.alarms': 'Svara på hemmets larm',
  'breakGlass.reason.nobody-answers': 'Den som ska åka svarar inte',
  'breakGlass.reason.danger': 'Fara för liv eller hälsa',
  'breakGlass.reason.alarm-of-others': 'Någon annans larm som ingen tar',
  'breakGlass.reason.technical-fault': 'Tekniskt fel',
  'breakGlass.reason.other': 'Annat',

  'breakGlass.strip': 'Nödåtkomst: {{who}} ber om ditt ja',
  'breakGlass.strip.words': '{{role}} · {{what}} hos {{client}} · {{reason}} · {{length}} kvar',
  'breakGlass.strip.check': 'Säg ja bara om du vet att det är {{who}}, och att det behövs. Ring om du är osäker.',
  'breakGlass.grant': 'Säg ja',
  'breakGlass.grant.sure': 'Tryck igen: öppet i 30 minuter',
  'breakGlass.decline': 'Säg nej',
  'breakGlass.strip.open': 'Nödåtkomst hos {{client}} är öppen till {{time}}',
  'breakGlass.strip.show': 'Visa',
  'breakGlass.link': 'Behöver du adress eller nycklar som du inte får se? Nödåtkomst',
  'breakGlass.link.alarm': 'Ingen annan tar larmet? Be om att få svara',
  'breakGlassFault.not-allowed': 'Någon annan, vid en annan dator, måste säga ja.',
  'breakGlassFault.not-now': 'Det är redan besvarat, eller för länge sedan.',
  'breakGlassFault.not-found': 'Det hemmet finns inte här, eller så finns inget sparat om vem som bor där.',
  'breakGlassFault.already-there': 'Du har redan bett om det.',
  'breakGlassFault.too-many-requests': 'Du har bett om mycket på kort tid. Ring samordnaren.',

  'breakGlass.review.notice_one': '{{count}} nödåtkomst väntar på granskning',
  'breakGlass.review.notice_other': '{{count}} nödåtkomster väntar på granskning',
} as const;
