/** Whether the page is being printed: then every line of a table stands on it. */
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** True from before the browser lays out the paper until it has. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // The browser waits for nothing that is drawn later.
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);
  return printing;
}
