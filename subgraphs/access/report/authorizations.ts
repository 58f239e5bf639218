import type pg from 'pg';
import type { SubgraphContext } from '../../../records/context.ts';
import { dated, datedValues, dayOf, upToPeriod } from '../../../records/report/dated.ts';
import { type Reading, type ReportKey, reading, unitNames } from '../../../records/report/reader.ts';
import type { Counted, Fact } from '../../../records/report/fact.ts';
import { reportTables } from '../../../records/report/tables.ts';
import type { ResolverMap } from '../../../records/resolvers.ts';

interface AuthorizationCount extends Pick<Counted, 'isNow' | 'isBefore' | 'month' | 'persons'> {
  what: 'granted' | 'revoked';
  grantee: string;
  method: string;
}

type Table = 'granted' | 'grantedByMonth' | 'grantedByUnit' | 'grantedByMethod' | 'revoked';

const counted = (what: AuthorizationCount['what'], column: string): string => `
  select '${what}' as what, ${dated(dayOf(column))}, grantee, method, count(*)::int as persons
  from subject_authorization
  where confirmed_at is not null and ${upToPeriod(dayOf(column))} and ($5::text is null or grantee = $5)
  group by 1, 2, 3, 4, 5, 6`;

async function authorizationCounts(pool: pg.Pool, asked: Reading): Promise<AuthorizationCount[]> {
  const { rows } = await pool.query<AuthorizationCount>({
    name: 'report_authorizations',
    text: `${counted('granted', 'confirmed_at')} union all ${counted('revoked', 'revoked_at')}`,
    values: [...datedValues(asked), asked.unit],
  });
  return rows;
}

/** What kind of subject authorized is not kept: what is not known to be about organizations is guarded as if it were about persons. */
const factOf =
  ({ snapshot }: SubgraphContext) =>
  (row: AuthorizationCount): Fact<Table> => {
    const { what, month, grantee, method } = row;
    const granted = (key: string): string | null => (what === 'granted' ? key : null);
    return {
      ...row,
      place: snapshot.units.get(grantee)?.jurisdiction ?? null,
      organizations: 0,
      keys: {
        granted: granted('TOTAL'),
        grantedByMonth: granted(month),
        grantedByUnit: granted(grantee),
        grantedByMethod: granted(method),
        revoked: what === 'revoked' ? 'TOTAL' : null,
      },
    };
  };

const METHODS_ZH: Record<string, string> = { ONLINE: '本人线上', WRITTEN: '书面', SMS: '短信验证' };

/** 信息主体授权情况 [SP-stat, SH-20]. */
export const authorizationReportResolvers = (pool: pg.Pool): ResolverMap => ({
  OperatingReport: {
    authorizations: async (key: ReportKey, _: unknown, context: SubgraphContext) => {
      const asked = reading(key, context);
      const total = { names: () => '合计' };
      const { tables, ...days } = await reportTables<Table>(
        {
          granted: total,
          grantedByMonth: { names: (month) => month, ordered: true },
          grantedByUnit: { names: unitNames(context) },
          grantedByMethod: { names: (method) => METHODS_ZH[method] ?? method },
          revoked: total,
        },
        (await authorizationCounts(pool, asked)).map(factOf(context)),
        asked,
        'YEAR',
      );
      return {
        ...tables,
        ...days,
        granted: tables.granted[0] ?? null,
        revoked: tables.revoked[0] ?? null,
      };
    },
  },
});
