import { type CheckMaker, under } from './fact.ts';

/** Negative information states its degree (失信程度). Source: NT-15. */
export const degree: CheckMaker = (_, { degree: rule }) =>
  rule
    ? ({ negative, grade }) =>
        negative && grade === null
          ? {
              rule: 'DEGREE_MISSING',
              field: 'grade',
              reason: under(
                rule,
                '失信信息应标明失信程度',
                'dishonest conduct is collected with its degree alone',
              ),
            }
          : null
    : null;
