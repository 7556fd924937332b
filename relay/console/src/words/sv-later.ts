/** Pure. What only pages say that are fetched in a file of their own, in Swedish: it comes with the first of them. */
import { svAudit } from './sv-audit.ts';
import { svAuditPages } from './sv-audit-pages.ts';
import { svBreakGlassPages } from './sv-break-glass-pages.ts';
import { svChecks } from './sv-checks.ts';
import { svConnectionsPages } from './sv-connections-pages.ts';
import { svDocuments } from './sv-documents.ts';
import { svFollowUpPages } from './sv-follow-up-pages.ts';
import { svForm } from './sv-form.ts';
import { svInstall } from './sv-install.ts';
import { svLookPages } from './sv-look-pages.ts';
import { svNightPages } from './sv-night-pages.ts';
import { svOrganisationPages } from './sv-organisation-pages.ts';
import { svParts } from './sv-parts.ts';
import { svPeoplePages } from './sv-people-pages.ts';
import { svPlanPages } from './sv-plan-pages.ts';
import { svReceivers } from './sv-receivers.ts';
import { svRoomPages } from './sv-room-pages.ts';
import { svServePages } from './sv-serve-pages.ts';
import { svSharedPages } from './sv-shared-pages.ts';
import { svSignInPages } from './sv-sign-in-pages.ts';
import { svStock } from './sv-stock.ts';
import { svTraining } from './sv-training.ts';
import { svUnitPages } from './sv-unit-pages.ts';
import { svWatchPages } from './sv-watch-pages.ts';

export const svLater = {
  ...svAudit,
  ...svChecks,
  ...svForm,
  ...svInstall,
  ...svStock,
  ...svDocuments,
  ...svTraining,
  ...svReceivers,
  ...svAuditPages,
  ...svBreakGlassPages,
  ...svConnectionsPages,
  ...svFollowUpPages,
  ...svLookPages,
  ...svNightPages,
  ...svOrganisationPages,
  ...svParts,
  ...svPeoplePages,
  ...svPlanPages,
  ...svRoomPages,
  ...svServePages,
  ...svSharedPages,
  ...svSignInPages,
  ...svUnitPages,
  ...svWatchPages,
};
