import { isDeepStrictEqual } from 'node:util';
import { randomUUID } from 'node:crypto';
import { under } from '../../policy/gate/fact.ts';
import { gateFor } from '../../policy/gate/gate.ts';
import { birthDate, parseCode } from '../../policy/identifiers/code.ts';
import type { Message } from '../../policy/message.ts';
import type { Pack } from '../../policy/packs/packs.ts';
import { GRADES_ZH, RESPONSIBLE_ROLES_ZH, type ResponsibleRole } from '../../policy/terms.ts';
import { isUuid } from '../../records/arguments.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { DeliveryResult, SubjectInput } from '../../records/delivery.ts';
import type { RecordInput } from '../../records/recordInput.ts';
import { discloseItem } from '../../records/disclosure.ts';
import { badInput } from '../../records/errors.ts';
import type { RecordFacts } from '../../records/orders/order.ts';
import type { ResolverMap } from '../../records/resolvers.ts';
import type { Snapshot, SnapshotItem } from '../../records/snapshot.ts';
import type { SubgraphParts } from '../../records/subgraph.ts';
import { recordKeepers } from '../keepers.ts';
import { ENTERED, plainLayouts } from '../plainLayouts.ts';
import { NO_SUCH_RECORD, unitOrCenter } from './unitOrCenter.ts';

const LINKED = 'LinkedConduct';
const MAX_PERSONS = 50;
const ACT: Message = { zh: '记入责任人员', en: 'enter who is responsible' };

interface PersonInput {
  code: string;
  name: string;
  role: ResponsibleRole;
}

interface EnterInput {
  code: string;
  recordType: string;
  record: string;
  persons: PersonInput[];
}

interface Person {
  subject: SubjectInput;
  role: ResponsibleRole;
}

type Rule = NonNullable<Pack['responsiblePersons']>;

/** The rule of the record's own jurisdiction, whoever enters. */
function ruleOf(pack: Pack | null, jurisdiction: string): Rule {
  if (pack?.responsiblePersons) return pack.responsiblePersons;
  throw badInput('record', {
    zh: `${pack?.name.zh ?? jurisdiction}的规定没有将组织的严重失信信息记入责任人员的条款，不予记入`,
    en: `no rule of ${pack?.name.en ?? jurisdiction} has an organization's severe record entered for persons: it is not entered`,
  });
}

/** Entered is what is severe and shown today. */
function refuseUnfit(facts: RecordFacts, rule: Rule, today: string): void {
  if (facts.grade !== rule.grade) {
    throw badInput(
      'record',
      under(
        rule,
        `仅${GRADES_ZH[rule.grade]}失信信息记入责任人员`,
        'only severe records are entered for persons',
      ),
    );
  }
  if (facts.archived || (facts.visibleUntil !== null && facts.visibleUntil < today)) {
    throw badInput('record', {
      zh: '该记录已转档或查询期限已届满，不予记入',
      en: 'the record is archived or past its term: it is not entered',
    });
  }
}

function personsOf(persons: readonly PersonInput[], rule: Rule, today: string): Person[] {
  if (persons.length === 0 || persons.length > MAX_PERSONS) {
    throw badInput('persons', { zh: `应有 1 至 ${MAX_PERSONS} 人`, en: `must be 1 to ${MAX_PERSONS}` });
  }
  return persons.map(({ code, name, role }, i): Person => {
    const parsed = parseCode(code, today);
    if (!parsed.ok) throw badInput(`persons[${i}].code`, parsed.reason);
    if (parsed.codeKind !== 'CITIZEN_ID') {
      const must = { zh: '应为公民身份号码', en: 'must be the number of a natural person' };
      throw badInput(`persons[${i}].code`, must);
    }
    if (name.trim() === '')
      throw badInput(`persons[${i}].name`, { zh: '姓名为空', en: 'the name is missing' });
    if (!rule.roles.includes(role)) {
      throw badInput(
        `persons[${i}].role`,
        under(rule, `不记入${RESPONSIBLE_ROLES_ZH[role]}`, 'nothing is entered for this role'),
      );
    }
    const kind = { codeKind: 'CITIZEN_ID', kind: 'NATURAL_PERSON', jurisdiction: null } as const;
    return { subject: { ...kind, code: parsed.code, name: name.trim() }, role };
  });
}

/** Nobody is entered for what was before they came of age, as in any other way in. */
function refuseMinors(persons: readonly Person[], facts: RecordFacts, pack: Pack, today: string): void {
  const gate = gateFor(LINKED, pack, today);
  persons.forEach(({ subject: { code } }, i) => {
    const [refused] = gate({
      negative: true,
      bornOn: birthDate(code),
      formedOn: facts.determinedOn ?? today,
      determinedOn: facts.determinedOn,
      endedOn: facts.endedOn,
      grade: facts.grade,
      documentNumber: null,
      title: null,
      own: {},
    });
    if (refused) throw badInput(`persons[${i}].code`, refused.reason);
  });
}

/** The jurisdiction's item for such entries: the providing unit's own, else the first. */
function itemOf(snapshot: Snapshot, { jurisdiction, provider }: RecordFacts): SnapshotItem {
  const items = [...snapshot.items.values()]
    .filter((i) => i.inForce && i.recordType === LINKED && i.jurisdiction === jurisdiction && i.aboutPersons)
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  const item = items.find((i) => i.provider === provider) ?? items[0];
  if (item) return item;
  throw badInput('record', {
    zh: `${jurisdiction} 的目录没有责任人员失信关联信息的事项，不予归集`,
    en: `the catalogue of ${jurisdiction} has no item for such entries: they are not collected`,
  });
}

