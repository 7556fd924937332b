/** Pure. The words of a staffed night in Swedish: teams, shifts, rounds, cars, and the list for when no network works. */
export const svNight = {
  'nav.round': 'Runda',
  'nav.round.about': 'Tillsynerna i ett fönster som en lista. Flera kan gå igenom den utan att mötas i samma hem.',
  'nav.shifts': 'Pass och överlämning',
  'nav.shifts.about': 'Gå på och av ditt pass, och läs vad förra passet lämnade över.',
  'nav.car': 'Bilen',
  'nav.car.about': 'Nästa besök för den som kör: på väg, framme, klart.',
  'nav.teams': 'Team och larmkedja',
  'nav.teams.about': 'Vilka team och bilar som finns, och vem ett larm går till först.',
  'nav.paper': 'Nattlista på papper',
  'nav.paper.about': 'Hemmen, öppna larm, besök och telefonnummer, att skriva ut innan nätet går ner.',

  'round.progress': '{{done}} av {{all}}',
  'round.progress.label': '{{done}} av {{all}} hem klara',

  'load.title': 'Arbetet framåt',
  'load.line_one': '{{count}} hem, {{minutes}} min arbete',
  'load.line_other': '{{count}} hem, {{minutes}} min arbete',
  'load.enough': '{{operators}} på pass räcker',
  'load.short': '{{needed}} behövs, {{operators}} på pass',
  'load.warning':
    'Fönstret {{from}}–{{until}} hinner inte bli klart: {{needed}} operatörer behövs, {{operators}} är på pass.',

  'left.words': '{{who}} har gått av och hade något på gång. Larmen har gått ut igen.',
  'left.words.looks': '{{who}} har gått av med en öppen tillsyn. Den väntar på en bedömning.',

  'chain.told': 'Har gått till {{who}}',
  'chain.empty': 'Ingen på pass: {{who}}',
  'chain.lost': 'ett borttaget team',
  'chain.everybody': 'alla',
  'chain.left': '{{who}} tog larmet men har inte hört av sig',
  'chain.call': 'Ring {{number}}',
  'chain.onTheWay': 'På väg {{time}}',
  'chain.there': 'Framme {{time}}',

  'visit.team': '{{name}} åker',
  'visit.team.none': 'Ingen bil är utsedd',
  'visit.overdue': 'Ingen har åkt',
  'visit.assign': 'Vem åker',
  'visit.assign.choose': 'Välj team',

  'where.title': 'Adress och nyckel',
  'where.read': 'Visa adress och nyckel',
  'where.none': 'Det finns ingen adress inlagd för det här hemmet. Ring bordet.',
  'where.noKey': 'Inget är skrivet om nyckel eller kod.',
  'where.call': 'Ring {{who}}',
  'car.call': 'Ring {{name}}, {{number}}',
} as const;
