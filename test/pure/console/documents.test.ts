/** The municipality's documents are made of facts, say what the law wants said, and name tests that there are. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Document, Section, Write } from '@nattfrid/console/documents/document';
import { dpia } from '@nattfrid/console/documents/dpia';
import { folder, folderVersion } from '@nattfrid/console/documents/folder';
import { hazardList, hazards } from '@nattfrid/console/documents/hazards';
import { letter } from '@nattfrid/console/documents/letter';
import { routine } from '@nattfrid/console/documents/routine';
import { security } from '@nattfrid/console/documents/security';
import { sign } from '@nattfrid/console/documents/sign';
import { evidence, skrChecklist } from '@nattfrid/console/documents/skr-checklist';
import type { DocumentFacts } from '@nattfrid/shared/desk/document-routes';
import { messages } from '@nattfrid/shared/wire/messages';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const facts: DocumentFacts = {
  organisation: 'Testby',
  contact: {
    ...{ controller: 'Socialnämnden i Testby', telephone: '0510-77 00 00', email: 'vard@testby.se' },
    dataProtectionOfficer: 'dso@testby.se',
  },
  ...{ version: '1.2.3', keepDays: { done: 400, received: 90, sessions: 7 }, homes: 12, units: 13 },
  ...{ modes: ['silhouette'], alarms: ['fall'] },
};
const wordsOf = (section: Section): string =>
  [
    section.heading ?? '',
    ...('text' in section ? [section.text] : []),
    ...('items' in section ? section.items : []),
    ...('rows' in section ? [...section.heads, ...section.rows.flat()] : []),
  ].join('\n');
const said = ({ title, sections }: Document) => [title, ...sections.map(wordsOf)].join('\n');
const written = (write: Write, given = facts) => said(write(given, 'sv'));

describe('the sign', () => {
  it('A7.5 says who answers for it, what it is for, whom to ask, and that nothing is recorded', () => {
    const words = written(sign);
    for (const one of ['Socialnämnden i Testby', '0510-77 00 00', 'Ingenting spelas in', 'kamera'])
      expect(words).toContain(one);
  });
  it('leaves a line to be filled in where nobody has said whom to ask', () => {
    const { contact: _none, ...without } = facts;
    expect(written(sign, without)).toContain('____');
  });
});

describe('what a client is given', () => {
  it('A7.10 tells what it is, that it is voluntary, how it works and whom to ask, also relatives', () => {
    for (const words of [written(folder), written(letter)])
      for (const one of ['frivillig', 'vard@testby.se']) expect(words).toContain(one);
    expect(written(letter)).toContain('Låt kontakten sitta i');
  });
  it('bears the version that stands in the consent', () => expect(written(folder)).toContain(folderVersion));
});

describe('what the municipality has to have', () => {
  it('A8.2 the impact assessment is filled in with every message that leaves a unit, and how long things are kept', () => {
    const words = written(dpia);
    for (const name of Object.keys(messages)) expect(words).toContain(name);
    for (const one of ['12 hem', '400', 'dso@testby.se', '9 och 10 §§']) expect(words).toContain(one);
  });
  it('A8.4 the hazard log names for each hazard a test that is there', () => {
    expect(hazardList.length).toBeGreaterThan(10);
    expect(hazardList.filter(({ test }) => !existsSync(join(root, test)))).toEqual([]);
    expect(written(hazards)).toContain('Fel brukare visas');
  });
  it('A8.1 each point of the checklist has what holds it, and a test that is there', () => {
    for (const { test } of Object.values(evidence)) {
      expect(existsSync(join(root, test))).toBe(true);
      expect(written(skrChecklist)).toContain(test);
    }
  });
  it('A8.3 the security analysis has a classification, threats, and a plan for testing', () => {
    for (const one of ['Konfidentialitet', 'Reläet tas över', 'penetrationstest'])
      expect(written(security)).toContain(one);
  });
  it('A5.13 there is a routine, and who is told what', () => {
    for (const one of ['Varje natt', 'Vem får veta vad']) expect(written(routine)).toContain(one);
  });
});

it('every document is there in English as well', () => {
  for (const write of [sign, folder, letter, routine, skrChecklist, dpia, security, hazards])
    expect(said(write(facts, 'en'))).not.toBe(written(write));
});
