import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { citizenIdOf } from '../../policy/identifiers/code.ts';
import { moveTo, providerOf } from '../law/onFile.ts';
import { type Answer, City } from '../support/city.ts';
import { UNIT, firmCode } from '../support/known.ts';
import { LINKED, ResponsibleDesk } from './responsibleDesk.ts';

const NANTONG = '320600';
const CENTER = '12320600MBY1760080';
const MATTER = '320600-supervision-quality';
const ITEM = '320600-linked-cr-p';

let city: City;
let desk: ResponsibleDesk;

beforeAll(async () => {
  city = await City.open();
  desk = new ResponsibleDesk(city, NANTONG);
});
afterAll(() => city.close());

const officer = async () => ({ token: await city.officer(CENTER), purpose: MATTER });
const refused = ({ errors }: Answer): string => `${errors?.[0]?.extensions.code} ${errors?.[0]?.message}`;

describe('[NT-29] a severe record of an organization', () => {
  test('is entered for its legal representative, principals and those directly responsible, with its degree', async () => {
    const firm = await desk.firm();
    const persons = ['LEGAL_REPRESENTATIVE', 'PRINCIPAL', 'DIRECTLY_RESPONSIBLE'].map((role) =>
      desk.person(role),
    );
    const { data, extensions } = await desk.enter(firm, persons);
    expect(data.enterResponsiblePersons).toEqual({ entered: 3, known: 0, revoked: 0 });
    for (const person of persons) {
      const { data, errors } = await city.ask(
        `{ subject(code: "${person.code}") { name ${LINKED} } }`,
        await officer(),
      );
      expect(errors).toBeUndefined();
      expect(data.subject).toEqual({
        name: person.name,
        linkedConduct: {
          totalCount: 1,
          nodes: [
            expect.objectContaining({
              role: person.role,
              grade: 'SEVERE',
              originalType: 'AdministrativePenalty',
              originalRecord: firm.id,
              organization: { name: firm.name, code: firm.code },
              determinedOn: '2025-06-18',
              visibleUntil: '2028-06-18',
              item: { code: ITEM },
              provider: { code: desk.unit },
              dispute: null,
            }),
          ],
        },
      });
    }
    const { rows } = await city
      .database('access')
      .query('select subjects::text[], items from journal_entry where id = $1', [extensions?.receipt]);
    expect(rows[0].subjects).toHaveLength(4);
    expect(rows[0].items.toSorted()).toEqual([ITEM, '320600-penalty-amr']);
  });

  test('shows to the person itself with the organization, to officers within their matter, to the public not at all', async () => {
    const { firm, person } = await desk.entered();
    expect(await desk.own(person)).toMatchObject([
      { role: 'LEGAL_REPRESENTATIVE', organization: { name: firm.name, code: firm.code } },
    ]);
    const { code, name } = person;
    const nobody = await city.ask(`{ subject(code: "${code}", name: "${name}") { ${LINKED} } }`);
    expect(nobody).toMatchObject({ data: { subject: null } });
    const without = await city.ask(`{ subject(code: "${code}") { linkedConduct { totalCount } } }`, {
      token: await city.officer(CENTER),
    });
    expect(refused(without)).toContain('PURPOSE_REQUIRED');
    const elsewhere = {
      token: await city.officer('11320600MBY046000G'),
      purpose: '320600-approval-subsidy-person',
    };
    const { data } = await city.ask(
      `{ subject(code: "${code}") { linkedConduct { totalCount } } }`,
      elsewhere,
    );
    expect(data.subject.linkedConduct.totalCount).toBe(0);
  });

  test('is entered once for a person, however often and by whichever of those who may', async () => {
    const { firm, person } = await desk.entered();
    const center = {
      token: await city.token({ role: 'center', unit: CENTER, name: '钱七' }),
      purpose: MATTER,
    };
    const again = await desk.enter(firm, [person, person], {}, center);
    expect(again.data.enterResponsiblePersons).toEqual({ entered: 0, known: 2, revoked: 0 });
    expect(await desk.own(person)).toHaveLength(1);
    const { data } = await desk.enter(firm, [{ ...person, role: 'PRINCIPAL' }]);
    expect(data.enterResponsiblePersons.entered).toBe(1);
  });

  test('kept by another agency is entered and followed as well', async () => {
    const code = firmCode(9_001);
    const subjectId = await city.subject(code, '责任执行有限公司');
    const item = '320600-enforcement-court';
    await city.record(subjectId, item, { documentNumber: '（2025）苏06执1号', visibleUntil: '2028-06-01' });
    const { rows } = await city
      .database('judicial')
      .query('select id from enforcement where subject_id = $1', [subjectId]);
    const court = { token: await desk.desk.provider(providerOf(item)) };
    const person = desk.person();
    const of = { code, id: rows[0].id as string };
    const { data } = await desk.enter(of, [person], { recordType: 'Enforcement' }, court);
    expect(data.enterResponsiblePersons.entered).toBe(1);
    const revoke = { code, record: of.id, recordType: 'Enforcement' };
    expect((await desk.desk.revoke(revoke, court.token)).errors).toBeUndefined();
    await desk.until(person, (entries) => entries.length === 0);
  });
});

