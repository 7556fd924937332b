/**
 * Pure. Whose a unit's name may be. Names are one list for the whole relay, and each organisation but the first has a part of it that
 * begins with its own: so nobody can find out, by trying names, which units another organisation has.
 */
import { firstOrganisation, type Organisation } from '@nattfrid/shared/desk/organisation';
import { Fault } from '@nattfrid/shared/fault/fault';

/** «larm-»: how the names of an organisation's units begin. The first organisation's begin as they like. */
export const prefixOf = (organisation: Organisation): string =>
  organisation === firstOrganisation ? '' : `${organisation}-`;

/** The organisation whose part of the list a name is in: of two that fit («ek», «ek-by») the longer. */
export function ownerOf(unit: string, organisations: readonly Organisation[]): Organisation {
  const fitting = organisations.filter((one) => one !== firstOrganisation && unit.startsWith(prefixOf(one)));
  return fitting.toSorted((a, b) => b.length - a.length)[0] ?? firstOrganisation;
}

/** @param organisations all that share the relay @returns why the name cannot be this organisation's */
export function wrongName(
  unit: string,
  organisation: Organisation,
  organisations: readonly Organisation[],
): Fault | undefined {
  const owner = ownerOf(unit, organisations);
  if (owner === organisation) return undefined;
  if (owner === firstOrganisation)
    return new Fault('request-invalid', `Names of your units begin with «${prefixOf(organisation)}».`, {
      fields: { why: 'unit-name-begins' },
    });
  const words = `Names that begin with «${prefixOf(owner)}» are kept for another organisation. Take another name.`;
  return new Fault('request-invalid', words, { fields: { why: 'unit-name-kept' } });
}