const entryOf = (
  { role }: Person,
  subjectId: string,
  facts: RecordFacts,
  item: SnapshotItem,
  original: SnapshotItem | undefined,
): RecordInput => ({
  subjectId,
  itemId: item.id,
  jurisdiction: facts.jurisdiction,
  provider: facts.provider,
  documentNumber: null,
  title: `${RESPONSIBLE_ROLES_ZH[role]}：${original?.name ?? item.name}`,
  formedOn: null,
  determinedOn: facts.determinedOn,
  endedOn: facts.endedOn,
  grade: facts.grade,
  visibleUntil: facts.visibleUntil,
  selfDeclared: false,
  source: 'enterResponsiblePersons',
  own: { role, organization: facts.subjectId, originalType: facts.recordType, originalRecord: facts.id },
});

/**
 * 责任人员: an organization's severe record is entered for who is responsible for it. Which persons bear responsibility is the providing
 * unit's finding, never the system's: the law speaks of those who do (负有责任的). Source: NT-29, SR-28.
 */
export function responsibleResolvers({
  intake: { records, subjects },
  orders,
  packs,
  today,
}: Pick<SubgraphParts, 'intake' | 'orders' | 'packs' | 'today'>): ResolverMap {
  const factsOf = async (recordType: string, subjectId: string, id: string): Promise<RecordFacts | null> =>
    (await records.facts(recordType, subjectId, [id]))[0] ?? null;

  /**
   * What became of the record while its persons were being entered may have been told before their entries were there: they are brought in line
   * with it until it stands as they were told. A mark that it carries comes to them this way, too.
   */
  const align = async (told: RecordFacts): Promise<void> => {
    const { recordType, subjectId, id } = told;
    const keeper = recordKeepers.get(LINKED) as string;
    for (let facts: RecordFacts | null = told; facts !== null; ) {
      const action = { kind: 'STANDING', change: facts.disputed ? 'DISPUTED' : 'UNDISPUTED', facts } as const;
      await orders(keeper).apply({
        id: randomUUID(),
        to: keeper,
        recordType,
        subjectId,
        recordId: id,
        action,
      });
      const now = await factsOf(recordType, subjectId, id);
      facts = isDeepStrictEqual(now, facts) ? null : now;
    }
  };

  const registered = async (persons: readonly Person[]): Promise<string[]> => {
    const { ids, refusals } = await subjects.register(persons.map(({ subject }) => subject));
    const [refused] = refusals;
    if (!refused) return ids;
    const { zh, en } = refused.reason;
    throw badInput(`persons[${refused.position}].name`, {
      zh: `${refused.rule}：${zh}`,
      en: `${refused.rule}: ${en}`,
    });
  };

  const enter = async (
    input: EnterInput,
    context: SubgraphContext,
  ): Promise<Pick<DeliveryResult, 'accepted' | 'revoked'> & { all: number }> => {
    const { snapshot, report } = context;
    const day = today();
    const { provider, jurisdictions } = unitOrCenter(context, ACT, packs, day);
    const organization = parseCode(input.code, day);
    if (!organization.ok) throw badInput('code', organization.reason);
    if (organization.codeKind === 'CITIZEN_ID')
      throw badInput('code', { zh: '应为组织的代码', en: 'must be the code of an organization' });
    const { recordType } = input;
    if (!plainLayouts.has(recordType) || ENTERED.has(recordType)) {
      throw badInput('recordType', {
        zh: `不能由记录类型“${recordType}”记入`,
        en: `nothing is entered from records of type "${recordType}"`,
      });
    }
    const subjectId = await subjects.idOf(organization.code);
    const facts = isUuid(input.record)
      ? await factsOf(recordType, subjectId, input.record.toLowerCase())
      : null;
    const isTheirs =
      facts !== null &&
      (provider === null || provider === facts.provider) &&
      (jurisdictions?.includes(facts.jurisdiction) ?? true);
    if (!isTheirs || facts.revoked) throw badInput('record', NO_SUCH_RECORD);
    const pack = packs.on(facts.jurisdiction, day);
    const rule = ruleOf(pack, facts.jurisdiction);
    refuseUnfit(facts, rule, day);
    const persons = personsOf(input.persons, rule, day);
    refuseMinors(persons, facts, pack as Pack, day);
    const item = itemOf(snapshot, facts);
    const ids = await registered(persons);
    const original = snapshot.items.get(facts.itemId);
    const entries = persons.map((person, i) => entryOf(person, ids[i] as string, facts, item, original));
    // What differs was there and has followed its original since.
    const { accepted, revoked } = await records.deliver(LINKED, entries);
    await align(facts);
    discloseItem(report, subjectId, facts.itemId);
    report.subjects.add(subjectId);
    for (const id of ids) {
      discloseItem(report, id, item.id);
      report.subjects.add(id);
    }
    return { accepted, revoked, all: entries.length };
  };

  return {
    Mutation: {
      enterResponsiblePersons: async (
        _: unknown,
        { input }: { input: EnterInput },
        context: SubgraphContext,
      ) => {
        const { accepted, revoked, all } = await enter(input, context);
        return { entered: accepted, known: all - accepted - revoked.length, revoked: revoked.length };
      },
    },
  };
}
