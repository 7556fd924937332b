/** Pure. docs/fault-table.md out of the codes of the checks and the words that the screens have for them. */
import { checkCodes } from '@nattfrid/shared/domain/check';
import { en } from '../../relay/console/src/words/en.ts';
import { sv } from '../../relay/console/src/words/sv-all.ts';

const words = (language: Readonly<Record<string, string>>, key: string): string => language[key] ?? '';

const rows = Object.entries(checkCodes).flatMap(([name, codes]) =>
  codes.map((code) => {
    const both = (group: string) =>
      [en, sv].map((language) => words(language, `${group}.${name}.${code}`)).filter((text) => text !== '');
    return `| ${words(en, `checkName.${name}`)} | \`${name} ${code}\` | ${both('checkSays').join('<br>*')}* | ${both('checkDo').join('<br>*')}${both('checkDo').length > 0 ? '*' : ''} |`;
  }),
);

export const faultTable = (): string => `# What a unit says of itself, and what to do

Each unit looks at itself when it starts, when it is asked, and every ten minutes; at its power every five seconds. It stands on the home’s page «How is it?» / «Hur mår den?», what is wrong
first. This page is written out of the tables and of the words on the screens (\`npm run write:protocol\`), the Swedish ones in italics.

| what | code | how it is, and why | what to do |
| --- | --- | --- | --- |
${rows.join('\n')}

## Figures beside them
- **Mobile network**: strength (RSRP) from −100 dBm on is good, under −110 dBm it is not to be relied upon; quality (RSRQ) from −15 dB, under −20 dB; over the noise (SINR) from 5 dB, under
  0 dB. The worst of the three decides. «margin» is how far the strength is above −110 dBm.
- **A survey** (some hours, thirty seconds apart) says go where 95 of 100 measurements are above −100 dBm, «barely» above −110 dBm, and no where they are not, or where more than two of a
  hundred found no network.
- **Sees in the dark**: pictures of six seconds, after six in which the camera settles. Colour from 1.5 % on means that it is still light. Too dark: light under 6 % with contrast under 6 %, or a
  contrast of less than five times the noise.
- **Power** is told by a line of the board (\`board.mains\`), by a UPS (\`board.ups\`, Network UPS Tools), or by the kernel’s power supplies; too little of it by the board itself. A unit
  that nothing can tell falls silent without a word when its power goes, and the alarm is «The unit is silent» instead of «The power is gone».
`;
