/** The door to zxcvbn: how soon a password would be guessed. Asked where one is chosen; those that are in use go on working. */
import { randomInt } from 'node:crypto';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

/** No letter that is taken for another, on paper or over the telephone. */
const readable = 'abcdefghjkmnpqrstuvwxyz23456789';

/** «kqpm-7fxa-w3he-9tzb»: made, not chosen; 79 random bits. */
export function makePassword(): string {
  const four = () => Array.from({ length: 4 }, () => readable[randomInt(readable.length)]).join('');
  return [four(), four(), four(), four()].join('-');
}

export const shortestPassword = 12;
export const longestPassword = 200;

/** Of 4: more than 10^8 guesses. */
const enough = 3;

/** There is no Swedish list for the library: what staff here take first. */
const swedish = [
  ...['lösenord', 'losenord', 'välkommen', 'valkommen', 'hemlig', 'hemligt', 'sommar', 'vinter', 'höst', 'host', 'vår'],
  ...['sommaren', 'vintern', 'hösten', 'hosten', 'våren', 'varen', 'natt', 'dagen', 'jul', 'semester', 'svenska'],
  ...['januari', 'februari', 'mars', 'april', 'maj', 'juni', 'juli', 'augusti', 'september', 'oktober', 'november'],
  ...['december', 'måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag', 'sverige', 'stockholm'],
  ...['göteborg', 'malmö', 'kommun', 'kommunen', 'hemtjänst', 'hemtjanst', 'nattpatrull', 'natten', 'tillsyn', 'jobb'],
  ...['omsorg', 'vård', 'undersköterska', 'sjuksköterska', 'älskar', 'alskar', 'dig', 'fotboll', 'hockey', 'nattfrid'],
];

/** @param about what others know of its owner: name and address @returns what is wrong with it and what to do, or undefined */
export async function checkPassword(password: string, about: readonly string[]): Promise<Fault | undefined> {
  if (password.length < shortestPassword) return wrong(`It needs at least ${shortestPassword} characters.`);
  if (password.length > longestPassword) return wrong(`It may have at most ${longestPassword} characters.`);
  const library = await openLibrary();
  const known = about.flatMap((one) => [one, ...one.split(/[\s@._-]+/)]).filter((one) => one.length > 2);
  const { score, feedback } = library.check(password, known);
  return score >= enough ? undefined : wrong(`It is easy to guess. ${feedback.warning ?? ''}`.trim());
}

const wrong = (words: string): Fault =>
  new Fault(
    'request-invalid',
    `This password will not do. ${words} Take four words that have nothing to do with each other, nor with you or your work.`,
  );

/** Building it takes a tenth of a second, which a list of new people pays once; it is large, and a relay that runs needs it hardly ever. */
let built: WeakRef<ZxcvbnFactory> | undefined;

async function openLibrary(): Promise<ZxcvbnFactory> {
  const kept = built?.deref();
  if (kept) return kept;
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  const library = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary, swedish },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
  });
  built = new WeakRef(library);
  return library;
}
