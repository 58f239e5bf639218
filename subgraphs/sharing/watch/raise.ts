import type pg from 'pg';
import { ENDS } from '../../../records/changes/door.ts';
import { PUBLIC_SCOPE } from '../../../records/grant.ts';

/** For how long whoever was told of a record is told that it is gone. */
const DAYS_OF_AN_END = 30;

/**
 * For each change its subject's lists are probed, and its record's alerts: never a scan of all who are watched, or of all that was told. The
 * planner, whose plans are generic, takes some changes for most of the table, and would scan.
 */
const PLANS = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin'];
const SET_PLANS = `select ${PLANS.map((plan) => `set_config('${plan}', 'off', true)`).join(', ')}`;

/** Of a record that is gone, that it was public until then; of any other, what is true after the change. */
const PUBLIC_UNTIL = `case when c.change in ${ENDS} then c.public_until else c.public_after end`;

/**
 * The scope is the matter's as it stands now; a matter that lapsed has none. What changed before the day on which the subject was put on the
 * list is not told of, however late it comes: from a log that is caught up with, or read anew. A change is put into the order once, so that no
 * alert of it is there yet: `on conflict` would cost a quarter of the statement.
 */
const RAISE = `
insert into alert (list_id, seq, subject_id, person, item_id, record_type, record_id, jurisdiction, change, visible_until, public_until, at)
select w.list_id, c.seq, c.subject_id, w.person, c.item_id, c.record_type, c.record_id, c.jurisdiction, c.change,
  case when c.change in ${ENDS} then least(c.visible_until, $3::date + ${DAYS_OF_AN_END}) else c.visible_until end, ${PUBLIC_UNTIL}, c.at
from change c join watched w on w.subject_id = c.subject_id join watch_list l on l.id = w.list_id
where c.seq between $1 and $2 and c.record_id is not null and (c.visible_until is null or c.visible_until >= $3::date)
  and c.at >= date_trunc('day', w.since, 'Asia/Shanghai')
  and (select true from scope_item s where s.scope = l.matter_id and s.item_id = c.item_id)
  and (not l.public_only
    or c.change <> 'WITHHELD' and coalesce(${PUBLIC_UNTIL}, 'infinity') >= $3::date
      and (select true from scope_item s where s.scope = ${PUBLIC_SCOPE} and s.item_id = c.item_id))`;

/**
 * Of a record that changed several times the newest state holds, for every alert that tells of it. Of what is new nothing was told before: an
 * import costs no look.
 */
const RENEW = `
update alert a set visible_until = n.visible_until, public_until = n.public_after
from (
  select distinct on (record_id) record_id, change, visible_until, public_after from change
  where seq between $1 and $2 and record_id is not null and change <> 'ADDED' order by record_id, seq desc
) n
where a.record_id = n.record_id and n.change not in ${ENDS}
  and (a.visible_until, a.public_until) is distinct from (n.visible_until, n.public_after)`;

/** Of a record that is gone the alert of its end alone remains; of one that the public no longer sees, nothing for those who see no more. */
const TAKE_BACK = `
delete from alert a using change c, watch_list l
where c.seq between $1 and $2 and (c.change in ${ENDS} or c.public_after < $3::date)
  and a.record_id = c.record_id and a.seq < c.seq and l.id = a.list_id
  and (c.change in ${ENDS} or l.public_only and c.public_after < $3::date)`;

/**
 * Raises the alerts of changes, in the transaction that puts these into their order: there is never one without the other, whatever crashes,
 * and none twice [SP-watch].
 * @param today the day that rules see
 */
export async function raiseAlerts(
  client: Pick<pg.PoolClient, 'query'>,
  { from, to, today }: { from: number; to: number; today: string },
): Promise<void> {
  await client.query(SET_PLANS);
  await client.query({ name: 'alerts_raise', text: RAISE, values: [from, to, today] });
  await client.query({ name: 'alerts_renew', text: RENEW, values: [from, to] });
  await client.query({ name: 'alerts_take_back', text: TAKE_BACK, values: [from, to, today] });
}