describe('[NT-29] nothing is entered', () => {
  test('of a record that is not severe, naming the article', async () => {
    const firm = await desk.firm({ 失信程度: '一般' });
    expect(refused(await desk.enter(firm, [desk.person()]))).toContain('NT-29，第二十九条');
  });

  test('of a record past its term: on its last day it is, the day after not', async () => {
    const firm = await desk.firm();
    const [last, late] = [desk.person(), desk.person()];
    moveTo(city, '2028-06-18');
    expect((await desk.enter(firm, [last])).errors).toBeUndefined();
    moveTo(city, '2028-06-19');
    expect(refused(await desk.enter(firm, [late]))).toContain('查询期限已届满');
    moveTo(city, '2026-03-02');
  });

  test('[NT-2] for who was under age', async () => {
    const child = { ...desk.person(), code: citizenIdOf('32060020070619001') };
    const adult = { ...desk.person(), code: citizenIdOf('32060020070618001') };
    const firm = await desk.firm();
    expect(refused(await desk.enter(firm, [child]))).toContain('NT-2');
    expect((await desk.enter(firm, [adult])).errors).toBeUndefined();
  });

  test('under a name that is not that of the number, by the rule’s name', async () => {
    const { firm, person } = await desk.entered();
    const answer = await desk.enter(firm, [desk.person(), { ...person, name: '另一人' }]);
    expect(refused(answer)).toContain('BAD_USER_INPUT persons[1].name：SUBJECT_NAME_DIFFERS');
  });

  test('by another unit, by officers, by the center without a purpose, nor of another organization’s record', async () => {
    const firm = await desk.firm();
    const other = await desk.firm();
    const person = desk.person();
    const by = async (token: string) => refused(await desk.enter(firm, [person], {}, { token }));
    expect(await by(await desk.desk.provider(UNIT.market))).toContain('本单位没有该主体的此项记录');
    expect(await by(await city.officer(desk.unit))).toContain('FORBIDDEN');
    expect(await by(await city.token({ role: 'center', unit: CENTER, name: '钱七' }))).toContain(
      'PURPOSE_REQUIRED',
    );
    expect(refused(await desk.enter({ ...firm, id: other.id }, [person]))).toContain(
      '本单位没有该主体的此项记录',
    );
    expect(refused(await desk.enter(firm, [{ ...person, code: other.code }]))).toContain('persons[0].code');
    expect(refused(await desk.enter({ ...firm, code: person.code }, [person]))).toContain('应为组织的代码');
  });

  test('by submission or correction past the organization’s record', async () => {
    const { firm, person } = await desk.entered();
    const submitted = desk.desk.submit(ITEM, 'linked-conduct', [
      { 主体名称: person.name, 身份证号: person.code },
    ]);
    await expect(submitted).rejects.toThrow('没有数据标准');
    const [{ id }] = await desk.own(person);
    const wrong = {
      record: id,
      code: person.code,
      recordType: 'LinkedConduct',
      values: { 失信程度: '一般' },
    };
    expect(refused(await desk.desk.correct(wrong, await desk.desk.provider(desk.unit)))).toContain(
      '请更正原记录',
    );
    expect(
      refused(await desk.enter({ code: firm.code, id }, [person], { recordType: 'LinkedConduct' })),
    ).toContain('recordType');
  });

  test('where the jurisdiction has no such rule, naming that', async () => {
    for (const [jurisdiction, from] of [
      ['310116', 200],
      ['370303', 300],
    ] as const) {
      const there = new ResponsibleDesk(city, jurisdiction, from);
      const answer = await there.enter(await there.firm(), [there.person()]);
      expect(refused(answer)).toMatch(/BAD_USER_INPUT.*没有将组织的严重失信信息记入责任人员的条款/);
    }
  });
});

test('[SR-28] with the draft regulation in force Shanghai and its districts enter persons, too', async () => {
  const draft = await City.open({ JURISDICTIONS_IN_FORCE: '310000-draft=2026-01-01' });
  try {
    const there = new ResponsibleDesk(draft, '310116');
    const { person } = await there.entered();
    expect(await there.own(person)).toMatchObject([
      { item: { code: '310116-linked-cr-p' }, grade: 'SEVERE' },
    ]);
    const general = await there.enter(await there.firm({ 失信程度: '一般' }), [person]);
    expect(refused(general)).toContain('SR-28，第二十八条');
  } finally {
    await draft.close();
  }
});
