/** The fields of a form, all of them text: what is typed stands here until it is added, or thrown away. */
import { useState } from 'react';

/** @param form its name, before that of each field in `data-testid` @param nothing every field, as it is at first @param needed those that may not be left empty */
export function useFields<Nothing extends Readonly<Record<string, string>>>(
  form: string,
  nothing: Nothing,
  needed: readonly (keyof Nothing & string)[] = [],
) {
  const [given, setGiven] = useState(nothing);
  return {
    given,
    clear: () => setGiven(nothing),
    /** What an input of this name needs. */
    field: (name: keyof Nothing & string) => ({
      value: given[name],
      'data-testid': `${form}-${name}`,
      // No asterisk: what may be left empty says so.
      ...(needed.includes(name) && { required: true, withAsterisk: false }),
      onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
        const { value } = event.currentTarget;
        setGiven((before) => ({ ...before, [name]: value }));
      },
    }),
  };
}
