/** What the routes of the municipality's key do. */
import type { MunicipalityKeys } from '../plans/municipality-keys.ts';
import type { ApiHandlers } from './handler.ts';

export const municipalityHandlers = ({
  municipalityKeys: keys,
}: {
  readonly municipalityKeys: MunicipalityKeys;
}): Pick<ApiHandlers, 'municipalityKey' | 'setMunicipalityKey' | 'keepKeyLetter'> => ({
  municipalityKey: ({ who }) => keys.view(who.organisation),
  setMunicipalityKey: ({ body, who }) => keys.set(who, body.possession, body.successor),
  keepKeyLetter: ({ body, who }) => keys.keep(who, body),
});
