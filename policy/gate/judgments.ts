import { type CheckMaker, under } from './fact.ts';

const CIVIL = /民|商/;
/** Causes of action (民事案件案由规定) about persons and families, not property. */
const PERSONAL =
  /人格|名誉|隐私|肖像|姓名权|生命权|健康权|身体权|婚姻|离婚|同居|抚养|扶养|赡养|收养|监护|探望|宣告/;
/** Causes about property and what is owed. */
const PROPERTY =
  /合同|借款|借贷|买卖|租赁|债|欠款|货款|工资|报酬|物权|财产|不当得利|无因管理|票据|证券|股权|股东|公司|合伙|保险|信托|破产|金融|典当|抵押|担保|保证|知识产权|著作权|商标|专利|竞争|垄断|赔偿|房屋|土地|继承|拆迁|物业|运输|承揽|建设工程/;

/**
 * Of civil judgments only those in disputes over property (涉及财产纠纷) are collected. The provider says which it is; where it does not, the
 * cause of action (案由) tells. Criminal judgments are collected as they are. Source: SH-13.
 */
export const civilJudgments: CheckMaker = (recordType, { civilJudgments: rule }) => {
  if (!rule || recordType !== 'Judgment') return null;
  return ({ own, title }) => {
    const { caseType, cause, propertyDispute } = own;
    const type = String(caseType ?? '');
    if (propertyDispute === true || /刑|行政/.test(type)) return null;
    const said = `${String(cause ?? '')} ${title ?? ''}`;
    if (propertyDispute !== false) {
      if (PERSONAL.test(said))
        return no('cause', '案由不涉及财产纠纷', 'the cause of action is no dispute over property');
      if (PROPERTY.test(said) || !CIVIL.test(type)) return null;
      return no(
        'cause',
        '案由看不出是否涉及财产纠纷，请注明',
        'the cause of action does not tell whether it is a dispute over property: say which',
      );
    }
    return no('propertyDispute', '不涉及财产纠纷', 'it is no dispute over property');

    function no(field: string, zh: string, en: string) {
      const only = '民商事判决仅归集涉及财产纠纷的';
      const onlyEn = 'of civil judgments those in disputes over property are collected';
      return {
        rule: 'NOT_PROPERTY_DISPUTE' as const,
        field,
        reason: under(rule as { source: string; article: string }, `${zh}：${only}`, `${en}; ${onlyEn}`),
      };
    }
  };
};
