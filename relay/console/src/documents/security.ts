/** Pure. The information security analysis: classification, threats, and a plan for testing them. */
import { both, type Write } from './document.ts';

export const security: Write = (_facts, language) => {
  const say = both(language);
  return {
    title: say('Informationssäkerhetsanalys', 'Information security analysis'),
    sections: [
      {
        heading: say('Klassning (förslag)', 'Classification (proposal)'),
        heads: [
          say('Information', 'Information'),
          say('Konfidentialitet', 'Confidentiality'),
          say('Riktighet', 'Integrity'),
          say('Tillgänglighet', 'Availability'),
        ],
        rows: [
          [say('Levande bild', 'Live picture'), '4', '3', '3'],
          [say('Larm', 'Alarms'), '3', '4', '4'],
          [say('Plan och samtycke', 'Plan and consent'), '3', '4', '3'],
          [say('Namn, adress, personnummer', 'Name, address, personal number'), '3', '3', '2'],
          [say('Åtkomstlogg', 'Access log'), '3', '4', '2'],
        ],
      },
      {
        heading: say('Hot och vad som står emot', 'Threats and what stands against them'),
        heads: [say('Hot', 'Threat'), say('Skydd', 'Protection')],
        rows: [
          [
            say('Reläet tas över', 'The relay is taken over'),
            say(
              'Öppnar ingen tillsyn: planen är signerad med en nyckel som inte finns där, bilden förseglad för en skärm',
              'Opens no look: the plan is signed by a key that is not there, the picture sealed for one screen',
            ),
          ],
          [
            say('Ett lösenord läcker', 'A password leaks'),
            say(
              'En ny skärm måste bekräftas av en kollega; det som väger tungt kan kräva lösennyckel eller kod; inloggningar listas och avslutas',
              'A new screen needs a colleague’s word; what weighs much can ask for a passkey or a code; sessions are listed and ended',
            ),
          ],
          [
            say('En enhet stjäls', 'A unit is stolen'),
            say(
              'Inga bilder på disken; dess nyckelkod dras in och den släpps inte in mer',
              'No pictures on its disk; its token is withdrawn and it is let in no more',
            ),
          ],
          [
            say('Loggen ändras', 'The log is changed'),
            say('Kedjade rader, signerat slut på en annan maskin', 'Chained lines, a signed head on another machine'),
          ],
          [
            say('Överbelastning', 'Overload'),
            say(
              'Gränser per adress, konto och enhet; den rätta släpps in ändå',
              'Limits for each address, account and unit; the right one gets in all the same',
            ),
          ],
        ],
      },
      {
        heading: say('Plan för penetrationstest', 'Plan for a penetration test'),
        items: [
          say(
            'Som okänd: inloggning, sockets, MQTT, felaktiga meddelanden',
            'As a stranger: sign-in, sockets, MQTT, malformed messages',
          ),
          say(
            'Som varje roll: allt som rollen inte får (tabellen över behörigheter)',
            'As each role: everything that it may not do (the table of permissions)',
          ),
          say(
            'Som en annan organisation: allt som hör till den första',
            'As another organisation: everything of the first',
          ),
          say(
            'Som ett övertaget relä: falsk plan, falsk skärm, gammal bild',
            'As a relay taken over: a false plan, a false screen, an old picture',
          ),
          say('Med enheten i handen: disk, portar, lagring', 'With the unit in hand: disk, ports, storage'),
        ],
      },
    ],
  };
};
