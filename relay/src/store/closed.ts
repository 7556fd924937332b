/** Pure. What is told to whoever still asks a database that has been closed, because its relay stops or is main no more. */
import { Fault } from '@nattfrid/shared/fault/fault';

/** Kysely's own words (kysely 0.28, src/driver/runtime-driver.ts). */
const gone = 'driver has already been destroyed';

export const isClosed = (error: unknown): boolean =>
  error instanceof Error && (error.message === gone || isClosed(error.cause));

export const closed = (cause: unknown): Fault =>
  new Fault(
    'no-main',
    'The relay is stopping: nothing more is saved here. Try again; where there are several nodes, another goes on.',
    { cause },
  );
