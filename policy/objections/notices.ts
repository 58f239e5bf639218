import type { Message } from '../message.ts';
import type { WorkingCalendar } from '../workingDays.ts';
import { type Due, Periods } from './periods.ts';
import type { Taken } from './steps.ts';
import type { CaseState, ObjectionRules, Party, Step } from './stages.ts';

/** What somebody is told, and until when it is due. */
export interface StepNotice extends Message {
  to: Party;
  kind: string;
  dueOn: string | null;
}

export interface Told {
  step: Step | 'FILE';
  /** Null: it was just filed. */
  before: CaseState | null;
  taken: Taken;
  today: string;
  /** 目录事项 of the record in dispute, by name. */
  item: string;
}

/** 通知 that go with a step, in the words of the law that asks for them. Source: SH-29, ZD-37, NT-32, NT-33, SR-31. */
export function noticesOf(told: Told, rules: ObjectionRules, calendar: WorkingCalendar): StepNotice[] {
  const { step, before, item, today } = told;
  const { state } = told.taken;
  const periods = new Periods(rules, calendar);
  const { source, article } = rules.objection;
  const tell = (to: Party, kind: string, dueOn: string | null, { zh, en }: Message): StepNotice => ({
    to,
    kind,
    dueOn,
    zh: `“${item}”异议：${zh}（${source}，${article}）`,
    en: `Objection to "${item}": ${en} (${source}, ${article})`,
  });
  const at = (due: Due): string | null => due?.on ?? null;
  const until = (day: string | null, zh: string, en: string): Message =>
    day === null ? { zh: '', en: '' } : { zh: `，${zh} ${day}`, en: `, ${en} ${day}` };
  const dueBy = until(state.dueOn, '到期日', 'due on');

  switch (step) {
    case 'FILE':
      return [
        tell('SUBJECT', 'FILED', null, { zh: '申请已受理', en: 'it was filed' }),
        tell('CENTER', 'FILED', state.dueOn, {
          zh: `请比对信息${dueBy.zh}`,
          en: `to be compared${dueBy.en}`,
        }),
      ];
    case 'COMPARE':
      return [];
    case 'FORWARD':
      return [
        tell('SUBJECT', 'FORWARDED', null, {
          zh: '信息与提供单位所报一致，已转信息提供单位核查',
          en: 'the information is as its unit provided it; the unit was asked to verify it',
        }),
        tell('PROVIDER', 'FORWARDED', state.dueOn, {
          zh: `请核查并告知结果${dueBy.zh}`,
          en: `to be verified, and the result told${dueBy.en}`,
        }),
      ];
    case 'UPHOLD':
    case 'DISMISS':
      return decided();
    case 'APPEAL':
      return [
        tell('SUBJECT', 'APPEALED', null, { zh: '申诉已受理', en: 'the appeal was taken in' }),
        tell('AUTHORITY', 'APPEALED', null, { zh: '请办理申诉', en: 'an appeal is to be decided' }),
        tell('CENTER', 'APPEALED', null, { zh: '信息主体已申诉', en: 'its subject has appealed' }),
      ];
    case 'ACCEPT':
      return [
        tell('CENTER', 'ACCEPTED', null, {
          zh: '信息主体接受处理结果，标注已去除',
          en: 'its subject accepts the result; the mark is gone',
        }),
      ];
  }

  function decided(): StepNotice[] {
    const upheld = step === 'UPHOLD';
    const kind = upheld ? 'UPHELD' : 'DISMISSED';
    const corrected = upheld ? periods.notifyCorrection(today) : null;
    const result = before?.stage === 'VERIFYING' ? periods.notifyResult(today) : null;
    const onward = appealable(rules, state)
      ? { zh: '；不服的，可以向信用管理部门申诉', en: '; it can be appealed to the authority' }
      : before?.stage === 'APPEALED'
        ? { zh: '；不服的，可以依法申请行政复议或者提起诉讼', en: '; review and suit are open' }
        : { zh: '', en: '' };
    const outcome = upheld
      ? { zh: '异议成立，信息已按决定处理', en: 'it was upheld, and the information dealt with' }
      : { zh: '异议不成立，维持原信息', en: 'it was dismissed; the information stands' };
    const whole: Message = { zh: outcome.zh + onward.zh, en: outcome.en + onward.en };
    const notices = [tell('SUBJECT', kind, at(corrected ?? result), whole)];
    if (before?.stage !== 'VERIFYING') notices.push(tell('PROVIDER', kind, null, outcome));
    if (before?.stage !== 'FILED') notices.push(tell('CENTER', kind, at(result), outcome));
    const publish = upheld && state.remedy === 'CORRECT' ? periods.correct(today) : null;
    if (publish) {
      notices.push(
        tell('CENTER', 'TO_BE_PUBLISHED', publish.on, {
          zh: `请在原发布和提供范围内公示更正，到期日 ${publish.on}`,
          en: `the correction is to be published where the information was, by ${publish.on}`,
        }),
      );
    }
    return notices;
  }
}

const appealable = ({ objectionAppeal }: ObjectionRules, { appealed }: CaseState): boolean =>
  objectionAppeal !== undefined && !appealed;
