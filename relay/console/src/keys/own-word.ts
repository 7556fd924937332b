/** The municipality's word for this browser: that it may look. Fetched whenever the link has come up, and kept here. */
import { useEffect } from 'react';
import { useAround, useDeskState, useMay } from '../around/around.tsx';
import { call } from '../link/api.ts';

export function useOwnWord(): void {
  const { trust } = useAround();
  const state = useDeskState();
  const mayHave = useMay('have-console');
  const up = state.name === 'known' && state.link.name === 'up';
  useEffect(() => {
    if (!up || !mayHave) return;
    const fetchWord = async () => {
      const [own, { letters }] = await Promise.all([trust.self(), call('municipalityKey', {}, {})]);
      const word = letters.find((one) => one.kind === 'voucher' && one.key === own?.key);
      if (word) await trust.takeVoucher(JSON.stringify(word.letter));
    };
    // An older relay has none; looks go on by what is known.
    void fetchWord().catch(() => undefined);
  }, [up, mayHave, trust]);
}
