/** Pure. The data protection impact assessment (GDPR art. 35), filled in with what the product really does; the judgement is left to the municipality. */
import { both, contactLines, type Write } from './document.ts';
import { flows } from './flows.ts';
import { hazardList } from './hazards.ts';

export const dpia: Write = (facts, language) => {
  const say = both(language);
  return {
    title: say('Konsekvensbedömning avseende dataskydd (art. 35)', 'Data protection impact assessment (art. 35)'),
    sections: [
      { heading: say('Ansvarig', 'Who answers for it'), items: contactLines(facts, language) },
      {
        heading: say('1. Behandlingen', '1. The processing'),
        text: say(
          `Tillsyn på avstånd av personer med insatsen tillsyn: ${facts.homes} hem, ${facts.units} enheter just nu. Sätt att visa: ${facts.modes.join(', ') || '–'}. Larm: ${facts.alarms.join(', ') || '–'}.`,
          `Remote supervision of people who have been granted it: ${facts.homes} homes, ${facts.units} units at present. Modes agreed: ${facts.modes.join(', ') || '–'}. Alarms: ${facts.alarms.join(', ') || '–'}.`,
        ),
      },
      {
        heading: say('2. Uppgifter och flöden', '2. Data and flows'),
        heads: [say('Väg', 'Way'), say('Uppgifter', 'Data'), say('Skydd', 'Protection')],
        rows: flows(language),
      },
      {
        heading: say('3. Rättslig grund', '3. Legal basis'),
        items: [
          say(
            'Lag (2001:454) 6, 9 och 10 §§: nödvändigt för arbetet, samtycke, åtkomst dokumenteras och kontrolleras',
            'Act (2001:454) sections 6, 9 and 10: necessary for the work, consent, access documented and checked',
          ),
          say('Socialtjänstlagen (2025:400) 10 kap. 6 §', 'Social Services Act (2025:400) chapter 10 section 6'),
          say(
            'Kamerabevakningslagen (2018:1200): intresseavvägning dokumenteras här: ____',
            'Camera Surveillance Act (2018:1200): the balancing of interests is documented here: ____',
          ),
        ],
      },
      {
        heading: say('4. Nödvändighet och proportionalitet', '4. Necessity and proportionality'),
        items: [
          say(
            'Mindre ingripande sätt som har prövats (trygghetslarm, sensor, besök): ____',
            'Less intrusive ways that were considered (alarm button, sensor, visit): ____',
          ),
          say(
            'En kamera i ett rum; aldrig i badrum (produkten vägrar)',
            'One camera in one room; never in a bathroom (the product refuses it)',
          ),
          say(
            'Bara det som avtalats bevakas; ingen kartläggning av beteende',
            'Only what is agreed is watched for; no mapping of behaviour',
          ),
        ],
      },
      {
        heading: say('5. Gallring', '5. Erasure'),
        heads: [say('Uppgift', 'Data'), say('Dagar', 'Days')],
        rows: [
          [say('Bilder', 'Pictures'), '0'],
          [say('Larm, tillsyner, besök', 'Alarms, looks, visits'), String(facts.keepDays.done)],
          [say('Identiteter på meddelanden', 'Ids of messages'), String(facts.keepDays.received)],
          [say('Avslutade inloggningar', 'Ended sessions'), String(facts.keepDays.sessions)],
        ],
      },
      {
        heading: say('6. Risker för den enskilde', '6. Risks to the person'),
        heads: [say('Risk', 'Risk'), say('Åtgärd', 'Measure'), say('Kvar (kommunen)', 'What remains (municipality)')],
        rows: hazardList.map(({ what, control }) => [what(language), control(language), '____']),
      },
      {
        heading: say('7. Synpunkter och beslut', '7. Views and decision'),
        items: [
          say('Dataskyddsombudets synpunkter: ____', 'The data protection officer’s views: ____'),
          say('De registrerades synpunkter: ____', 'The views of those concerned: ____'),
          say('Beslut, datum, namn: ____', 'Decision, date, name: ____'),
        ],
      },
      { text: `Nattfrid ${facts.version}` },
    ],
  };
};
