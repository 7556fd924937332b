/** Signing out. On a shared computer the page is loaded anew after it: no picture, draft or name is left in the memory of this window. */
import { useAround } from '../around/around.tsx';
import { useSignOut } from '../around/asking.ts';
import { useForgetPerson } from '../around/asking-shared.ts';

export function useLeave() {
  const { shared } = useAround();
  return useSignOut(useForgetPerson(), () => {
    if (shared.get() !== undefined) location.replace('/');
  });
}
