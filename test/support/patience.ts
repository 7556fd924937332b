/**
 * What a test waits for is there as soon as it is there: a second is what a machine takes that does nothing else, and several files of
 * tests share this one.
 */
import { vi } from 'vitest';

const patience = 5000;
/** What stands in PostgreSQL is asked of a program that is started for it. */
const times = process.env['NATTFRID_TEST_STORE'] === 'postgres' ? 4 : 1;
const { waitFor } = vi;
vi.waitFor = (callback, options = {}) => {
  const given = typeof options === 'number' ? { timeout: options } : options;
  return waitFor(callback, { ...given, timeout: given.timeout === undefined ? patience : given.timeout * times });
};
