/** Pure. The municipality's key as a screen has set it, what it has signed for other keys, and who has signed each plan. */
import type { Migration } from 'kysely';
import { addText, drop, made, maybeText, number, text } from './columns.ts';

/** Letters of a signer and of a successor are short. */
const longestLetter = 4 * 1024;

export const municipalityKeys: Migration = {
  async up(db) {
    let keys = text(text(text(made(db, 'municipality_keys'), 'organisation'), 'key'), 'who');
    keys = maybeText(number(number(keys, 'number'), 'set_at'), 'successor', longestLetter);
    await keys.addPrimaryKeyConstraint('municipality_keys_key', ['organisation', 'number']).execute();
    let letters = text(text(text(made(db, 'key_letters'), 'organisation'), 'key'), 'kind');
    letters = number(text(letters, 'body', longestLetter), 'kept_at');
    await letters.addPrimaryKeyConstraint('key_letters_key', ['organisation', 'key', 'kind']).execute();
    await addText(db, 'plans', 'signer', longestLetter);
  },
  async down(db) {
    await db.schema.alterTable('plans').dropColumn('signer').execute();
    await drop('key_letters', 'municipality_keys')(db);
  },
};
