/** Pure. The letter to the client and those who stand close: what will happen, and whom to ask. */
import { both, contactLines, type Write } from './document.ts';

export const letter: Write = (facts, language) => {
  const say = both(language);
  return {
    title: say('Information om digital tillsyn', 'Information about digital supervision'),
    sections: [
      {
        text: say(
          `Du har beviljats digital tillsyn av ${facts.organisation}. Det är en frivillig insats, och du kan avsluta den när du vill.`,
          `You have been granted digital supervision by ${facts.organisation}. It is voluntary, and you can end it whenever you like.`,
        ),
      },
      {
        heading: say('Innan det börjar', 'Before it begins'),
        items: [
          say(
            'Vi går igenom foldern med dig och den du vill ha med.',
            'We go through the folder with you and whoever you want to be there.',
          ),
          say(
            'Du skriver på samtycket. Den som bor med dig gör det också.',
            'You sign the consent. Whoever lives with you does so as well.',
          ),
          say(
            'En installatör sätter upp kameran, visar hur den fungerar och sätter upp en skylt.',
            'An installer puts the camera up, shows how it works and puts up a sign.',
          ),
          say(
            'Låt kontakten sitta i. Dras den ur får vi veta det och kommer hem till dig.',
            'Leave it plugged in. If it is unplugged we are told and come to you.',
          ),
        ],
      },
      {
        heading: say('Dina uppgifter', 'Your data'),
        text: say(
          `Uppgifter om tillsynen sparas i ${facts.keepDays.done} dagar. Bilder sparas aldrig. Du har rätt att få veta vad som finns om dig och att klaga hos Integritetsskyddsmyndigheten (imy.se).`,
          `What was done is kept for ${facts.keepDays.done} days. Pictures are never kept. You may be told what is held about you, and complain to the Swedish Authority for Privacy Protection (imy.se).`,
        ),
      },
      { heading: say('Frågor', 'Questions'), items: contactLines(facts, language) },
    ],
  };
};
