import type { EntitySchema } from '@mikro-orm/postgresql';
import { opening } from '../../records/opening.ts';
import { type SubgraphModule, mergeResolvers } from '../../records/subgraph.ts';
import { accountResolvers } from './accountResolvers.ts';
import { Accounts } from './accounts.ts';
import { authorizationResolvers } from './authorizationResolvers.ts';
import { Authorizations } from './authorizations.ts';
import { BatchJobEntity, BatchSliceEntity, FactTryEntity, GranteeEntity } from './checks/entities.ts';
import { Grantees } from './checks/grantees.ts';
import { BatchJobs } from './checks/jobs.ts';
import { checkResolvers } from './checks/resolvers.ts';
import {
  JournalEntryEntity,
  JournalSubjectEntity,
  OfficerAccountEntity,
  PublicLookEntity,
  RightsRevisionEntity,
  SubjectAuthorizationEntity,
  WithdrawnGranteeEntity,
} from './entities.ts';
import { History } from './history.ts';
import { historyResolvers } from './historyResolvers.ts';
import { migrations } from './migrations/index.ts';
import {
  JournalCountedEntity,
  JournalDayEntity,
  JournalMonthCountedEntity,
  JournalMonthEntity,
  JournalMonthFiguresEntity,
  JournalUseDayEntity,
  JournalUseMonthEntity,
} from './report/entities.ts';
import { accountReportResolvers } from './report/accounts.ts';
import { authorizationReportResolvers } from './report/authorizations.ts';
import { checkReportResolvers } from './report/checks.ts';
import { queryReports } from './report/resolvers.ts';
import { countNext, keepCounting } from './report/rollUp.ts';
import { CreditReportEntity } from './reports/entities.ts';
import { CreditReports } from './reports/reports.ts';
import { ownReportResolvers } from './reports/ownResolvers.ts';
import { creditReportResolvers } from './reports/resolvers.ts';
import { accessResolvers } from './resolvers.ts';
import { JournalReview } from './review.ts';
import { ReviewCountedEntity, ReviewDayEntity, ReviewSubjectEntity } from './review/entities.ts';
import { forgetOldSums } from './review/keeping.ts';
import { countForReview } from './review/rollUp.ts';
import { reviewResolvers } from './reviewResolvers.ts';
import { JournalCheckpointEntity, JournalLeafEntity, JournalTileEntity } from './sealing/entities.ts';
import { sealingResolvers } from './sealing/resolvers.ts';
import { JournalSealer } from './sealing/sealer.ts';

const entities = [
  JournalEntryEntity,
  JournalSubjectEntity,
  PublicLookEntity,
  JournalLeafEntity,
  JournalTileEntity,
  JournalCheckpointEntity,
  OfficerAccountEntity,
  SubjectAuthorizationEntity,
  WithdrawnGranteeEntity,
  RightsRevisionEntity,
  JournalDayEntity,
  JournalMonthEntity,
  JournalUseDayEntity,
  JournalUseMonthEntity,
  JournalMonthCountedEntity,
  JournalMonthFiguresEntity,
  JournalCountedEntity,
  ReviewDayEntity,
  ReviewSubjectEntity,
  ReviewCountedEntity,
  FactTryEntity,
  GranteeEntity,
  BatchJobEntity,
  BatchSliceEntity,
  CreditReportEntity,
] as EntitySchema[];

/**
 * Opened as the application's role, which keeps accounts and authorizations and may only read the journal. Gateways write as the journal's
 * own role, which may add entries and read them; they are sealed as a third, which may add to the tree over them. Neither reaches the rest.
 */
const access: SubgraphModule = {
  name: 'access',
  entities,
  migrations,
  async open(parts) {
    const own = await opening('access', parts);
    const { pool, cursors, snapshot } = own;
    const reports = new CreditReports(pool, parts.sealer);
    const jobs = new BatchJobs(pool);
    const grantees = new Grantees(pool);
    const queried = queryReports(pool);
    const resolvers = mergeResolvers(
      accessResolvers(pool),
      sealingResolvers(pool, parts.sealing),
      reviewResolvers(new JournalReview(pool, parts.calendar), cursors),
      queried.resolvers,
      checkReportResolvers(pool),
      authorizationReportResolvers(pool),
      accountReportResolvers(pool),
      historyResolvers(new History(pool), cursors),
      accountResolvers(new Accounts(pool), cursors),
      checkResolvers(jobs, grantees),
      creditReportResolvers(reports),
      ownReportResolvers(pool, cursors),
      authorizationResolvers({
        authorizations: new Authorizations(pool),
        cursors,
        ...(parts.sms && { sms: parts.sms }),
        log: parts.log,
      }),
    );
    const sealer = parts.sealing && new JournalSealer({ ...parts.sealing, log: parts.log });
    const counting = keepCounting(
      [
        async () => {
          const known = snapshot();
          return known !== null && countNext(pool, known);
        },
        async () => {
          const known = snapshot();
          if (known !== null) await queried.prepare(parts.today(), known);
          return false;
        },
        () => countForReview(pool),
        () => forgetOldSums(pool, parts.today()),
      ],
      parts.log,
    );
    return own.subgraph(resolvers, {
      tidy: async (signal) => {
        await grantees.forgetTries(parts.today());
        const erased = {
          CreditReport: await reports.erase(parts.today(), signal),
          BatchJob: await jobs.forget(parts.jobKeepDays, signal),
        };
        return Object.fromEntries(Object.entries(erased).filter(([, n]) => n > 0));
      },
      async close() {
        await counting.close();
        await sealer?.close();
      },
    });
  },
};

export default access;
