import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AskOptions } from '../support/city.ts';
import { MATTER, UNIT, personCode } from '../support/known.ts';
import { perDatabase, statementsDuring } from '../support/statements.ts';
import { OFFICE, Office, type OnFile } from './office.ts';

const FINANCE = OFFICE.jinshanFinance.unit;
const LIST = '{ totalCount pageInfo { hasNextPage endCursor } nodes { id measure { code } subject { id } } }';

let office: Office;
let jinshan: AskOptions;
let file: OnFile;
beforeAll(async () => {
  office = await Office.open();
  jinshan = await office.as('jinshan');
  file = await office.penalty('310116', '2026-01-12');
  const measures = ['SH-23-1', 'SH-23-2', 'SH-23-8'];
  await office.determine(
    file,
    measures.map((measure) => ({ measure, unit: FINANCE })),
    jinshan,
  );
  const { nodes } = await office.queue(jinshan);
  const declined = nodes.find((task: { measure: { code: string } }) => task.measure.code === 'SH-23-8');
  await office.report(declined, 'DECLINED', await office.as('jinshanFinance'), { note: '无权限' });
});
afterAll(() => office.close());

const asked = (code: string, list = LIST) => `{ subject(code: "${code}") { name measures ${list} } }`;

describe('[NT-19][SH-18] the measures on a subject', () => {
  test('are for officers whose matter opens the record, newest first; what was declined is none', async () => {
    const { data, errors } = await office.city.ask(asked(file.code), jinshan);
    expect(errors).toBeUndefined();
    expect(data.subject.measures).toMatchObject({
      totalCount: 2,
      nodes: [
        { measure: { code: 'SH-23-2' }, subject: { id: file.subjectId } },
        { measure: { code: 'SH-23-1' } },
      ],
    });
    const first = await office.city.ask(
      `{ subject(code: "${file.code}") { measures(first: 1) ${LIST} } }`,
      jinshan,
    );
    const { pageInfo } = first.data.subject.measures;
    expect(pageInfo.hasNextPage).toBe(true);
    const rest = await office.city.ask(
      `{ subject(code: "${file.code}") { measures(first: 1, after: "${pageInfo.endCursor}") ${LIST} } }`,
      jinshan,
    );
    expect(rest.data.subject.measures).toMatchObject({
      nodes: [{ measure: { code: 'SH-23-1' } }],
      pageInfo: { hasNextPage: false },
    });
  });

  test('of a record outside the matter’s scope do not show', async () => {
    const officers = [
      { token: await office.city.officer(UNIT.construction), purpose: MATTER.tender },
      { token: await office.city.officer(UNIT.personnel), purpose: MATTER.recruitment },
    ];
    for (const officer of officers) {
      const { data } = await office.city.ask(asked(file.code), officer);
      expect(data.subject.measures).toMatchObject({ totalCount: 0, nodes: [] });
    }
  });

  test('are for the subject itself', async () => {
    const token = await office.city.token({ role: 'subject', code: file.code });
    const { data } = await office.city.ask(`{ me { measures ${LIST} } }`, { token });
    expect(data.me.measures.totalCount).toBe(2);
  });

  test('are null to the public, to another subject and to a service', async () => {
    expect(await office.city.ask(asked(file.code))).toEqual({
      data: { subject: { name: file.name, measures: null } },
    });
    const other = await office.penalty('310116', '2026-01-12');
    const subject = { token: await office.city.token({ role: 'subject', code: other.code }) };
    const { unit, purpose } = OFFICE.jinshan;
    const service = { token: await office.city.token({ role: 'service', unit, name: '周九' }), purpose };
    for (const as of [subject, service]) {
      const { data, errors } = await office.city.ask(asked(file.code), as);
      expect(data.subject.measures).toBeNull();
      expect(errors?.[0]).toMatchObject({ path: ['subject', 'measures'], extensions: { code: 'FORBIDDEN' } });
    }
  });

  test('cost the same statements for one subject and for many', async () => {
    const files = [file];
    for (let n = 0; n < 5; n++) {
      const one = await office.penalty('310116', '2026-01-12');
      await office.raise(one, { measure: 'SH-23-1', unit: FINANCE }, jinshan);
      files.push(one);
    }
    const cost = async (codes: string[]) => {
      const { value, statements } = await statementsDuring(() =>
        office.city.ask(`query ($codes: [String!]!) { subjects(codes: $codes) { measures ${LIST} } }`, {
          ...jinshan,
          variables: { codes },
        }),
      );
      expect(value.errors).toBeUndefined();
      return perDatabase(statements)['measures'];
    };
    const codes = files.map(({ code }) => code);
    expect(await cost(codes.slice(0, 1))).toBe(2);
    expect(await cost(codes)).toBe(2);
  });
});

test('tasks about natural persons show only where the purpose’s matter concerns them', async () => {
  const code = personCode(1);
  const subjectId = await office.city.subject(code, '欧阳一', 'NATURAL_PERSON');
  await office.city.record(subjectId, '310116-penalty-amr-p');
  const { rows } = await office.city
    .database('penalties')
    .query('select id from administrative_penalty where subject_id = $1', [subjectId]);
  const person = { code, name: '欧阳一', subjectId, record: rows[0].id as string };
  const center = await office.as('center');
  const task = await office.raise(person, { measure: 'SH-23-1', unit: UNIT.personnel }, center);
  const shown = async (as: AskOptions) =>
    (await office.queue(as, { first: 100 })).nodes.some(({ id }: { id: string }) => id === task.id);
  const personnel = { token: await office.city.officer(UNIT.personnel), purpose: MATTER.recruitment };
  expect(await shown(personnel)).toBe(true);
  expect(await shown(center)).toBe(true);
  // The market regulator's matter does not concern persons, though it is a party.
  const market = await office.raise(person, { measure: 'SH-23-1', unit: UNIT.market }, center);
  const { nodes } = await office.queue(jinshan, { first: 100 });
  expect(nodes.map(({ id }: { id: string }) => id)).not.toContain(market.id);
});

test('[SH-19][SH-26] every look at tasks is journaled, with the subjects and items behind them', async () => {
  const entries = async (receipt: string) =>
    (
      await office.city
        .database('access')
        .query('select subjects, items, outcome from journal_entry where id = $1', [receipt])
    ).rows;
  const ask = async (query: string, as: AskOptions) => {
    const { extensions, errors } = await office.city.ask(query, as);
    expect(errors).toBeUndefined();
    const [entry] = await entries(extensions?.receipt as string);
    return JSON.stringify(entry);
  };
  for (const query of [
    '{ measureTasks(first: 100) { nodes { id } } }',
    '{ measureCases(month: "2026-03", first: 100) { nodes { on } } }',
    asked(file.code, '{ nodes { id } }'),
  ]) {
    const entry = await ask(query, jinshan);
    expect(entry).toContain(file.subjectId);
    expect(entry).toContain('310116-penalty-amr');
  }
});

test('[SH-5] codes stay behind: what the subgraph stores names nobody', async () => {
  const { rows } = await office.city
    .database('measures')
    .query('select row_to_json(t)::text as row from measure_task t');
  for (const { row } of rows) expect(row).not.toContain(file.code);
});
