/** Pure. A routine for the night and a plan for telling everybody, to be adapted by the municipality. */
import { both, type Write } from './document.ts';

export const routine: Write = (_facts, language) => {
  const say = both(language);
  return {
    title: say('Rutin och kommunikationsplan', 'Routine and communication plan'),
    sections: [
      {
        heading: say('Varje natt', 'Each night'),
        items: [
          say('Logga in, gå in i ditt pass och läs överlämningen.', 'Sign in, join your shift and read the hand-over.'),
          say(
            'Larm går före tillsyner. Ta larmet så att kollegor ser det.',
            'Alarms go before looks. Take the alarm so that colleagues see it.',
          ),
          say('Ge alltid en bedömning. Osäker är «syns inte».', 'Always give a verdict. Unsure is «not seen».'),
          say(
            'Säger skärmen att den kan vara gammal: använd den utskrivna listan och ring.',
            'If the screen says that it may be out of date: use the printed list and telephone.',
          ),
        ],
      },
      {
        heading: say('När någon säger nej', 'When somebody says no'),
        text: say(
          'Tryck Stopp. Det gäller genast. Berätta för samordnaren.',
          'Press Stop. It holds at once. Tell the coordinator.',
        ),
      },
      {
        heading: say('Vem får veta vad, och när', 'Who is told what, and when'),
        heads: [say('Vem', 'Who'), say('Vad', 'What'), say('När', 'When')],
        rows: [
          [
            say('Brukare och närstående', 'Clients and relatives'),
            say('Folder, brev, samtal', 'Folder, letter, talk'),
            say('Före samtycket', 'Before consent'),
          ],
          [
            say('Nattpatrull och operatörer', 'Night patrol and operators'),
            say('Övning, rutin', 'Training, routine'),
            say('Före första natten', 'Before the first night'),
          ],
          [
            say('Hemtjänst dag', 'Home care by day'),
            say('Låt kontakten sitta i; städa runt', 'Leave it plugged in; clean around it'),
            say('Vid installation', 'At installation'),
          ],
          [
            say('Biståndshandläggare', 'Case officers'),
            say('Vem det passar för', 'Whom it suits'),
            say('Före första beslutet', 'Before the first decision'),
          ],
          [
            say('Nämnd och fack', 'Board and unions'),
            say('Månadssammanställning', 'Monthly summary'),
            say('Varje månad', 'Each month'),
          ],
        ],
      },
    ],
  };
};
