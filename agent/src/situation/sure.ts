/** Pure. From which certainty on the detectors take somebody for a person. */
import type { Person } from '@nattfrid/shared/domain/observation';

export const isSure = (person: Person): boolean => person.certainty >= 0.5;
