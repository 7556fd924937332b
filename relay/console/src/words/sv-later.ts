/** Pure. What only pages say that are fetched in a file of their own, in Swedish: it comes with the first of them. */
import { svAudit } from './sv-audit.ts';
import { svChecks } from './sv-checks.ts';
import { svComputer } from './sv-computer.ts';
import { svDocuments } from './sv-documents.ts';
import { svForm } from './sv-form.ts';
import { svInstall } from './sv-install.ts';
import { svOffice } from './sv-office.ts';
import { svPages } from './sv-pages.ts';
import { svReceivers } from './sv-receivers.ts';
import { svStock } from './sv-stock.ts';
import { svTables } from './sv-tables.ts';
import { svTraining } from './sv-training.ts';

export const svLater = {
  ...svAudit,
  ...svChecks,
  ...svComputer,
  ...svForm,
  ...svInstall,
  ...svStock,
  ...svDocuments,
  ...svTables,
  ...svTraining,
  ...svReceivers,
  ...svOffice,
  ...svPages,
};
