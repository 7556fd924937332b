/** Pure. The part of the API about software for units: giving it out group by group, and stopping that. */
import { z } from 'zod';
import { UnitId } from '../domain/ids.ts';
import { UpdateGroup, Updates } from './rollout-view.ts';
import { none, type Route } from './route.ts';

const version = z.object({ version: z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/) }).readonly();

export const rolloutRoutes = {
  updates: {
    method: 'GET',
    path: '/api/updates',
    params: none,
    body: none,
    answer: Updates,
    action: 'manage-updates',
  },
  /** To the first group, or on from where it was stopped. */
  beginUpdate: {
    method: 'POST',
    path: '/api/updates/:version/begin',
    params: version,
    body: none,
    answer: Updates,
    action: 'manage-updates',
  },
  /** No more units are given it; those that have it keep it. */
  stopUpdate: {
    method: 'POST',
    path: '/api/updates/:version/stop',
    params: version,
    body: none,
    answer: Updates,
    action: 'manage-updates',
  },
  setUpdateGroup: {
    method: 'POST',
    path: '/api/units/:unit/update-group',
    params: z.object({ unit: UnitId }).readonly(),
    body: z.object({ group: UpdateGroup }).readonly(),
    answer: Updates,
    action: 'manage-updates',
  },
} as const satisfies Record<string, Route>;
