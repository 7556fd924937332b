/** SCAIP messages as XML: written as the standard is told, read as receivers really write. */
import type { ScaipRequest } from '@nattfrid/relay/scaip/elements';
import { readAnswer, readScaip, strictFaults } from '@nattfrid/relay/scaip/read-xml';
import { onlyMandatory, writeRequest } from '@nattfrid/relay/scaip/write-xml';
import { Fault } from '@nattfrid/shared/fault/fault';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** Also what XML has no place for, and halves of characters. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x2ff }), fc.integer({ min: 0, max: 0x10_ffff })), { maxLength: 50 })
  .map((points) => String.fromCodePoint(...points));
const bytes = (text: string) => new TextEncoder().encode(text);
const fall: ScaipRequest = {
  ref: 'A1',
  mty: 'ME',
  cid: '26317',
  dty: '0005',
  stc: '0009',
  stt: 'Fall',
  lte: 'Sovrum',
  dte: 'Åsa',
};
const written = (request: ScaipRequest, root?: string) => {
  const text = writeRequest(request, root);
  if (text instanceof Fault) throw text;
  return text;
};

describe('A6.2 an alarm as SCAIP', () => {
  it('has its elements in their order, whatever the order they were given in', () =>
    expect(written(fall)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><mrq><ref>A1</ref><mty>ME</mty><cid>26317</cid><dty>0005</dty><dte>Åsa</dte><stc>0009</stc><stt>Fall</stt><lte>Sovrum</lte></mrq>',
    ));
  it('may have another root, and nothing but what must be there', () =>
    expect(written(onlyMandatory(fall), 'scaip')).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><scaip><ref>A1</ref><mty>ME</mty><cid>26317</cid><dty>0005</dty><stc>0009</stc></scaip>',
    ));
  it('cuts texts rather than lose the alarm, by characters and never through one', () =>
    expect(written({ ...fall, dte: `${'å'.repeat(31)}👵🏽x`, stt: ' \u0007 ' })).toContain(
      `<dte>${'å'.repeat(31)}👵</dte>`,
    ));
  it('names the element that cannot be sent', () =>
    expect(writeRequest({ ...fall, cid: '26317-A' })).toMatchObject({ message: expect.stringContaining('«cid»') }));
  it('is read again as it was written, and is strict, whatever the texts', () =>
    fc.assert(
      fc.property(anyText, anyText, (dte, stt) => {
        const text = written({ ...fall, dte, stt });
        const read = readScaip(bytes(text));
        expect(read).not.toBeInstanceOf(Fault);
        if (read instanceof Fault) return;
        expect(strictFaults(read)).toEqual([]);
        expect(written(read.fields as ScaipRequest)).toBe(text);
      }),
    ));
});

describe('an answer', () => {
  for (const [name, text, expected] of [
    ['as the standard is told', '<mrs><ref>A1</ref><snu>0</snu></mrs>', { ref: 'A1', status: 0, words: '' }],
    [
      'with zeros, blanks, a namespace, another order and more than is known',
      '<?xml version="1.0"?>\n<s:mrs xmlns:s="urn:x">\n <s:snu> 005 </s:snu><new><a/></new><ste>Ej\n</ste>\n<ref>A1</ref></s:mrs>',
      { ref: 'A1', status: 5, words: 'Ej' },
    ],
    ['with a root of its own', '<scaip><ref>A1</ref><snu>6</snu></scaip>', { ref: 'A1', status: 6, words: '' }],
    ['without a status is no «taken»', '<mrs><ref>A1</ref></mrs>', { ref: 'A1', status: 5, words: '' }],
    [
      'with a status that is no number is no «taken»',
      '<mrs><ref>A1</ref><snu>OK</snu></mrs>',
      { ref: 'A1', status: 5, words: '' },
    ],
  ] as const)
    it(name, () => expect(readAnswer(bytes(text))).toEqual(expected));

  for (const [name, text] of [
    ['without a ref', '<mrs><snu>0</snu></mrs>'],
    ['that is our own message, sent back', written(fall)],
    ['with an entity that grows', '<!DOCTYPE a [<!ENTITY b "bbbb">]><mrs><ref>A1</ref><snu>&b;</snu></mrs>'],
    ['with a file in it', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><mrs><ref>&b;</ref></mrs>'],
    ['with two statuses', '<mrs><ref>A1</ref><snu>5</snu><snu>0</snu></mrs>'],
    ['cut off', '<mrs><ref>A1</ref><snu>0'],
    ['of far too much', `<mrs><ref>A1</ref><snu>0</snu>${'<a/>'.repeat(5000)}</mrs>`],
  ] as const)
    it(`${name} is none`, () => expect(readAnswer(bytes(text))).toBeInstanceOf(Fault));

  it('never throws, whatever the bytes', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          fc
            .array(
              fc.constantFrom(
                '<mrs>',
                '</mrs>',
                '<ref>',
                'A1',
                '</ref>',
                '<snu>0</snu>',
                '&',
                '<![CDATA[',
                ']]>',
                '<!--',
                '\u0000',
                '<a b="',
                '<?x',
              ),
              { maxLength: 20 },
            )
            .map((parts) => bytes(parts.join(''))),
        ),
        (given) => {
          const read = readAnswer(given);
          if (!(read instanceof Fault)) expect(read.ref).not.toBe('');
        },
      ),
      { numRuns: 500 },
    ));
});
